// SPDX-License-Identifier: Apache-2.0
#include "deploy/opening.h"

#include <fmt/core.h>

#include <cerrno>

#include "backup/restore/reserve.h"
#include "base/text.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/rollback/settle.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "deploy/store_upkeep.h"
#include "store/records/new_names.h"
#include "system/container.h"

namespace backstep {
namespace {

// Before the files that come back are named one by one. The commit point is no trouble.
void tell_open(const OpenRun& run) {
  const Journal& open = run.journal;
  if (open.phase == Phase::kAccepted) return;
  run.listener.note(fmt::format("Run {} of {} was left open ({}): it is ended first", open.run, printable(open.owner),
                                name_of(open.phase)));
}

std::string kept_in(const Journal& open) {
  return open.evidence.is_here() ? "; what lay there is kept in " + open.evidence.label() : "";
}

void tell_settled(const OpenRun& run, const Settled& settled) {
  const Journal& open = run.journal;
  Listener& listener = run.listener;
  switch (settled.how) {
    case Settled::How::kAccepted:
      if (run.outcome.exit_status != 0) {
        return listener.warning("run " + open.run + ": " + run.outcome.live);
      }
      listener.note("Run " + open.run + " had been accepted: its records are complete now");
      break;
    case Settled::How::kUnrestored:
      listener.note(fmt::format("Run {} did not end; {}, so its files stay", open.run, open.why_files_stay()));
      break;
    case Settled::How::kRestored:
      listener.note(fmt::format("Run {} did not end; {} restored{}", open.run,
                                counted(run.outcome.restored.size(), "file"), kept_in(open)));
      break;
  }
  say_kept(run, settled);
}

// A container's root without capabilities is a stranger in another user's tree, and the kernel's
// "Permission denied" alone is hard to believe as root.
std::string owner_advice(const Context& context, int error_number) {
  if (error_number != EACCES && error_number != EPERM) return {};
  const FileStatus root = context.workspace.directory.own_status();
  if (root.uid == effective_user()) return {};
  return fmt::format(
      "; the workspace belongs to user {}:{}, run as that one{}", root.uid, root.gid,
      in_container(context.environment) ? fmt::format(" (docker run --user {}:{})", root.uid, root.gid) : "");
}

// Somebody removed the store under the run, as `git clean` does.
void report_lost_store(OpenRun& run, const Error& error) {
  report_failed_rollback(
      run, Live::kUnknown,
      fmt::format(": {} (the store was removed while run {} was open)", error.message(), run.journal.run));
  run.outcome.next = {{"see which backups are left", run.command("list")},
                      {"go back to this one", run.command("rollback --to " + run.journal.backup.label())}};
}

void say_who_else_writes(const Site& site) {
  const uid_t who = site.store.backups().own_status().author();
  if (who == 0 || who == effective_user() || who == site.store.owner().uid) return;
  site.context.listener.warning(
      fmt::format("the store {} is writable for {}, who can so choose what a rollback restores",
                  in_quotes(site.store.display()), who == kAnybody ? "everybody" : fmt::format("user {}", who)));
}

// A mistyped name is one that nobody knows.
void say_new_environment(const Site& site) {
  const StorePlace& place = site.context.place;
  const std::vector<StorePlace> others = environments_in(site.context.workspace, place);
  if (others.empty() || place.environment.empty() || holds_anything(site.store)) return;
  site.context.listener.note(
      fmt::format("Environment {} is new; there are: {}", printable(place.environment), environments_words(others)));
}

void adopt(const Site& site) {
  const StorePlace& place = site.context.place;
  const size_t sets = adopt_nameless(site.context.workspace, place, site.store);
  if (sets == 0) return say_new_environment(site);
  site.context.listener.note(fmt::format("Environment {} begins with what the store without a name knows: {}",
                                         printable(place.environment), counted(sets, "set")));
}

}  // namespace

Store open_store(const Context& context, Stranger stranger) {
  try {
    if (stranger == Stranger::kRefused) {
      require_own_project(context.workspace, context.place, context.project);
    }
    return Store::open_or_create(context.workspace, context.place);
  } catch (const SystemError& error) {
    throw Error(ExitCode::kBackupFailed, fmt::format("cannot use the store, nothing was changed: {}{}", error.message(),
                                                     owner_advice(context, error.error_number())));
  } catch (const Error& error) {
    throw error.within("cannot use the store, nothing was changed", ExitCode::kBackupFailed);
  }
}

Opening::Opening(const Context& context, const Store& store, RunVerb verb)
    : verb_(verb),
      held_(take_run_lock(context, store, Intent::kChange)),
      site_{context, store, held_.lock},
      run_(new_uid()) {
  try {
    require_writable_store(store);
    remove_leftovers(store);
    learn_project(context.place, store, context.project);
    adopt(site_);
  } catch (const Error& error) {
    throw error.within("cannot use the store, nothing was changed", ExitCode::kBackupFailed);
  }
  say_who_else_writes(site_);
  announce(site_, name_of(verb_), run_);
  // A merge may have given its sets other names.
  const auto how = verb_ == RunVerb::kRollback ? Fetching::kForRescue : Fetching::kForRun;
  if (fetch_remote(site_, how).is_there && held_.open) held_.open = load_journal(store);
  std::optional<Journal>& open = held_.open;
  if (open && !is_of_this_tree(site_, *open)) {
    leave_aside(site_, *open);
    open.reset();
  }
  if (!open) open = take_back(site_);
  if (open) settle_open(OpenRun(site_, std::move(*open)));
  release_room(site_);
}

void Opening::settle_open(OpenRun open) {
  if (open.journal.phase != Phase::kRestored) {
    try {
      tell_open(open);
      const Settled settled = settle(open, {.as_owner = open.journal.owner == open.context.owner});
      if (report_failed_files(open, settled)) {
        throw Error(ExitCode::kRollbackFailed, settled.failed.front().why);
      }
      tell_settled(open, settled);
      if (settled.how != Settled::How::kRestored) return;
    } catch (const Error& error) {
      throw error.within(fmt::format("run {} cannot be ended ('{}' leaves its files as they are)", open.journal.run,
                                     open.command("recover --keep")),
                         ExitCode::kRollbackFailed);
    }
  }
  take_over(open);
}

// `backup` runs no command, so what is owed stays owed. Any other verb takes the debt over: its own
// deploy pays it, and until that begins the old journal, or the new one in its place, says so.
void Opening::take_over(const OpenRun& open) {
  const Journal& journal = open.journal;
  stands_in_ = journal.stands_in.empty() ? journal.backup : journal.stands_in;
  if (journal.owed && verb_ == RunVerb::kBackup) return;
  if (journal.owed) {
    open.listener.note(
        fmt::format("The rollback command of run {} has still to run; it is dropped, for this {} deploys again",
                    journal.run, name_of(verb_)));
  }
  inherits_debt_ = journal.owed;
  // Where nothing was deployed, what was live still is.
  const auto event = journal.deploy_began ? HistoryLine::Event::kRolledBack : HistoryLine::Event::kRestored;
  HistoryLine line = history_line(open, event, static_cast<int>(ExitCode::kRolledBackUnhealthy));
  line.live = digest_of_mixture(open);
  append_history(open.store, line);
  if (!journal.owed) close_journal(open.site);
}

Journal Opening::new_journal() const {
  Journal journal = journal_by_settings(site_.context, verb_, run_);
  journal.stands_in = stands_in_;
  journal.owed = inherits_debt_ && !journal.settings.rollback_command().empty();
  return journal;
}

Journal journal_by_settings(const Context& context, RunVerb verb, const std::string& run) {
  Journal journal;
  journal.run = run;
  journal.verb = verb;
  journal.owner = context.owner;
  journal.actor = context.pipeline.actor;
  journal.url = context.pipeline.url;
  journal.commit = context.commit;
  journal.started = context.clock.wall_seconds();
  journal.tree = tree_of(context.workspace);
  journal.settings = context.config;
  journal.patterns = context.patterns;
  return journal;
}

Outcome outcome_of_error(OpenRun& run, const Error& error, bool armed) {
  const std::optional<Journal> journal = load_journal(run.store);
  const bool lost = !journal && run.store.control().own_status().links == 0;
  if (lost && armed) {
    report_lost_store(run, error);
    return run.end();
  }
  if (!journal) throw;
  // An earlier run's debt lies there; this one was refused before it had a journal of its own.
  const bool refused = error.code() == ExitCode::kUsage || error.code() == ExitCode::kBackupFailed;
  if (refused && journal->phase == Phase::kRestored) throw;
  run.journal = *journal;
  report_failed_rollback(run, Live::kUnknown, ": " + error.message());
  return stored_remotely(run.site, run.end());
}

}  // namespace backstep
