// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/rollback_verdict.h"

#include <algorithm>

#include "deploy/run/records.h"
#include "deploy/steps/steps.h"
#include "store/records/live_version.h"

namespace backstep {
namespace {

bool is_target(const OpenRun& run, const AfterRestore& after) {
  return run.outcome.live_digest == after.target.manifest.digest;
}

void write_failed(OpenRun& run, bool proved) {
  run.outcome.verdict = proved ? Verdict::kBad : Verdict::kUntested;
  std::vector<VerdictLine> lines =
      service_verdict_lines(run, run.journal.passed_services, Verdict::kGood);
  const auto bad = service_verdict_lines(run, run.outcome.bad_services, Verdict::kBad);
  lines.insert(lines.end(), bad.begin(), bad.end());
  if (proved) lines.push_back(verdict_line(run, Verdict::kBad));
  try_to_record(run, [&] { append_verdicts(run.store, lines); });
}

// A check that passes on exactly what lies there clears it like any other pass, also where that is
// not quite what the target holds: services that are gone stay so. The commit is that of the run
// that brought the files, not of this call.
void write_passed(OpenRun& run) {
  try_to_record(run, [&] {
    const std::vector<HistoryLine> history = history_about(run.store, run.outcome.live_digest);
    const HistoryLine* deploy = deploy_of(history, run.outcome.live_digest);
    VerdictLine line = verdict_line(run, Verdict::kGood);
    line.digest = run.outcome.live_digest;
    line.commit = deploy == nullptr ? "" : deploy->commit;
    append_verdict(run.store, line);
  });
}

// A mixture that has passed its check is known good, and stored, for it is nowhere else. `digest`
// is of what the check was asked about; where something else lies there by now, that is only said.
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

void by_hand(OpenRun& run, const AfterRestore& after) {
  if (is_target(run, after)) run.outcome.origin = origin_of(run, run.outcome.live_digest);
  if (!after.checks.passed()) return;
  write_passed(run);
  run.outcome.verdict = Verdicts::load(run.store).of(run.outcome.live_digest);
}

void by_itself(OpenRun& run, const StepFailure& failure, const AfterRestore& after) {
  const bool healthy = after.checks.passed();
  const bool differs = after.digest != run.journal.digest;
  run.outcome.origin = origin_of(run, run.outcome.live_digest);
  // Nothing is bad without proof: a check that could not run, or that fails on the old files too,
  // tells nothing of the new ones.
  write_failed(run, failure.checks.failed_for_sure() && differs && healthy);
  if (!healthy) return;
  if (run.journal.leaves_mixture()) return keep_mixture(run, after.digest);
  if (differs && is_target(run, after)) write_passed(run);
}

}  // namespace

void give_verdict(OpenRun& run, const StepFailure& failure, const AfterRestore& after) {
  run.journal.by_hand() ? by_hand(run, after) : by_itself(run, failure, after);
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
