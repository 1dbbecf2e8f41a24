// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "deploy/opening.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/steps/steps.h"
#include "store/records/history.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

// What a rollback replaced comes back as it was, or the way there could not be undone: files that
// the rollback brought back go again, services that it took away are made again.
RestoreScope scope_for(const RollbackOptions& options, const SetRef& target) {
  const bool undo = target.shelf == Shelf::kFailed;
  return {options.exact || undo, options.recreate || undo, options.services};
}

bool holds_service(const StoredSet& set, const Patterns& patterns, const std::string& service) {
  return std::ranges::any_of(set.manifest.files, [&](const FileEntry& file) {
    return !file.absent && patterns.service_of(file.path) == service;
  });
}

bool is_stored_somewhere(const Store& store, const Patterns& patterns, const std::string& service) {
  const Catalog catalog = read_catalog(store);
  return std::ranges::any_of(catalog.entries, [&](const CatalogEntry& entry) {
    const auto set = find_readable_set(store, entry.ref, patterns);
    return set && holds_service(*set, patterns, service);
  });
}

void require_services(const StoredSet& set, const std::vector<std::string>& services) {
  for (const std::string& service : services) {
    if (holds_service(set, set.manifest.patterns, service)) continue;
    refuse_usage(fmt::format("backup {} holds no service {}", set.ref.label(), in_quotes(service)));
  }
}

// A mistyped name must not be told that nothing differs.
void require_known_services(const LiveSet& live, const Patterns& patterns, const Store& store,
                            const std::vector<std::string>& services) {
  std::set<std::string> known;
  for (const FileEntry& file : live.files) known.insert(patterns.service_of(file.path));
  for (const std::string& service : services) {
    if (known.contains(service)) continue;
    // One that is gone may be what is to come back; the set that is chosen will tell.
    if (!patterns.scripts_of(service).empty() && is_stored_somewhere(store, patterns, service)) {
      continue;
    }
    refuse_usage(fmt::format("no service is called {}, here or in a backup", in_quotes(service)));
  }
}

Journal journal_for(const Opening& opening, const RollbackPreview& preview, const StoredSet& target,
                    const RollbackOptions& options) {
  Journal journal = opening.new_journal();
  // Nothing is written down before `restoring`: this phase only says that services may be running
  // what is being replaced.
  journal.phase = Phase::kDeployed;
  journal.target = target.recorded();
  journal.target_reason = preview.target.reason;
  journal.settings.rollback.enabled = true;
  journal.owed = false;  // settling says what is owed from here
  journal.scope = preview.scope;
  journal.failure = "rolled back by hand";
  if (options.files_only) {
    journal.forget_commands();
    journal.settings.health = {};
    journal.settings.service_checks = {};
  }
  return journal;
}

void tell_settled(const OpenRun& run, const Settled& settled, const RollbackPreview& preview) {
  for (const std::string& service : settled.missing_services) {
    run.listener.warning(fmt::format("Service {} does not exist. Skipping.", service));
  }
  for (const std::string& path : settled.kept) {
    run.listener.note(
        fmt::format("Kept {}: it is not in {} ({})", printable(path), preview.target.ref.label(), preview.why_kept));
  }
  if (run.outcome.restored.empty()) {
    run.listener.note("Nothing to restore from " + preview.target.ref.label());
  }
}

RollbackPreview decide(const Context& context, const Store& store, const RollbackOptions& options) {
  const Tree tree = context.tree(context.patterns);
  Index index = Index::load(store);
  LiveSet live = context.look(context.patterns, index);
  require_known_services(live, context.patterns, store, options.services);
  const RestoreScope asked{options.exact, options.recreate, options.services};
  const Target target =
      manual_target(store, tree, live, {.scope = asked, .index = &index}, {options.to, context.config.rollback.target});
  const RestoreScope scope = scope_for(options, target.ref);
  try {
    StoredSet set = read_set(store, target.ref, context.patterns);
    require_services(set, options.services);
    RollbackPreview preview{target, scope, plan_restore(tree, set, live, {.scope = scope, .index = &index}),
                            set.unverified ? "it has no manifest, so nothing is removed" : "--exact removes it",
                            target.idle};
    check_sources(set, preview.plan);
    preview.seen = {std::move(index), std::move(live), std::move(set)};
    return preview;
  } catch (const Error& error) {
    if (error.code() == ExitCode::kUsage) throw;
    if (lacks_permission(error)) {
      throw error.within("cannot roll back to " + target.ref.label(), ExitCode::kBackupFailed);
    }
    require_set(store, target.ref);
    refuse_damaged(fmt::format("cannot roll back to {}: {}{}", target.ref.label(), error.message(),
                               others_than(store, target.ref)));
  }
}

// What `--if-live` names, as the records know what is live; "": whatever is.
class IfLive {
 public:
  explicit IfLive(const std::string& text) : text_(text) {
    if (text.empty()) return;
    const size_t colon = text.find(':');
    kind_ = text.substr(0, colon);
    wanted_ = colon == std::string::npos ? "" : text.substr(colon + 1);
    if (wanted_.empty() || (kind_ != "run" && kind_ != "owner" && kind_ != "digest")) {
      refuse_usage(fmt::format("--if-live {}: run:RUN, owner:OWNER or digest:DIGEST is expected", in_quotes(text)));
    }
  }

  // nullopt: it is live. Throws Error (kNothingToRollBackTo) where the records do not tell.
  std::optional<Outcome> something_else(const Store& store) const {
    if (text_.empty()) return std::nullopt;
    const Catalog catalog = read_catalog(store);
    const std::vector<HistoryLine> history = labelled_history(store, catalog);
    const std::optional<LiveVersion> live = live_version(history, catalog);
    if (!live || live->digest.empty()) {
      throw Error(
          ExitCode::kNothingToRollBackTo,
          fmt::format("whether {} is live is not known, so nothing was rolled back: no record says what is live",
                      in_quotes(text_)));
    }
    if (names(*live)) return std::nullopt;
    Outcome outcome =
        nothing_to_do(fmt::format("{} is not live, so nothing was rolled back: {} is, of run {} ({})", in_quotes(text_),
                                  live->digest.substr(0, 12), bringer(*live).run, printable(bringer(*live).owner)));
    outcome.live_digest = live->digest;
    return outcome;
  }

 private:
  static const HistoryLine& bringer(const LiveVersion& live) {
    return live.deployed != nullptr ? *live.deployed : *live.put_live;
  }

  bool names(const LiveVersion& live) const {
    constexpr size_t kShortest = 8;
    if (kind_ == "digest") return wanted_.size() >= kShortest && live.digest.starts_with(wanted_);
    const auto is_named = [&](const HistoryLine& line) { return (kind_ == "run" ? line.run : line.owner) == wanted_; };
    // A run that went back by itself brought nothing of its own.
    const bool went_back =
        live.put_live->event == HistoryLine::Event::kRolledBack && live.put_live->verb != RunVerb::kRollback;
    return is_named(bringer(live)) || (!went_back && is_named(*live.put_live));
  }

  std::string text_;
  std::string kind_;
  std::string wanted_;
};

}  // namespace

RollbackPreview preview_rollback(const Context& context, const Store& store, const RollbackOptions& options) {
  if (const auto idle = IfLive(options.if_live).something_else(store)) {
    return {.idle = idle->live};
  }
  return decide(context, store, options);
}

Outcome roll_back(const Context& context, const RollbackOptions& options) {
  const IfLive condition(options.if_live);
  const Store store = open_store(context);
  const Opening opening(context, store, RunVerb::kRollback);
  if (std::optional<Outcome> idle = condition.something_else(store)) return std::move(*idle);
  RollbackPreview preview = decide(context, store, options);
  const Target& target = preview.target;
  if (!target.idle.empty()) throw Error(ExitCode::kNothingToRollBackTo, target.idle);
  context.listener.note(fmt::format("Rolling back to {}: {}", target.ref.label(), target.reason));
  if (!target.caution.empty()) context.listener.warning(target.caution);
  OpenRun run(opening.site(), journal_for(opening, preview, preview.seen->target, options));
  look_at_commands(context, run.journal);
  require_way_back(run, files_after({}, preview.plan), preview.seen->live.held);
  preview.plan = RestorePlan();  // settling makes its own
  try {
    Settled settled = settle(run, {.whole = true}, std::move(preview.seen));
    tell_settled(run, settled, preview);
    if (report_failed_files(run, settled)) return run.end();
    run.outcome.files_only = options.files_only;
    finish_rollback(run, {}, std::move(settled));
    return stored_remotely(run.site, run.end());
  } catch (const Error& error) {
    return outcome_of_error(run, error, false);
  }
}

}  // namespace backstep
