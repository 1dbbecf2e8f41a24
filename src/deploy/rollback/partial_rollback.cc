// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/partial_rollback.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/live_set.h"
#include "deploy/run/records.h"
#include "deploy/steps/accept.h"

namespace backstep {

void narrow_scope(OpenRun& run, const StepFailure& failure) {
  Journal& journal = run.journal;
  if (journal.settings.rollback.scope != RollbackScope::kFailed || failure.services.empty()) return;
  const StoredSet target = read_set(run.store, journal.target->ref, journal.patterns);
  // A first run: the new files are moved away, and half of them would be no version at all.
  if (target.manifest.empty()) return;
  for (const std::string& service : failure.services) {
    const std::string path = journal.script_of(service);
    const FileEntry* there = find_present(target.manifest.files, path);
    if (!is_as_recorded(*journal.recorded, path, there)) continue;
    return run.listener.note(
        fmt::format("All goes back, for {} failed with the script that it had before", service));
  }
  journal.scope.only_services = failure.services;
  run.listener.note(
      fmt::format("Only {} goes back (rollback_scope: failed); the rest stays new, a mixture that "
                  "is untested until its check has passed",
                  listed(failure.services)));
}

std::string digest_of_mixture(const OpenRun& run) {
  if (!run.journal.leaves_mixture()) return "";
  const std::optional<LiveSet> live = live_for_records(run);
  return live ? live->digest : "";
}

void keep_mixture(OpenRun& run, const std::string& digest) {
  // The digest of what the check judged.
  if (run.outcome.live_digest != digest) {
    return run.listener.warning(
        "the files changed while the check ran: this mixture is not kept as good");
  }
  OpenRun mixture(run.site, run.journal);
  mixture.journal.digest = digest;
  mixture.journal.commit.clear();  // no commit has these files together
  try_to_record(run, [&] {
    store_accepted_set(mixture);
    append_verdict(run.store, verdict_line(mixture, Verdict::kGood));
  });
}

std::vector<std::string> proved_bad(const Journal& journal, const CheckResults& after,
                                    const std::vector<FileEntry>& target) {
  const auto is_among = [](const std::string& service, const std::vector<std::string>& services) {
    return std::ranges::find(services, service) != services.end();
  };
  std::vector<std::string> bad;
  for (const ServiceHealth& health : after.services) {
    const std::string& service = health.service;
    if (!health.healthy || !is_among(service, journal.failed_services)) continue;
    // A mixture leaves the rest live: what passes there now is the very script that failed.
    if (journal.leaves_mixture() && !is_among(service, journal.scope.only_services)) continue;
    const std::string path = journal.script_of(service);
    const FileEntry* now = find_entry(target, path);
    if (now == nullptr || is_as_recorded(*journal.recorded, path, now)) continue;
    bad.push_back(service);
  }
  return bad;
}

}  // namespace backstep
