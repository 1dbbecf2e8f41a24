// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "deploy/run/journal_tree.h"
#include "deploy/story.h"
#include "journal/journal.h"
#include "report/diff/diff_report.h"
#include "store/retention/retention.h"
#include "store/store.h"

namespace backstep {
namespace {

// Whether the run that this job began is open in this store and is of this tree: several checkouts
// may share a store. Any run will do where the job does not say which. In whatever environment:
// each of their stores lies beneath this one.
bool is_open_in(const Workspace& workspace, const StorePlace& place, const std::string& begun) {
  const std::optional<Store> store = Store::open_existing(workspace, place);
  if (!store || !has_journal(*store)) return false;
  const std::optional<Journal> open = load_journal(*store);
  return begun.empty() || !open || (open->run == begun && began_in(workspace, *open));
}

// Where that cannot be told, the verb itself will say why.
bool is_open_here(const Invocation& invocation) {
  const std::string begun = invocation.environment.get("BACKSTEP_BEGUN");
  try {
    const Settings settings =
        load_settings(invocation.current_directory, invocation.flags.settings, invocation.environment);
    const StorePlace own = store_place(settings.workspace, settings.loaded.config);
    std::vector<StorePlace> places = environments_in(settings.workspace, own);
    places.push_back(own);
    return std::ranges::any_of(places,
                               [&](const StorePlace& place) { return is_open_in(settings.workspace, place, begun); });
  } catch (const Error&) {
    return true;
  }
}

// `finish` works from any directory: where no run is open here, as if from where its `begin` was.
Invocation where_it_began(const Invocation& invocation) {
  const std::string directory = invocation.environment.get("BACKSTEP_BEGUN_IN");
  // A container has paths of its own.
  if (directory.empty() || access(directory.c_str(), R_OK | X_OK) != 0) return invocation;
  if (is_open_here(invocation)) return invocation;
  Invocation there = invocation;
  there.current_directory = directory;
  const std::string file = invocation.environment.get("BACKSTEP_BEGUN_SETTINGS");
  if (!file.empty()) there.flags.settings.emplace("config", file);
  return there;
}

RollbackOptions options_of(const ParsedFlags& flags) {
  RollbackOptions options{.to = flags.option("to"),
                          .services = {},
                          .recreate = flags.has("recreate"),
                          .exact = flags.has("exact"),
                          .files_only = flags.has("files-only"),
                          .if_live = flags.option("if-live")};
  for (const auto& [name, value] : flags.options) {
    if (name == "service") options.services.push_back(value);
  }
  return options;
}

std::string_view name_of(RestoreStep::Kind kind) {
  if (kind == RestoreStep::Kind::kCreate) return "create";
  return kind == RestoreStep::Kind::kReplace ? "replace" : "remove";
}

Json json_of(const RollbackPreview& preview) {
  const auto step_json = [](const RestoreStep& step) {
    return Json::Object{{"do", name_of(step.kind)}, {"path", step.path()}};
  };
  return json_answer("rollback", {{"dry_run", true},
                                  {"idle", preview.idle},
                                  {"target", preview.target.ref.label()},
                                  {"reason", preview.target.reason},
                                  {"caution", preview.target.caution},
                                  {"steps", json_array(preview.plan.steps, step_json)},
                                  {"kept", json_texts(preview.plan.kept_added)},
                                  {"left", left_files_json(preview.plan.left)},
                                  {"missing_services", json_texts(preview.plan.missing_services)}});
}

std::string text_of(const RollbackPreview& preview) {
  if (!preview.idle.empty()) return "Would do nothing: " + preview.idle + "\n";
  const Target& target = preview.target;
  std::string text = fmt::format("Would roll back to {}: {}\n", target.ref.label(), target.reason);
  if (!target.caution.empty()) text += fmt::format("⚠️ Warning: {}\n", target.caution);
  const auto add = [&](std::string_view what, const std::string& path, const std::string& note) {
    text += fmt::format("  {:<8} {}{}\n", what, printable(path), note);
  };
  for (const RestoreStep& step : preview.plan.steps) add(name_of(step.kind), step.path(), "");
  for (const std::string& path : preview.plan.kept_added) {
    add("keep", path, fmt::format(" (added since; {})", preview.why_kept));
  }
  for (const LeftFile& file : preview.plan.left) {
    add("leave", file.path, fmt::format(" ({})", words_of(file.why)));
  }
  for (const std::string& service : preview.plan.missing_services) {
    text += fmt::format("⚠️ Warning: Service {} does not exist. Skipping.\n", service);
  }
  return preview.plan.empty() ? text + "  nothing: the files are as in it already\n" : text;
}

}  // namespace

int cmd_begin(const Invocation& invocation) {
  Session session(invocation);
  require_a_rule(session.config().retention);
  return session.conclude(begin(session.context_to_run()));
}

// The main stage of the action's `guard`: a begin whose finish is the post stage.
int cmd_guard(const Invocation& invocation) {
  Session session(invocation);
  Context& context = session.context_to_run();
  context.may_redeploy = false;
  Outcome outcome = begin(context);
  if (outcome.result == Outcome::Result::kBegun) {
    outcome.live += "; the post stage finishes it by the job's final status";
    outcome.next.clear();
  }
  return session.conclude(outcome);
}

// GitHub runs the post stage at the end of the job, whatever the main stage did. After `guard` it
// is the finish; after `run` and `rollback` the net for one that was cancelled or killed. A `begin`
// has its own finish, and the others leave nothing open.
int cmd_post(const Invocation& invocation) {
  // Of the main stage. act hands defaults over by their bare names in the post stage.
  std::string command = input_of(invocation.environment, "command");
  if (command.empty()) command = invocation.environment.get("command");
  Session session(invocation);
  const bool guards = command == "guard";
  if (!guards && !command.empty() && command != "run" && command != "rollback") {
    session.print(fmt::format("Nothing to do after {}\n", in_quotes(command)));
    return 0;
  }
  session.choose_open_run();
  // The steps between ran on the runner's host, with tools that this container does not have.
  Context& context = session.context();
  context.may_redeploy = !guards;
  return session.conclude(finish(context, job_status_of(invocation.environment)));
}

int cmd_finish(const Invocation& invocation) {
  const Invocation there = where_it_began(invocation);
  Session session(there);
  session.choose_open_run();
  std::string status = invocation.flags.option("status");
  if (status.empty()) status = job_status_of(invocation.environment);
  return session.conclude(finish(session.context(), status));
}

int cmd_recover(const Invocation& invocation) {
  const bool restore = invocation.flags.has("restore");
  const bool keep = invocation.flags.has("keep");
  if (restore && keep) refuse_usage("--restore and --keep are opposites: give one of them");
  Session session(invocation);
  session.choose_open_run();
  const Recovery how = keep ? Recovery::kKeep : Recovery::kAsOwner;
  return session.conclude(recover(session.context(), restore ? Recovery::kRestore : how));
}

int cmd_rollback(const Invocation& invocation) {
  Session session(invocation);
  const RollbackOptions options = options_of(invocation.flags);
  refuse_set_of_another(session, options.to);
  const bool dry_run = invocation.flags.has("dry-run");
  const std::optional<Store> store = session.find_store();
  if (dry_run) session.tell_unfetched();
  const bool may_come = !dry_run && !session.config().remote.empty();
  if (!store && !may_come && (dry_run || options.to.empty())) {
    throw Error(ExitCode::kNothingToRollBackTo, "No backups found. Cannot perform rollback.");
  }
  const bool runs = !dry_run && !options.files_only;
  const Context& context = runs ? session.context_to_run() : session.context();
  if (!dry_run) return session.conclude(roll_back(context, options));
  const RollbackPreview preview = preview_rollback(context, *store, options);
  session.answer(json_of(preview), text_of(preview));
  return 0;
}

}  // namespace backstep
