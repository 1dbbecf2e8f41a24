// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/automatic_rollback.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "config/file/compose_file.h"
#include "deploy/run/records.h"
#include "store/records/history.h"
#include "system/process/process.h"

namespace backstep {
namespace {

bool is_target(const OpenRun& run, const AfterRestore& after) { return run.outcome.live_digest == after.target_digest; }

void write_failed(OpenRun& run, bool proved) {
  run.outcome.verdict = proved ? Verdict::kBad : Verdict::kUntested;
  std::vector<VerdictLine> lines = service_verdict_lines(run, run.journal.passed_services, Verdict::kGood);
  const auto bad = service_verdict_lines(run, run.outcome.bad_services, Verdict::kBad);
  lines.insert(lines.end(), bad.begin(), bad.end());
  if (proved) lines.push_back(verdict_line(run, Verdict::kBad));
  try_to_record(run, [&] { append_verdicts(run.store, lines); });
}

// A check that passes on exactly what lies there clears it like any other pass, also where that is not quite what the
// target holds: services that are gone stay so. The commit is that of the run that brought the files, not of this call.
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
    return run.listener.warning("the files changed while the check ran: this mixture is not kept as good");
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

std::vector<std::string> proved_bad(const Journal& journal, const AfterRestore& after) {
  const auto is_among = [](const std::string& service, const std::vector<std::string>& services) {
    return std::ranges::find(services, service) != services.end();
  };
  std::vector<std::string> bad;
  for (const ServiceHealth& health : after.checks.services) {
    const std::string& service = health.service;
    if (!health.healthy || !is_among(service, journal.failed_services)) continue;
    // A mixture leaves the rest live: what passes there now is the very script that failed.
    if (journal.leaves_mixture() && !is_among(service, journal.scope.only_services)) continue;
    const std::string path = journal.script_of(service);
    const FileEntry* now = find_present(after.left, path);
    if (now == nullptr || is_as_recorded(*journal.recorded, path, now)) continue;
    bad.push_back(service);
  }
  return bad;
}

std::string files_words(const Journal& journal) {
  if (!journal.leaves_mixture()) return "the old files are back";
  return "the old files of " + listed(journal.scope.only_services) + " are back, the rest is new";
}

std::string nothing_left_words(const Journal& journal) {
  const std::string& other = journal.backup_of;
  return "no earlier version exists" +
         (other.empty() ? "" : " of this environment, and the files of " + in_quotes(other) + " lie here again");
}

bool only_files_are_back(const Journal& journal) {
  return journal.by_hand() && journal.settings.rollback_command().empty();
}

std::string not_redeployed_words(bool files_only) {
  return fmt::format("; the services were not redeployed ({})",
                     files_only ? "--files-only" : "no rollback command is set");
}

void say_live(OpenRun& run, const std::string& digest, const std::string& health) {
  const Journal& journal = run.journal;
  const std::string only = listed(journal.scope.only_services);
  const bool redeployed = !journal.settings.rollback_command().empty();
  const std::string then = health + (redeployed ? "" : not_redeployed_words(run.outcome.files_only));
  if (digest == journal.digest) return run.outcome.set_live(Live::kSame, then);
  if (journal.leaves_mixture()) return run.outcome.set_live(Live::kMix, fmt::format(" (old: {})", only) + then);
  if (!journal.by_hand()) return run.outcome.set_live(redeployed ? Live::kOld : Live::kRestoredFiles, then);
  const std::string files = " (" + journal.target->label() + (only.empty() ? ")" : fmt::format(" for {} alone)", only));
  run.outcome.set_live(redeployed ? Live::kRestored : Live::kRestoredFiles, files + then);
}

void say_owed(OpenRun& run) {
  Outcome& outcome = run.outcome;
  outcome.owed = what_is_owed(run.journal);
  const bool owed = run.journal.owed;
  outcome.set_live(Live::kUnknown,
                   ": " + files_words(run.journal) + (owed ? ", the rollback command has still to run" : ""));
  outcome.advise(owed ? "run the rollback command, where the deploy's tools are" : "check it, and end this run",
                 run.command("recover"));
}

std::string health_now(const Journal& journal, const CheckResults& checks) {
  if (checks.empty()) {
    const bool says_why = !journal.by_hand() && !journal.settings.has_check();
    return says_why ? " (not checked: no health check is set)" : " (not checked)";
  }
  if (checks.passed()) {
    if (only_files_are_back(journal)) {
      return ": what is running passes the check" + checks.proof() + warned_words(checks);
    }
    return ", healthy again" + checks.proof() + warned_words(checks);
  }
  return ", STILL UNHEALTHY: " + unhealthy_words(checks);
}

std::string what_is_owed(const Journal& journal) {
  return journal.owed ? printable(journal.settings.rollback_command().shown()) : "";
}

std::string mount_words(const Workspace& workspace, const std::vector<ReplacedFile>& replaced) {
  if (replaced.empty()) return {};
  std::set<FileId> files;
  for (const ReplacedFile& file : replaced) files.insert(file.id);
  if (const auto mount = process_that_mounts(files)) {
    const auto file = std::ranges::find(replaced, mount->second, &ReplacedFile::id);
    return fmt::format("make anew the container of process {}, which still has the failed {} mounted", mount->first,
                       printable(file->path));
  }
  for (const ComposeMount& mount : read_compose(workspace.directory).mounts) {
    if (std::ranges::find(replaced, mount.path, &ReplacedFile::path) == replaced.end()) continue;
    return fmt::format("make {} anew, into which Compose mounts {}, for it may still have the failed one",
                       printable(mount.service), printable(mount.path));
  }
  const auto file = std::ranges::find(replaced, true, &ReplacedFile::written_in_place);
  if (file == replaced.end()) return {};
  return fmt::format("make anew a container that mounts {} as a single file, for it still has the failed one",
                     printable(file->path));
}

void name_evidence(OpenRun& run) {
  if (run.outcome.exit_status == 0) return;
  const Journal& journal = run.journal;
  const std::string evidence = journal.evidence.label();
  const std::string target = journal.target ? journal.target->label() : "";
  if (evidence.empty()) return run.outcome.advise("mend what failed, then deploy again");
  if (journal.by_hand()) {
    return run.outcome.advise("go back to what the rollback replaced", run.command("rollback --to " + evidence));
  }
  run.outcome.advise("see what the failed version changed", look_at_failed(run.context.place, target, evidence));
}

}  // namespace backstep
