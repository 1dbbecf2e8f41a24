// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "deploy/run/open_run.h"

namespace backstep {

// Where the store is kept beside this machine, as one tar, by two commands. What it holds has a
// mark by which it is known again, so that nobody's work is written over.
//
// `fetch` prints the tar, or ends with 44: there is none yet. `store` reads it, and ends with 75 (EX_TEMPFAIL) where
// somebody was quicker. The mark is in the file that BACKSTEP_REMOTE_MARK names: `fetch` finds there that of what is
// here already, and may print nothing where it holds just that, or write another one; `store` finds that of what it may
// replace, and may write the new one. The directory of that file is theirs until they end. BACKSTEP_REMOTE_NAME is
// name_at_remote(). Where BACKSTEP_REMOTE_PROBE is set, a fetch fails if `store` could not write. For git there are
// commands of our own (git.sh), which need nothing beyond that.
//
// What fails is Error (kBackupFailed) with the cause; a stop signal is Interrupted.
class Remote {
 public:
  // `limit`: for all that is run. What a killed one leaves goes with remove_leftovers().
  Remote(const Site& site, Duration limit);
  Remote(const Remote&) = delete;
  Remote& operator=(const Remote&) = delete;
  ~Remote();

  const std::string& name() const { return name_; }  // as messages call it
  UniqueFd open_tar() const { return scratch_.open_file(kTar); }
  UniqueFd make_tar() const { return make(kTar); }

  // What it holds is the tar then, an empty one where that has this mark. Returns its mark; nullopt: it holds nothing
  // yet. `asks`: where nothing can be stored, that is an error now.
  std::optional<std::string> fetch(const std::string& mark, bool asks) const;
  // Puts the tar in the place of what has this mark, "": of nothing. Returns the new mark; nullopt:
  // somebody was quicker, and it holds something else by now.
  std::optional<std::string> store(const std::string& mark) const;

 private:
  static constexpr const char* kTar = "tar";

  UniqueFd make(const char* name) const;
  // nullopt: it ended with the code that is expected.
  std::optional<std::string> call(const Command& command, ProcessSpec spec, const std::string& mark,
                                  int expected) const;

  const Site& site_;
  Directory scratch_;
  Command fetch_;
  Command store_;
  std::string name_;
  Duration limit_;
  Duration end_;
};

// "shop/web/production": the project, as its setting or else git's origin has it, the place of the
// settings in the checkout, and the environment, "-" for the one without a name. "": nobody knows.
std::string name_at_remote(const Context& context);

}  // namespace backstep
