// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/partial_rollback.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/live_set.h"
#include "base/error.h"
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
  try {
    store_accepted_set(mixture);
    append_verdict(run.store, verdict_line(mixture, Verdict::kGood));
  } catch (const Error& error) {
    say_unrecorded(error, run.outcome);
  }
}

namespace {

// A mixture leaves the rest live: what passes there now is the very script that failed.
bool went_back(const Journal& journal, const std::string& service) {
  if (!journal.leaves_mixture()) return true;
  const std::vector<std::string>& only = journal.scope.only_services;
  return std::ranges::find(only, service) != only.end();
}

}  // namespace

std::vector<std::string> proved_bad(const Journal& journal, const CheckResults& after,
                                    const std::vector<FileEntry>& target) {
  std::vector<std::string> bad;
  for (const ServiceHealth& health : after.services) {
    const std::vector<std::string>& failed = journal.failed_services;
    const bool was_down = std::ranges::find(failed, health.service) != failed.end();
    const std::string path = journal.script_of(health.service);
    const FileEntry* now = find_entry(target, path);
    if (was_down && went_back(journal, health.service) && health.healthy && now != nullptr &&
        !is_as_recorded(*journal.recorded, path, now)) {
      bad.push_back(health.service);
    }
  }
  return bad;
}

}  // namespace backstep
