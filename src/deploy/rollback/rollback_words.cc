// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/rollback_verdict.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "config/file/compose_file.h"
#include "system/process/process.h"

namespace backstep {

std::string files_words(const Journal& journal) {
  if (!journal.leaves_mixture()) return "files: old";
  return "files: old of " + listed(journal.scope.only_services) + ", new of the rest";
}

bool only_files_are_back(const Journal& journal) {
  return journal.by_hand() && journal.settings.rollback_command().empty();
}

std::string not_redeployed_words(bool files_only) {
  return files_only ? "services: not redeployed (--files-only)"
                    : "services: not redeployed (no rollback command is set)";
}

std::string version_now(const Journal& journal, const std::string& digest) {
  const std::vector<std::string>& only = journal.scope.only_services;
  if (digest == journal.digest) return "the same files as before";
  if (journal.leaves_mixture()) {
    return fmt::format("the old version of {}, the new one of the rest", listed(only));
  }
  if (!journal.by_hand()) return "the old version";
  const std::string files = "the files of " + journal.target->label();
  return only.empty() ? files : fmt::format("{} for {}; the rest as it was", files, listed(only));
}

std::string health_now(const Journal& journal, const CheckResults& checks) {
  if (checks.empty()) {
    const bool says_why = !journal.by_hand() && !journal.settings.has_check();
    return says_why ? " (not checked: no health check is set)" : " (not checked)";
  }
  if (checks.passed()) {
    if (only_files_are_back(journal)) {
      return "; what is running passes the check" + checks.proof() + warned_words(checks);
    }
    return (journal.leaves_mixture() ? ": this mixture is healthy" : ", healthy again") +
           checks.proof() + warned_words(checks);
  }
  return ", STILL UNHEALTHY: " + unhealthy_words(checks) +
         (journal.leaves_mixture() ? "; this mixture is untested" : "");
}

std::string what_is_owed(const Journal& journal) {
  return journal.owed ? printable(journal.settings.rollback_command().shown()) : "";
}

std::string mount_words(const Workspace& workspace, const std::vector<ReplacedFile>& replaced) {
  constexpr const char* kRemedy = "docker compose up -d --force-recreate makes it anew";
  if (replaced.empty()) return {};
  std::set<FileId> files;
  for (const ReplacedFile& file : replaced) files.insert(file.id);
  if (const auto mount = process_that_mounts(files)) {
    const auto file = std::ranges::find(replaced, mount->second, &ReplacedFile::id);
    return fmt::format("process {}, in a container perhaps, still has the failed {} mounted: {}",
                       mount->first, printable(file->path), kRemedy);
  }
  for (const ComposeMount& mount : read_compose(workspace.directory).mounts) {
    if (std::ranges::find(replaced, mount.path, &ReplacedFile::path) == replaced.end()) continue;
    return fmt::format(
        "{}, into which Compose mounts {} as a single file, may still have the failed one: {}",
        printable(mount.service), printable(mount.path), kRemedy);
  }
  const auto file = std::ranges::find(replaced, true, &ReplacedFile::written_in_place);
  if (file == replaced.end()) return {};
  return fmt::format(
      "a container that mounts {} as a single file still has the failed one, for it was written in "
      "place: {}",
      printable(file->path), kRemedy);
}

void name_evidence(OpenRun& run) {
  if (run.outcome.exit_status == 0) return;
  const Journal& journal = run.journal;
  const std::string target = journal.target ? journal.target->label() : "";
  run.outcome.next.push_back(journal.evidence.label().empty()
                                 ? "backstep status"
                                 : look_at_failed(target, journal.evidence.label()));
}

void name_way_back(OpenRun& run) {
  const std::string evidence = run.journal.evidence.label();
  if (run.outcome.exit_status == 0 || evidence.empty()) return name_evidence(run);
  run.outcome.next.push_back("backstep rollback --to " + evidence);
}

}  // namespace backstep
