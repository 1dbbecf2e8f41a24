// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <algorithm>
#include <csignal>

#include "backup/restore/reserve.h"
#include "base/error.h"
#include "base/text.h"
#include "config/file/compose_file.h"
#include "deploy/run/records.h"
#include "deploy/steps/commands.h"
#include "store/records/history.h"

namespace backstep {
namespace {

// A stop signal while the backup was taken ends the verb here: nothing has begun.
void stop_if_signalled(const Context& context) {
  if (const auto signal = context.signals.caught()) throw Interrupted(*signal);
}

// What the generator, or the steps of a job, are about to make may be missing; a mark behind a
// backup of nothing would be believed.
void look_for_nothing(const OpenRun& run, const Tree& tree, TrackedFiles& tracked) {
  const Config& config = run.context.config;
  const bool is_missing = tracked.services_dir_missing;
  if (tracked.present() == 0) {
    const RunVerb verb = run.journal.verb;
    const bool may_come = verb == RunVerb::kRun      ? !config.generate.empty()
                          : verb == RunVerb::kBackup ? !is_missing
                                                     : true;
    const std::string words = look_for_untracked(tree).words;
    if (!may_come) throw Error(ExitCode::kBackupFailed, "nothing is tracked: " + words);
    tracked.warnings.push_back("nothing is tracked so far: " + words);
  } else if (is_missing && config.services_dir != Config().services_dir) {
    tracked.warnings.push_back(
        fmt::format("services directory '{}' does not exist", printable(joined(config.services_dir, "', '"))));
  }
}

TakenSet take(const OpenRun& run, const BackupNote& note) {
  Manifest header = new_manifest(run);
  header.tag = note.tag;
  header.message = note.message;
  const Tree tree = run.tree();
  try {
    TrackedFiles tracked = find_tracked_files(tree);
    look_for_nothing(run, tree, tracked);
    return take_set(tree, run.store, Shelf::kBackups, std::move(header), std::move(tracked), Oddities::kRefuse);
  } catch (const Error& error) {
    throw error.within("backup failed, nothing was changed", ExitCode::kBackupFailed);
  }
}

// One statement of a command: `rm -r` of the store, of a directory above it or of all that lies
// here; `git clean` of what git does not know or ignores. As far as its text tells.
bool removes(const std::string& statement, const std::string& store, bool is_ignored) {
  std::string flags;
  std::string programs = " ";
  bool names_store = false;
  for (const std::string& word : split(trimmed(statement), ' ')) {
    const std::string path = without_trailing_slashes(word.starts_with("./") ? word.substr(2) : word);
    if (word.starts_with('-')) flags += word;
    if (word.find('/') == std::string::npos) programs += word + " ";
    names_store = names_store || path == "*" || path == "." || (store + "/").starts_with(path + "/");
  }
  if (programs.find(" rm ") != std::string::npos) {
    return names_store && flags.find_first_of("rR") != std::string::npos;
  }
  // What it names is what it is to leave (-e).
  return programs.find(" git clean ") != std::string::npos && !names_store &&
         flags.find_first_of(is_ignored ? "xX" : "dxX") != std::string::npos;
}

void warn_of_removal(const OpenRun& run, const Command& command) {
  const StorePlace& place = run.context.place;
  if (place.absolute || command.empty()) return;
  const auto ignore = run.context.workspace.directory.read_small_file(".gitignore", 1 << 20);
  const bool is_ignored = ignore.value_or("").find(place.path) != std::string::npos;
  std::string text = command.as_text();
  for (char& c : text) c = std::string_view(";&|()").find(c) == std::string_view::npos ? c : '\n';
  for (const std::string& statement : split(text, '\n')) {
    if (!removes(statement, place.path, is_ignored)) continue;
    run.listener.warning(
        fmt::format("{} may take the store away, and with it the way back: leave out {} there (git clean -e), "
                    "or give backups_dir another place",
                    in_quotes(trimmed(statement)), in_quotes(place.path)));
  }
}

// A new script is a new file under the old name, which Compose does not notice.
void warn_of_old_mounts(const OpenRun& run, const Command& deploy) {
  const std::string text = deploy.as_text();
  const auto says = [&](std::string_view word) { return text.find(word) != text.npos; };
  if (!says("compose") || !says(" up") || says("--force-recreate") || says("restart") || says(" down")) return;
  for (const ComposeMount& mount : read_compose(run.context.workspace.directory).mounts) {
    if (!run.journal.patterns.looks_for(mount.path)) continue;
    return run.listener.warning(
        fmt::format("Compose mounts {} into {} as a single file, and its container keeps the file that it began with: "
                    "add --force-recreate to the deploy, or the old one answers the check",
                    printable(mount.path), printable(mount.service)));
  }
}

std::string whose(const ServiceHealth& failed) {
  return failed.service.empty() ? "the health check" : "the health check of " + failed.service;
}

HealthCheck check_of(const Config& settings, const std::string& service) {
  if (service.empty()) return settings.health;
  return settings.service_checks.of(service).value_or(ServiceCheck()).health;
}

[[noreturn]] void refuse(const HealthCheck& check, const ServiceHealth& failed) {
  const std::vector<std::string> lines = plain_lines(failed.output_tail);
  refuse_usage(fmt::format("{} cannot run: {} {}{}; nothing was changed", whose(failed),
                           in_quotes(check.shown().shown()), failed.ending, lines.empty() ? "" : ": " + lines.back()));
}

void note(const ServiceHealth& failed, Journal& journal) {
  if (failed.asks_for_rollback()) journal.was_unhealthy_before = true;
  journal.unhealthy_before.push_back(failed.service);
}

void note_mute(OpenRun& run, const ServiceHealth& failed) {
  const Config& settings = run.journal.settings;
  const HealthCheck check = check_of(settings, failed.service);
  const Command command = command_for(check.test, failed.service);
  if (look_for_program(run.context, command, settings.shell).may_come) return;
  if (run.context.may_redeploy) refuse(check, failed);
  // In a guard's container programs are missing that the job itself has.
  note(failed, run.journal);
  run.listener.warning(
      fmt::format("{} cannot run in this container ({}): {}", whose(failed), failed.ending,
                  settings.service_checks.empty() ? "the job's status alone will decide" : "it will decide nothing"));
}

// Before a first deploy nothing may be there to be healthy.
void tell_unhealthy(const OpenRun& run, const std::vector<ServiceHealth>& failed) {
  if (failed.empty()) return;
  std::vector<std::string> names;
  for (const ServiceHealth& service : failed) names.push_back(service.service);
  const std::string words =
      failed.size() == 1
          ? fmt::format("{} fails already before the deploy ({})", whose(failed.front()), failed.front().ending)
          : fmt::format("the health checks of {} fail already before the deploy: {}", counted(names.size(), "service"),
                        listed(names));
  const auto events = load_history(run.store);
  if (std::ranges::find(events, HistoryLine::Event::kAccepted, &HistoryLine::event) != events.end())
    return run.listener.warning(words);
  run.listener.note(words + ", which is normal before a first deploy");
}

void note_failed(OpenRun& run, std::vector<ServiceHealth>& checks) {
  for (const ServiceHealth& health : checks) {
    if (!health.could_run) {
      note_mute(run, health);
    } else if (!health.healthy) {
      note(health, run.journal);
    }
  }
  std::erase_if(checks, [](const auto& health) { return health.healthy || !health.could_run; });
}

}  // namespace

TakenSet take_backup(OpenRun& run, const BackupNote& note) {
  stop_if_signalled(run.context);
  const Duration start = run.context.clock.steady();
  TakenSet taken = take(run, note);
  run.journal.backup = {taken.manifest.uid, taken.ref};
  run.journal.digest = taken.manifest.digest;
  Listener& listener = run.listener;
  run.context.tell(taken.live);
  listener.backup_created({.shown = run.store.shown(taken.ref),
                           .files = taken.manifest.present_count(),
                           .linked = taken.linked,
                           .elapsed = run.context.clock.steady() - start});
  stop_if_signalled(run.context);
  return taken;
}

void require_way_back(const OpenRun& run, std::span<const FileEntry> files, const HeldFiles& held) {
  warn_of_removal(run, run.journal.settings.generate);
  warn_of_removal(run, run.journal.settings.deploy);
  warn_of_old_mounts(run, run.journal.settings.deploy);
  try {
    for (const std::string& text : require_way_back(run.tree(), run.store, files, held)) {
      run.listener.warning(text);
    }
  } catch (const Error& error) {
    throw error.within("pre-flight failed, nothing was changed", ExitCode::kBackupFailed);
  }
}

void check_baseline(OpenRun& run, const LiveSet& before) {
  Journal& journal = run.journal;
  if (!journal.settings.has_check() || !journal.settings.health.baseline) return;
  CheckResults checks =
      Commands(run).check(services_there(record_of(before.files), journal.patterns), Thoroughness::kBaseline);
  if (checks.stopped) throw Interrupted(run.context.signals.caught().value_or(SIGTERM));
  std::vector<ServiceHealth> whole;
  if (checks.whole) whole.push_back(std::move(*checks.whole));
  for (auto* failed : {&whole, &checks.services}) note_failed(run, *failed);
  tell_unhealthy(run, whole);
  tell_unhealthy(run, checks.services);
  if (checks.not_run == 0) return;
  run.listener.note(
      fmt::format("{} had no turn in the ten seconds before the deploy", counted(checks.not_run, "health check")));
}

}  // namespace backstep
