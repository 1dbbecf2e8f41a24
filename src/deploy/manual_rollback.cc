// SPDX-License-Identifier: Apache-2.0
#include "deploy/manual_rollback.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/arrival.h"
#include "deploy/manual_target.h"
#include "deploy/settle.h"
#include "deploy/step_back.h"
#include "store/set_reader.h"

namespace backstep {
namespace {

RestoreRules rules_of(const RollbackOptions& options) {
  return {.exact = options.exact,
          .recreate_services = options.recreate,
          .only_services = {options.services.begin(), options.services.end()},
          .may_touch = {}};
}

void require_services(const StoredSet& set, const std::vector<std::string>& services) {
  const Patterns& patterns = set.manifest.patterns;
  for (const std::string& service : services) {
    const auto& files = set.manifest.files;
    const bool found = std::any_of(files.begin(), files.end(), [&](const FileEntry& file) {
      return !file.absent &&
             service_of(file.path, patterns.services_dir, patterns.entrypoint_file) == service;
    });
    if (!found) {
      throw Error(ExitCode::kUsage, fmt::format("backup {} holds no service {}", set.ref.label(),
                                                in_quotes(service)));
    }
  }
}

Journal journal_for(const Arrival& arrival, const RollbackPreview& preview,
                    const RollbackOptions& options) {
  Journal journal = arrival.new_journal();
  // Nothing is written down before `restoring`: this phase only says that services may be running
  // what is being replaced.
  journal.phase = Phase::kDeployed;
  journal.target = preview.target;
  journal.target_reason = preview.reason;
  journal.rollback_enabled = true;
  journal.owed = false;  // settling says what is owed from here
  journal.scope = {options.exact, options.recreate, options.services};
  journal.failure = "rolled back by hand";
  if (options.files_only) {
    journal.rollback_command = {};
    journal.health = {};
  }
  return journal;
}

void tell_settled(const Context& context, const Settled& settled, const RollbackPreview& preview) {
  for (const std::string& service : settled.missing_services) {
    context.listener.warning(fmt::format("Service {} does not exist. Skipping.", service));
  }
  for (const std::string& path : settled.kept) {
    context.listener.note(fmt::format("Kept {}: it is not in {} ({})", printable(path),
                                      preview.target.label(), why_kept(preview)));
  }
  if (settled.restored.empty()) {
    context.listener.note("Nothing to restore from " + preview.target.label());
  }
}

}  // namespace

std::string_view why_kept(const RollbackPreview& preview) {
  return preview.unverified ? "it has no manifest, so nothing is removed" : "--exact removes it";
}

RollbackPreview preview_rollback(const Context& context, const Store& store,
                                 const RollbackOptions& options) {
  const Tree tree{context.workspace, context.patterns, context.place};
  const Index index = Index::load(store);
  const LiveSet live = read_live_set(tree, &index, Oddities::kReport);
  const ManualTarget target = manual_target(store, tree, live, rules_of(options), options.to);
  try {
    const StoredSet set = read_set(store, target.ref, context.patterns);
    require_services(set, options.services);
    RollbackPreview preview{target.ref, target.reason, set.unverified,
                            plan_restore(tree, set, live, rules_of(options))};
    check_sources(set, preview.plan);
    return preview;
  } catch (const Error& error) {
    if (error.code() == ExitCode::kUsage) throw;
    throw Error(ExitCode::kDamaged, fmt::format("cannot roll back to {}: {}{}", target.ref.label(),
                                                error.message(), others_than(store, target.ref)));
  }
}

Outcome roll_back(const Context& context, const RollbackOptions& options) {
  const Store store = open_store(context);
  const Arrival arrival(context, store, "rollback");
  const RollbackPreview preview = preview_rollback(context, store, options);
  context.listener.note(
      fmt::format("Rolling back to {}: {}", preview.target.label(), preview.reason));
  Journal journal = journal_for(arrival, preview, options);
  Outcome outcome;
  try {
    const Settled settled = settle(
        arrival.site(), journal, {.as_owner = true, .finishing = true, .whole = true, .texts = {}});
    tell_settled(context, settled, preview);
    outcome.restored = settled.restored;
    pay_debt(arrival.site(), journal, {}, outcome);
    return outcome;
  } catch (const Error& error) {
    return outcome_of_error(arrival.site(), error);
  }
}

}  // namespace backstep
