// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "deploy/opening.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/targets.h"
#include "deploy/run/records.h"
#include "deploy/steps/steps.h"
#include "deploy/story.h"
#include "health/check.h"
#include "journal/journal.h"
#include "store/retention/retention.h"

namespace backstep {
namespace {

constexpr const char* kHere = "what lies here";

// What a run would do, told before anything is done.
struct RunPreview {
  LiveSet live;     // what is tracked, as it lies here
  Journal journal;  // the commands as resolved
  // Where a failure after the deploy has begun would go back to, "": nowhere; and why.
  std::string way_back = {};
  std::string reason = {};
};

void find_way_back(const std::optional<Store>& store, RunPreview& preview) {
  const Target target = store ? likely_target(*store, preview.live, preview.journal)
                              : Target{{Shelf::kBackups, kWouldBe}, "this run's backup"};
  const bool is_here = target.ref.id == kWouldBe;
  if (!preview.journal.settings.rollback.enabled) {
    preview.reason = "rollback is off: a failed version stays";
  } else if (is_here) {
    preview.reason = why_no_way_back(preview.live, preview.journal);
  }
  if (!preview.reason.empty()) return;
  preview.way_back = is_here ? kHere : target.ref.label();
  preview.reason = target.reason;
}

// Takes no lock, changes nothing, makes no store. What a run or its backup would refuse is refused.
RunPreview preview_run(const Context& context) {
  const std::optional<Store> store = Store::open_existing(context.workspace, context.place);
  const Index index = store ? Index::load(*store) : Index();
  RunPreview preview{.live = {}, .journal = journal_by_settings(context, RunVerb::kRun, "")};
  look_at_commands(context, preview.journal);
  try {
    preview.live = read_live_set(context.tree(context.patterns), &index);
  } catch (const Error& error) {
    throw error.within("a backup would be refused", ExitCode::kBackupFailed);
  }
  preview.journal.backup_of = environment_that_runs(context.workspace, context.place, preview.live.digest);
  find_way_back(store, preview);
  return preview;
}

std::vector<std::string> files_there(const LiveSet& live) {
  std::vector<std::string> paths;
  for (const FileEntry& file : live.files) {
    if (!file.absent) paths.push_back(file.path);
  }
  return paths;
}

std::string path_lines(const std::vector<std::string>& paths, size_t most = SIZE_MAX) {
  std::vector<std::string> lines;
  for (const std::string& path : paths) lines.push_back("  " + printable(path) + "\n");
  return folded(lines, most);
}

std::vector<std::pair<const char*, std::string>> commands_of(const Journal& journal) {
  std::vector<std::pair<const char*, std::string>> commands;
  const auto add = [&](const char* name, const Command& command) {
    if (!command.empty()) commands.emplace_back(name, command.as_text());
  };
  add("generate", journal.settings.generate);
  add("deploy", journal.settings.deploy);
  if (!journal.settings.health.empty()) add("health check", journal.settings.health.shown());
  add("diagnose", journal.settings.diagnose);
  if (journal.settings.rollback.enabled) add("rollback", journal.settings.rollback_command());
  return commands;
}

Json json_of(const RunPreview& preview) {
  Json commands = Json::Object{};
  for (const auto& [name, command] : commands_of(preview.journal)) {
    commands.set(replaced(name, " ", "_"), command);
  }
  return json_answer("run", {{"dry_run", true},
                             {"digest", preview.live.digest},
                             {"files", json_texts(files_there(preview.live))},
                             {"commands", std::move(commands)},
                             {"goes_back_to", preview.way_back},
                             {"reason", preview.reason}});
}

std::string text_of(const RunPreview& preview, size_t most) {
  const std::vector<std::string> files = files_there(preview.live);
  std::string commands;
  for (const auto& [name, command] : commands_of(preview.journal)) {
    commands += fmt::format("  {:<14}{}\n", name, printable(command));
  }
  const Config& settings = preview.journal.settings;
  if (settings.has_check()) {
    commands += "If this version is broken, it would stay live " + patience_words(settings) + "\n";
  }
  const char* const between = preview.way_back.empty() ? "" : preview.way_back == kHere ? " now: " : ": ";
  return fmt::format(
      "Would track {}:\n{}Would run, in this order:\n{}"
      "If it fails once the deploy has begun, it goes back to:\n  {}{}{}\n",
      counted(files.size(), "file"), path_lines(files, most), commands, preview.way_back, between, preview.reason);
}

int preview(Session& session) {
  session.tell_open_run();
  session.tell_unfetched();
  const RunPreview preview = preview_run(session.context());
  session.context().tell(preview.live);
  if (preview.live.empty()) {
    session.warn("nothing is tracked: " + look_for_untracked(session.tree()).words);
  }
  session.answer(json_of(preview), text_of(preview, most_lines(session.telling())));
  return 0;
}

void require_services_dir(const Session& session) {
  try {
    const auto is_there = [&](const std::string& pattern) {
      return session.workspace().directory.find_directory_or_root(fixed_part(pattern)).has_value();
    };
    if (std::ranges::any_of(session.patterns().services_dirs, is_there)) return;
    if (find_tracked_files(session.tree()).present() == 0) {
      throw Error(ExitCode::kBackupFailed, look_for_untracked(session.tree()).words);
    }
  } catch (const Error& error) {
    throw error.within("nothing was backed up", ExitCode::kBackupFailed);
  }
}

int preview(Session& session, const LiveSet& live) {
  session.context().tell(live);
  const std::vector<std::string> files = files_there(live);
  session.answer(json_answer("backup", {{"dry_run", true}, {"digest", live.digest}, {"files", json_texts(files)}}),
                 fmt::format("Would back up {}:\n{}", counted(files.size(), "file"), path_lines(files)));
  return 0;
}

}  // namespace

int cmd_run(const Invocation& invocation) {
  Session session(invocation);
  const Config& config = session.config();
  if (config.generate.empty() && config.deploy.empty() && !config.has_check()) {
    refuse_usage(
        "nothing to run: set at least one of generate, deploy, health_check and "
        "health_url ('backstep backup' only backs up)");
  }
  require_a_rule(config.retention);
  if (invocation.flags.has("dry-run")) return preview(session);
  return session.conclude(run(session.context_to_run()));
}

int cmd_backup(const Invocation& invocation) {
  Session session(invocation);
  const bool dry_run = invocation.flags.has("dry-run");
  const std::optional<Store> found = session.find_store();
  // Where there is a store, what an earlier run left open may bring the directory back.
  if (dry_run || !found) require_services_dir(session);
  if (dry_run) return preview(session, read_live_set(session.tree(), nullptr));
  Context& context = session.context();
  const Store store = open_store(context);
  const Opening opening(context, store, RunVerb::kBackup);
  OpenRun run(opening.site(), opening.new_journal());
  const TakenSet taken =
      take_backup(run, {.tag = invocation.flags.option("tag"), .message = invocation.flags.option("message")});
  if (session.json()) {
    session.print(json_answer("backup", {{"dry_run", false},
                                         {"id", taken.ref.label()},
                                         {"digest", taken.manifest.digest},
                                         {"files", taken.manifest.present_count()}}));
  }
  run.outcome.end_with(Outcome::Result::kBackedUp, ExitCode::kOk);
  run.outcome.set_live(Live::kSame, ": backed up, nothing was changed");
  const Outcome outcome = stored_remotely(run.site, run.end());
  session.report(outcome);
  return outcome.exit_status;
}

}  // namespace backstep
