// SPDX-License-Identifier: Apache-2.0
#include "deploy/settle.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/accept.h"
#include "deploy/records.h"
#include "store/set_reader.h"

namespace backstep {
namespace {

class Settling {
 public:
  Settling(const Site& site, Journal& journal, const SettleRules& rules)
      : site_(site), journal_(journal), rules_(rules), tree_(site.tree(journal.patterns)) {}

  Settled settle() {
    if (journal_.phase == Phase::kRestored) return std::move(settled_);
    if (journal_.phase == Phase::kAccepted) return accepted();
    if (!journal_.rollback_enabled && !rules_.whole) return unrestored();
    restore();
    return std::move(settled_);
  }

 private:
  Settled accepted() {
    settled_.how = Settled::How::kAccepted;
    complete_acceptance(site_, journal_, settled_.accepted);
    return std::move(settled_);
  }

  Settled unrestored() {
    settled_.how = Settled::How::kUnrestored;
    append_history(site_.store, history_line(site_, journal_, HistoryLine::Event::kUnrestored,
                                             static_cast<int>(ExitCode::kNotRolledBack)));
    remove_journal(site_.store);
    return std::move(settled_);
  }

  void restore() {
    const Duration start = site_.context.clock.steady();
    const Index index = Index::load(site_.store);
    live_ = read_live_set(tree_, &index, Oddities::kReport);
    const SetRef target = journal_.target.value_or(SetRef{Shelf::kBackups, journal_.backup});
    const StoredSet set = read_set(site_.store, target, journal_.patterns);
    settled_.nothing_left = set.manifest.empty();
    const RestorePlan plan = plan_restore(tree_, set, live_, restore_rules());
    note_kept(plan);
    if (journal_.phase != Phase::kRestoring) enter_restoring(target, set, plan);
    put_in_place(set, plan);
    leave_restoring();
    site_.context.listener.restore_ended(settled_.restored.size(),
                                         site_.context.clock.steady() - start);
  }

  RestoreRules restore_rules() const {
    const std::vector<std::string>& only = journal_.scope.only_services;
    RestoreRules rules{.exact = journal_.scope.exact,
                       .recreate_services = journal_.scope.recreate_services,
                       .only_services = {only.begin(), only.end()},
                       .may_touch = {}};
    if (!rules_.whole) {
      rules.may_touch = [this](const std::string& path, const FileEntry* live) {
        return may_touch(path, live);
      };
    }
    return rules;
  }

  bool may_touch(const std::string& path, const FileEntry* live) const {
    if (journal_.recorded && is_as_recorded(*journal_.recorded, path, live)) return true;
    if (journal_.phase == Phase::kRestoring) return is_torn_mount_point(path);
    const bool command_was_running =
        journal_.phase == Phase::kArmed || journal_.phase == Phase::kDeploying;
    if (!command_was_running && journal_.recorded) return false;
    const bool abandoned_begin = journal_.begun() && journal_.phase == Phase::kArmed &&
                                 site_.context.clock.wall_seconds() >= journal_.guard_until;
    if (abandoned_begin && !rules_.finishing) return false;
    return rules_.as_owner || is_same_commit();
  }

  // A mount point is written in place, so a kill can leave it between old and new: nobody's work.
  bool is_torn_mount_point(const std::string& path) const {
    const auto status = site_.context.workspace.directory.status(path);
    return status && status->mount_point;
  }

  bool is_same_commit() const {
    const std::string& commit = site_.context.pipeline.commit;
    return !commit.empty() && commit == journal_.commit;
  }

  void note_kept(const RestorePlan& plan) {
    settled_.kept = plan.kept_newer;
    settled_.kept.insert(settled_.kept.end(), plan.kept_added.begin(), plan.kept_added.end());
    settled_.missing_services = plan.missing_services;
  }

  // From here on whoever goes on must know what lay there: a file that is neither as recorded here
  // nor as the target has it was changed after a crash, by somebody else.
  void enter_restoring(const SetRef& target, const StoredSet& set, const RestorePlan& plan) {
    const bool owes = journal_.deploy_may_have_begun() && !journal_.rollback_command.empty() &&
                      !set.manifest.empty();
    journal_.owed = journal_.owed || owes;
    journal_.target = target;
    journal_.digest = live_.digest;
    journal_.recorded = record_of(live_.files);
    for (RecordedFile& file : *journal_.recorded) {
      const auto& kept = plan.kept_newer;
      file.kept = std::find(kept.begin(), kept.end(), file.path) != kept.end();
    }
    if (!plan.empty()) journal_.evidence = fresh_id(site_);
    journal_.phase = Phase::kRestoring;
    save_journal(site_.store, journal_);
  }

  void put_in_place(const StoredSet& set, const RestorePlan& plan) {
    remove_staged_leftovers(site_.context.workspace.directory, set.manifest.files);
    if (plan.empty()) return;
    Restore restore(tree_, site_.store, set, plan);
    restore.stage();
    keep_evidence(plan);
    restore.commit();
    for (const std::string& text : restore.warnings()) site_.context.listener.warning(text);
    for (const RestoreStep& step : plan.steps) tell(set, step);
  }

  void keep_evidence(const RestorePlan& plan) {
    const SetRef ref{Shelf::kFailed, journal_.evidence};
    if (journal_.evidence.empty() || site_.store.find_set(ref)) return;
    try {
      Manifest header = manifest_header(site_, journal_);
      header.id = journal_.evidence;
      header.message = journal_.failure;
      save_evidence(tree_, site_.store, live_, plan, {std::move(header), rules_.texts});
    } catch (const Error& error) {
      site_.context.listener.warning("the failed files could not be kept: " + error.message());
      journal_.evidence.clear();
    }
  }

  void tell(const StoredSet& set, const RestoreStep& step) {
    const std::string& path = step.target.path;
    settled_.restored.push_back(path);
    std::string name =
        service_of(path, journal_.patterns.services_dir, journal_.patterns.entrypoint_file);
    if (name.empty()) name = path;
    Listener& listener = site_.context.listener;
    if (step.kind == RestoreStep::Kind::kRemove) {
      listener.removed(name);
    } else {
      listener.restored(name, set.ref.label());
    }
  }

  void leave_restoring() {
    journal_.phase = Phase::kRestored;
    save_journal(site_.store, journal_);
  }

  const Site& site_;
  Journal& journal_;
  const SettleRules& rules_;
  Tree tree_;
  LiveSet live_;
  Settled settled_;
};

}  // namespace

Settled settle(const Site& site, Journal& journal, const SettleRules& rules) {
  return Settling(site, journal, rules).settle();
}

SettleRules rules_for_passer_by(const Context& context, const Journal& journal) {
  return {
      .as_owner = journal.owner == context.owner, .finishing = false, .whole = false, .texts = {}};
}

}  // namespace backstep
