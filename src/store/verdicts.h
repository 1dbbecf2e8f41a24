// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace backstep {

enum class Verdict { kUntested, kGood, kBad };
std::string_view name_of(Verdict verdict);

// One judgement on a digest. `run` makes it unique: settling twice appends once.
struct VerdictLine {
  std::string run;
  std::string digest;
  bool good = false;
  bool by_human = false;  // `mark`
  int64_t time = 0;
  std::string commit;
};

// verdicts.jsonl: appended, a version in each line; a torn last line harms nothing, and lines of a
// newer version are passed over.
class Verdicts {
 public:
  static Verdicts load(const Store& store);

  // A human's newest mark outranks all; else a pass outranks failures.
  Verdict of(std::string_view digest) const;
  // Digests that are good, the most recently confirmed first.
  std::vector<std::string> good_digests() const;
  // The commit that the newest passing line of this digest names; "" when unknown.
  std::string commit_of(std::string_view digest) const;
  const std::vector<VerdictLine>& lines() const { return lines_; }
  // Lines that do not parse, a torn last one left out.
  int broken_lines() const { return broken_lines_; }

 private:
  void add(VerdictLine line);

  struct Judgement {
    Verdict mark = Verdict::kUntested;  // the newest one
    bool passed = false;                // else the check has failed on it
  };
  std::vector<VerdictLine> lines_;
  std::map<std::string, Judgement, std::less<>> judgements_;
  int broken_lines_ = 0;
};

// Nothing is appended when the run's check has judged this digest already, or when its newest mark
// says the same.
void append_verdict(const Store& store, const VerdictLine& line);

}  // namespace backstep
