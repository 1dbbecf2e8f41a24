// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fuzz/fuzz.h"
#include "journal/journal.h"
#include "store/set_id.h"
#include "system/files/beneath.h"

namespace backstep::fuzz {
namespace {

// What was taken is what a setting may be: it can be given again.
void require_settings(const Journal& journal) {
  const Json written = encode_settings(journal.settings);
  require(encode_settings(decode_settings(written)).dump() == written.dump(),
          "a journal's settings are read back as they were", written.dump());
}

void require_moments(const Journal& journal) {
  require(!utc_text(journal.started).empty() && !utc_text(journal.guard_until).empty(),
          "a journal's moments can be shown");
}

void require_beneath(const Journal& journal) {
  for (const auto& list : {journal.patterns.services_dirs, journal.patterns.files, journal.patterns.exclude}) {
    for (const std::string& pattern : list) {
      require(!pattern.starts_with('/') && pattern.find("x/..") == std::string::npos, "patterns stay in the workspace",
              pattern);
    }
  }
  for (const RecordedSet& set : {journal.backup, journal.stands_in, journal.evidence}) {
    require(set.empty() || names_set(set.uid), "a journal names sets only", set.uid);
  }
}

}  // namespace

void try_input(std::string_view bytes) {
  Journal journal;
  if (!accepts([&] { journal = decode_journal(bytes); })) return;
  require_settings(journal);
  require_moments(journal);
  require_beneath(journal);
  const bool sorted = !journal.recorded || std::is_sorted(journal.recorded->begin(), journal.recorded->end(),
                                                          [](const auto& a, const auto& b) { return a.path < b.path; });
  require(sorted, "what is recorded is sorted");
  require(journal.phase < Phase::kRestoring || journal.target, "a restore has a target");
  const std::string again = encode_journal(journal);
  require(encode_journal(decode_journal(again)) == again, "a journal is read back as it was", again);
}

}  // namespace backstep::fuzz
