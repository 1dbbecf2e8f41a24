// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/settle.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "deploy/steps/steps.h"
#include "store/records/new_names.h"
#include "store/sets/set_reader.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

// On a disk on which the journal could be neither replaced nor removed, the history may still have
// taken the line: what was accepted, or must not be rolled back, stays so.
bool is_recorded_as(const OpenRun& run, HistoryLine::Event event) {
  const std::vector<HistoryLine> history = history_about(run.store, run.journal.run);
  return std::ranges::any_of(
      history, [&](const HistoryLine& line) { return line.run == run.journal.run && line.event == event; });
}

void say_left(Listener& listener, const std::vector<LeftFile>& left) {
  constexpr size_t kMost = 10;
  for (size_t i = 0; i < left.size() && i < kMost; ++i) {
    listener.note(fmt::format("Left {}: {}", printable(left[i].path), words_of(left[i].why)));
  }
  if (left.size() > kMost) listener.note(fmt::format("Left {} more", left.size() - kMost));
}

Seen look(const OpenRun& run, const SetRef& target) {
  Seen seen{Index::load(run.store), {}, read_set(run.store, target, run.journal.patterns)};
  seen.live = run.look(seen.index);
  return seen;
}

class Settling {
 public:
  Settling(OpenRun& run, const SettleRules& rules, std::optional<Seen> seen)
      : run_(run), rules_(rules), seen_(std::move(seen)) {}

  Settled settle() {
    if (journal_.phase == Phase::kRestored) return std::move(settled_);
    if (was_accepted()) return accepted();
    if (leaves_failed_files(run_) && !rules_.whole) return unrestored();
    restore();
    return std::move(settled_);
  }

 private:
  bool was_accepted() const {
    return journal_.phase == Phase::kAccepted ||
           (journal_.phase == Phase::kDeployed && is_recorded_as(run_, HistoryLine::Event::kAccepted));
  }

  Settled accepted() {
    settled_.how = Settled::How::kAccepted;
    complete_acceptance(run_);
    return std::move(settled_);
  }

  Settled unrestored() {
    settled_.how = Settled::How::kUnrestored;
    append_history(run_.store,
                   history_line(run_, HistoryLine::Event::kUnrestored, static_cast<int>(ExitCode::kNotRolledBack)));
    close_journal(run_.site);
    return std::move(settled_);
  }

  void restore() {
    const Duration start = run_.context.clock.steady();
    const SetRef target = journal_.target.value_or(journal_.backup).ref;
    take_back_replaced(target);
    Seen seen = seen_ && seen_->target.ref == target ? std::move(*seen_) : look(run_, target);
    index_ = std::move(seen.index);
    live_ = std::move(seen.live);
    go_back(std::move(seen.target));
    if (settled_.failed.empty()) leave_restoring();
    run_.listener.restore_ended(run_.outcome.restored.size(), run_.context.clock.steady() - start);
  }

  void go_back(StoredSet&& target) {
    const StoredSet set = std::move(target);
    settled_.target_digest = set.manifest.digest;
    settled_.nothing_left = is_no_way_back(set);
    const RestorePlan plan = plan_restore(tree_, set, live_, restore_rules(lay_there_before(set)));
    std::exchange(before_, {});
    note_kept(plan);
    note_closed(plan);
    if (!goes_on_) {
      enter_restoring(set, plan);
    } else if (lacks_evidence(plan)) {
      record_live(plan);
      run_.save();
    }
    put_in_place(set, plan);
    settled_.files = files_after(std::move(live_.files), plan);
  }

  // A restore by what was held was killed before that became the evidence: what it had replaced is replaced once more.
  void take_back_replaced(const SetRef& target) const {
    const auto reserve = goes_on_ ? Reserve::find(tree_, run_.store) : std::nullopt;
    if (!reserve || is_evidence_stored() || !journal_.recorded) return;
    const StoredSet set = read_set(run_.store, target, journal_.patterns);
    for (const RecordedFile& file : *journal_.recorded) {
      const FileEntry* wanted = find_entry(set.manifest.files, file.path);
      reserve->give_back(entry_of(file), wanted != nullptr ? *wanted : absent_entry(file.path));
    }
  }

  // Where nobody can tell any more what the run found, it removes nothing. Null: a person asks.
  const std::vector<FileEntry>* lay_there_before(const StoredSet& target) {
    if (journal_.by_hand()) return nullptr;
    const SetRef& backup = journal_.backup.ref;
    if (target.ref == backup) return &target.manifest.files;
    const bool is_known = try_to(run_.listener, "what the run added is not removed",
                                 [&] { before_ = read_set(run_.store, backup, journal_.patterns).manifest.files; });
    return is_known ? &before_ : &live_.files;
  }

  RestoreRules restore_rules(const std::vector<FileEntry>* before) const {
    RestoreRules rules{.scope = journal_.scope, .before = before, .index = &index_};
    if (!rules_.whole) {
      rules.may_touch = [this](const std::string& path, const FileEntry* live) { return may_touch(path, live); };
    }
    return rules;
  }

  bool may_touch(const std::string& path, const FileEntry* live) const {
    if (journal_.recorded && is_as_recorded(*journal_.recorded, path, live)) return true;
    // What could not be looked at, then or now, is as if nothing had been recorded of it.
    const bool is_known = !holds_on_the_way(live_.files, path, &FileEntry::unseen) &&
                          !(journal_.recorded && holds_on_the_way(*journal_.recorded, path, &RecordedFile::unseen));
    if (is_known && journal_.phase == Phase::kRestoring) return is_torn_mount_point(path);
    if (is_known && is_recorded_anew()) return false;
    const bool abandoned_begin =
        journal_.begun() && journal_.phase == Phase::kArmed && !journal_.is_guarded(run_.now());
    return !abandoned_begin && (rules_.as_owner || is_same_commit());
  }

  // A mount point is written in place, so a kill can leave it between old and new: nobody's work.
  bool is_torn_mount_point(const std::string& path) const {
    const auto status = run_.context.workspace.directory.status(path);
    return status && status->mount_point;
  }

  // After a command the files were flushed and recorded; what has come since is somebody's own.
  bool is_recorded_anew() const {
    return journal_.recorded && (journal_.phase == Phase::kGenerated || journal_.phase == Phase::kDeployed);
  }

  // Only where a pipeline names it: beside a checkout that stays, somebody may have worked.
  bool is_same_commit() const {
    const std::string& commit = run_.context.pipeline.commit;
    return !commit.empty() && commit == journal_.commit;
  }

  void note_kept(const RestorePlan& plan) {
    settled_.kept = plan.kept_newer;
    settled_.kept.insert(settled_.kept.end(), plan.kept_added.begin(), plan.kept_added.end());
    settled_.missing_services = plan.missing_services;
    if (!plan.strangers.empty())
      run_.listener.warning("owner or capability of another tree, not given back: " +
                            printable(listed(plan.strangers)));
    say_left(run_.listener, plan.left);
  }

  // What this run made in it can be neither found nor taken away.
  void note_closed(const RestorePlan& plan) {
    for (const std::string& path : journal_.patterns.services_dirs) {
      const FileEntry* now = find_entry(live_.files, path);
      if (now == nullptr || !now->unseen()) continue;
      const auto moved = std::ranges::find(plan.steps, path, &RestoreStep::in_the_way);
      if (moved == plan.steps.end()) settled_.failed.push_back({path, "it is closed"});
    }
  }

  // A disk that fails here must not keep the old files from coming back.
  void flush_failed(const StoredSet& set) {
    if (is_recorded_anew()) return;
    try_to(run_.listener, "the failed files may not be on the disk",
           [&] { flush_live(tree_, set.manifest.files, live_); });
    std::exchange(live_.rewritten, {});
  }

  // What lay here may be live elsewhere, so it comes back, and nothing puts it live here.
  bool is_no_way_back(const StoredSet& set) const {
    const bool is_others = set.ref == journal_.backup.ref && !journal_.backup_of.empty();
    return set.manifest.empty() || (is_others && (journal_.deploy_began || journal_.deploy_may_have_begun()));
  }

  // From here on whoever goes on must know what lay there: a file that is neither as recorded here
  // nor as the target has it was changed after a crash, by somebody else.
  void enter_restoring(const StoredSet& set, const RestorePlan& plan) {
    journal_.deploy_began = journal_.deploy_may_have_begun();
    const bool owes = journal_.deploy_began && !journal_.settings.rollback_command().empty() && !is_no_way_back(set);
    flush_failed(set);
    journal_.owed = journal_.owed || owes;
    journal_.target = set.recorded();
    journal_.digest = live_.digest;
    record_live(plan);
    journal_.phase = Phase::kRestoring;
    if (!is_void(plan)) run_.save();
  }

  // A rollback by hand that changes nothing and of which nothing follows needs no journal: whoever is killed in it has
  // left nothing to settle. What ran before an automatic one has a journal already, which must learn of its target.
  bool is_void(const RestorePlan& plan) const {
    return journal_.by_hand() && plan.empty() && !journal_.owed && !journal_.settings.has_check();
  }

  // So that whoever ends the journal finds what was staged for them, too.
  void record_created(const RestorePlan& plan) {
    std::vector<RecordedFile>& recorded = *journal_.recorded;
    const size_t known = recorded.size();
    for (const RestoreStep& step : plan.steps) {
      if (find_entry(live_.files, step.path()) == nullptr) recorded.push_back({step.path()});
    }
    if (recorded.size() > known) std::ranges::sort(recorded, {}, &RecordedFile::path);
  }

  // What a service's check said holds for the script that it was asked about, not for one that
  // somebody has put in its place since.
  void forget_verdicts_on_changed() {
    const auto changed = [&](const std::string& service) {
      const std::string path = journal_.script_of(service);
      return !journal_.recorded || !is_as_recorded(*journal_.recorded, path, find_entry(live_.files, path));
    };
    std::erase_if(journal_.passed_services, changed);
    std::erase_if(journal_.failed_services, changed);
  }

  void record_live(const RestorePlan& plan) {
    forget_verdicts_on_changed();
    journal_.recorded.reset();  // never are there two of them
    journal_.recorded = record_of(live_.files);
    record_created(plan);
    for (RecordedFile& file : *journal_.recorded) {
      const auto& kept = plan.kept_newer;
      file.kept = std::ranges::find(kept, file.path) != kept.end();
    }
    if (!plan.empty()) journal_.evidence = {new_uid(), {}};
  }

  void put_in_place(const StoredSet& set, const RestorePlan& plan) {
    if (goes_on_) remove_leftovers_of(set);
    if (plan.empty()) return;
    try {
      put_in_place_by(set, plan, nullptr);
    } catch (const Error& error) {
      std::optional<Reserve> reserve = Reserve::find(tree_, run_.store);
      if (!reserve || !is_out_of_room(error)) throw;
      run_.listener.warning("no room is left, so what was held for a rollback is used: " + error.message());
      put_in_place_by(set, plan, &*reserve);
    }
    tell(set, plan);
  }

  // What a reserve in the store has taken becomes the evidence afterwards.
  void put_in_place_by(const StoredSet& set, const RestorePlan& plan, Reserve* reserve) {
    Restore restore(tree_, run_.store, set, plan, reserve);
    restore.stage();
    if (!restore.evidence_is_reserve()) keep_evidence(restore);
    restore.commit(journal_.evidence.ref);
    if (restore.evidence_is_reserve()) keep_evidence(restore);
    const auto& failed = restore.failed();
    settled_.failed.insert(settled_.failed.end(), failed.begin(), failed.end());
    restore.teach(index_);
    try_to(run_.listener, "the index was not written", [&] { index_.save(run_.store); });
    index_ = {};
    settled_.replaced = restore.replaced();
    for (const std::string& text : restore.warnings()) run_.listener.warning(text);
    if (!restore.attributed().empty()) {
      run_.listener.note("Kept beside the content: " + printable(listed(restore.attributed())));
    }
  }

  // What a restore that was killed had staged.
  void remove_leftovers_of(const StoredSet& set) const {
    for (const FileEntry& file : set.manifest.files) {
      remove_staged_leftover(run_.context.workspace.directory, file.path);
    }
  }

  bool is_evidence_stored() const {
    return journal_.evidence.is_here() && run_.store.find_set(journal_.evidence.ref).has_value();
  }

  // Whoever goes on after a kill may replace more than who began, and somebody may have worked on
  // the files meanwhile. Evidence that is named and not yet stored will be of what is live now.
  bool lacks_evidence(const RestorePlan& plan) const {
    if (plan.empty()) return false;
    if (!is_evidence_stored()) return journal_.evidence.empty();
    std::vector<FileEntry> kept;
    const bool is_read = try_to(run_.listener, "what lies there is kept once more", [&] {
      kept = read_set(run_.store, journal_.evidence.ref, journal_.patterns).manifest.files;
    });
    if (!is_read) return true;
    return std::ranges::any_of(plan.steps, [&](const RestoreStep& step) {
      const FileEntry* live = find_entry(live_.files, step.path());
      if (live == nullptr || !live->has_content()) return false;
      const FileEntry* there = find_entry(kept, step.path());
      return there == nullptr || !same_version(*live, *there);
    });
  }

  bool may_be_kept_in_reserve() const {
    const auto reserve = Reserve::find(tree_, run_.store);
    return reserve && reserve->is_in_store();
  }

  void keep_evidence(Restore& restore) {
    if (is_evidence_stored()) return;
    try {
      Manifest header = new_manifest(run_);
      header.uid = journal_.evidence.uid;
      header.message = journal_.failure;
      const SetRef ref{Shelf::kFailed, header.id};
      restore.keep_evidence(index_, live_, std::move(header), rules_.check_output);
      journal_.evidence.ref = ref;
    } catch (const Error& error) {
      if (!restore.evidence_is_reserve() && is_out_of_room(error) && may_be_kept_in_reserve()) {
        throw;
      }
      run_.listener.warning("the failed files could not be kept: " + error.message());
      journal_.evidence = {};
    }
  }

  void tell(const StoredSet& set, const RestorePlan& plan) {
    std::vector<PutBack> files;
    files.reserve(plan.steps.size());
    for (const RestoreStep& step : plan.steps) {
      const auto& failed = settled_.failed;
      if (std::ranges::find(failed, step.path(), &Restore::Failed::path) != failed.end()) continue;
      run_.outcome.restored.push_back(step.path());
      std::string name = journal_.patterns.service_of(step.path());
      if (name.empty()) name = step.path();
      files.push_back({std::move(name), step.kind == RestoreStep::Kind::kRemove});
    }
    run_.listener.put_back(files, set.ref.label());
  }

  // Where nothing was to be changed and nothing is owed, the journal ends next, and whoever goes on
  // after a kill finds it so again: every file is as the target has it, or is noted as kept.
  void leave_restoring() {
    journal_.phase = Phase::kRestored;
    if (!run_.outcome.restored.empty() || journal_.owed) run_.save();
    release_room(run_.site);
  }

  OpenRun& run_;
  const SettleRules& rules_;
  std::optional<Seen> seen_;
  Journal& journal_ = run_.journal;
  Tree tree_ = run_.tree();
  // Somebody has begun to restore, and may have been killed.
  bool goes_on_ = journal_.phase == Phase::kRestoring;
  Index index_;
  LiveSet live_;
  std::vector<FileEntry> before_;  // of the run's backup, while the restore is planned
  Settled settled_;
};

}  // namespace

void say_kept(const OpenRun& run, const Settled& settled) {
  for (const std::string& path : settled.kept) {
    run.listener.warning(fmt::format("{} was changed after run {}: kept as it is", printable(path), run.journal.run));
  }
}

Settled settle(OpenRun& run, const SettleRules& rules, std::optional<Seen> seen) {
  return Settling(run, rules, std::move(seen)).settle();
}

bool leaves_failed_files(const OpenRun& run) {
  const Journal& journal = run.journal;
  // Somebody has asked for it all the same: what is half restored must not stay so.
  if (journal.phase == Phase::kRestoring) return false;
  return journal.leaves_failed_files() ||
         (journal.phase == Phase::kDeploying && !journal.settings.rollback.no_rollback_exit_codes.empty() &&
          is_recorded_as(run, HistoryLine::Event::kUnrestored));
}

}  // namespace backstep
