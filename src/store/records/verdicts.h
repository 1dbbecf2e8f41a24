// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "store/sets/file_entry.h"
#include "store/sets/set_reader.h"
#include "store/store.h"
#include "system/files/durability.h"

namespace backstep {

// name_of() knows their order.
enum class Verdict { kUntested, kGood, kBad };
std::string_view name_of(Verdict verdict);

// One judgement on a digest. `run` makes it unique: settling twice appends once.
struct VerdictLine {
  std::string run;           // its uid
  int64_t sequence = 0;      // given when it is appended
  std::string service = {};  // "": on a set. Else by this service's check, on its script alone
  std::string digest;
  bool good = false;
  bool by_human = false;   // `mark`
  bool withdrawn = false;  // `mark untested`: nothing that was said before counts any more
  int64_t time = 0;
  std::string commit = {};
  size_t place = 0;  // of the line in its file, told when it is loaded
};

// verdicts.jsonl, appended and read as line_file.h says.
class Verdicts {
 public:
  static Verdicts load(const Store& store);  // parsed once for each time that they change

  // A human's newest mark outranks all; else a pass outranks failures. With a service: what its own
  // check said of its script, by service_digest(). No set is judged by that.
  Verdict of(std::string_view digest, std::string_view service = "") const;
  // The newest mark, else the first pass, else the newest failure; null while it is untested.
  const VerdictLine* deciding(std::string_view digest, std::string_view service = "") const;
  // Digests that are good, the most recently confirmed first.
  std::vector<std::string> good_digests() const;
  // The commit that the newest passing line of this digest names; "" when unknown.
  std::string commit_of(std::string_view digest) const;
  const std::vector<VerdictLine>& lines() const { return lines_; }
  // Lines that do not parse, a torn last one left out.
  int broken_lines() const { return broken_lines_; }

 private:
  void add(VerdictLine line);

  // By their place in lines_.
  struct Judgement {
    std::optional<size_t> mark;  // the newest one
    std::optional<size_t> pass;  // the first one
    std::optional<size_t> failure;
  };

  std::vector<VerdictLine> lines_;
  std::map<std::tuple<std::string, std::string>, Judgement, std::less<>> judgements_;  // service, digest
  int broken_lines_ = 0;
};

// Nothing is appended when the run's check has judged this already, or its mark says the same.
void append_verdict(const Store& store, const VerdictLine& line);
// A crash may leave some of them. Durable on return, or with the next flush of `disk`.
void append_verdicts(const Store& store, std::span<const VerdictLine> lines, SyncBatch* disk = nullptr);

// The services of a set whose script has been judged, with the judgement, sorted by name.
std::vector<std::pair<std::string, Verdict>> service_verdicts(const Verdicts& verdicts,
                                                              std::span<const FileEntry> files,
                                                              const Patterns& patterns);

// The known good versions that one can go back to. A verdict outlives the sets that it is about:
// retention takes the older ones, and a person may delete any by hand.
struct KnownGood {
  // Digests that a backup or an accepted set holds, the most recently confirmed first.
  std::vector<std::string> stored;
  const CatalogEntry* last = nullptr;  // the newest set of the first of them; null: there is none
  // The most recently confirmed digest, if no set holds it. Retention never takes it, so somebody
  // did. "": it is stored, or nothing was ever good.
  std::string lost;

  // Why a rollback goes to `last`.
  const char* why_last() const;
  // One line about what is lost and what is left; "" when nothing is lost.
  std::string loss() const;
};

// Points into `catalog`.
KnownGood known_good(const Catalog& catalog, const Verdicts& verdicts);

}  // namespace backstep
