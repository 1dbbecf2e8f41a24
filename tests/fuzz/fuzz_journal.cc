// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fuzz/fuzz.h"
#include "journal/journal_text.h"
#include "store/time_text.h"
#include "system/files/beneath.h"

namespace backstep::fuzz {
namespace {

constexpr Duration kTenYears = std::chrono::hours(24 * 3650);  // no setting takes more

void require_range(std::initializer_list<Duration> durations, std::initializer_list<int> counts) {
  for (const Duration duration : durations) {
    require(duration >= Duration::zero() && duration <= kTenYears,
            "a journal's durations are what a setting may be");
  }
  for (const int count : counts) {
    require(count >= 0 && count <= 100'000, "a journal's counts are what a setting may be");
  }
}

void require_check_range(const HealthCheck& health) {
  require_range({health.interval, health.timeout, health.start_period, health.min_healthy_time,
                 health.deadline},
                {health.retries});
}

void require_settings_range(const Journal& journal) {
  require_check_range(journal.health);
  require_check_range(journal.service_checks.each.health);
  for (const auto& [service, check] : journal.service_checks.own) require_check_range(check.health);
  require_range(
      {journal.timeouts.generate, journal.timeouts.deploy, journal.timeouts.rollback,
       journal.timeouts.stop_grace, journal.retention.keep_within},
      {journal.retention.keep_last, journal.retention.keep_good, journal.retention.keep_failed});
  require(!utc_text(journal.started).empty() && !utc_text(journal.guard_until).empty(),
          "a journal's moments can be shown");
}

void require_beneath(const Journal& journal) {
  for (const auto& list :
       {journal.patterns.services_dirs, journal.patterns.files, journal.patterns.exclude}) {
    for (const std::string& pattern : list) {
      require(!pattern.starts_with('/') && pattern.find("x/..") == std::string::npos,
              "patterns stay in the workspace", pattern);
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
  require_settings_range(journal);
  require_beneath(journal);
  const bool sorted = !journal.recorded ||
                      std::is_sorted(journal.recorded->begin(), journal.recorded->end(),
                                     [](const auto& a, const auto& b) { return a.path < b.path; });
  require(sorted, "what is recorded is sorted");
  require(journal.phase < Phase::kRestoring || journal.target, "a restore has a target");
  const std::string again = encode_journal(journal);
  require(encode_journal(decode_journal(again)) == again, "a journal is read back as it was",
          again);
}

}  // namespace backstep::fuzz
