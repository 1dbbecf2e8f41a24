// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "reliability/races/flip_pair.h"
#include "support/temp_dir.h"

namespace backstep::test {

// Three trees side by side: `work`, the workspace; `outside`, where nothing may be read, written or
// made; `partners`, where the other halves of the flipped names lie.
class RaceScene {
 public:
  RaceScene();

  std::string work() const { return dir_ / "work"; }
  std::string beside(const std::string& name) const { return dir_ / "partners/" + name; }

  // Plain files again, with this word in them, whatever the race left in their place.
  void write_tree(const std::string& word) const { write_tree(work(), word); }
  static void write_tree(const std::string& work, const std::string& word);
  // No store, no leftovers.
  void begin_again() const;
  // The names to flip as they are now: the newest set among them.
  std::vector<FlipPair> pairs() const;

  // What is new outside, and what of it came in; empty: nothing.
  std::vector<std::string> escapes();

 private:
  struct Facts {
    std::string status;  // inode, mode, links, size and all three times
    std::string content;
    bool operator==(const Facts&) const = default;
  };
  using Listing = std::map<std::string, Facts>;
  Listing look_outside() const;
  void hide_secrets();
  std::vector<std::string> secrets_in(const std::string& tree) const;

  TempDir dir_;
  Listing before_;
  std::vector<std::string> secrets_;  // the texts outside, and their hashes
};

}  // namespace backstep::test
