// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "store/records/history.h"
#include "store/retention/retention.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

bool is_whole_set_of(const OpenRun& run, const SetRef& ref, const std::string& digest) {
  try {
    const StoredSet set = read_set(run.store, ref, run.journal.patterns);
    if (set.unverified || set.manifest.digest != digest) return false;
    Work work(run.listener.progress(), {.doing = "verifying", .count = set.manifest.files.size()});
    return verify_set(set, &work).empty();
  } catch (const Error& error) {
    run.listener.warning(fmt::format("{} {}: {}", ref.label(),
                                     lacks_permission(error) ? "cannot be verified" : "is damaged", error.message()));
    return false;
  }
}

bool is_stored_whole(const OpenRun& run) {
  const std::string& digest = run.journal.digest;
  // A deploy that changed no tracked file needs no look at all the others.
  const SetRef& own = run.journal.backup.ref;
  if (run.store.find_set(own) && is_whole_set_of(run, own, digest)) return true;
  const Catalog catalog = read_catalog(run.store);
  const auto sets = catalog.with_digest(digest);
  return std::ranges::any_of(
      sets, [&](const CatalogEntry* entry) { return entry->ref != own && is_whole_set_of(run, entry->ref, digest); });
}

// Trouble after the check: the first is reported, the rest is still tried.
template <typename Action>
bool attempt(std::string& trouble, const char* what, const Action& action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    if (trouble.empty()) trouble = fmt::format("{}: {}", what, error.message());
    return false;
  }
}

void write_records(const OpenRun& run, std::string& trouble) {
  attempt(trouble, "the records are not on the disk", [&] {
    SyncBatch disk(run.store.control(), 2);
    attempt(trouble, "the verdict was not written", [&] {
      std::vector<VerdictLine> lines = service_verdict_lines(run, run.journal.passed_services, Verdict::kGood);
      if (run.journal.passed_check) lines.push_back(verdict_line(run, Verdict::kGood));
      append_verdicts(run.store, lines, &disk);
    });
    attempt(trouble, "the history was not written",
            [&] { append_history(run.store, history_line(run, HistoryLine::Event::kAccepted, 0), &disk); });
    disk.flush();
  });
}

// A failed check that decides is passed over in a guard's container only (finish.cc).
std::string words_on_unhealthy(const Outcome& outcome) {
  const std::vector<std::string> warned = names_of(outcome.service_checks, &ServiceHealth::only_warns);
  const std::vector<std::string> mute = names_of(outcome.service_checks, &ServiceHealth::asks_for_rollback);
  std::string words;
  if (!warned.empty()) words = ", but unhealthy: " + listed(warned) + " (which only warns)";
  if (mute.empty()) return words;
  return words + fmt::format("{} the health check{} of {} {} nothing in this container", warned.empty() ? ", but" : ";",
                             mute.size() == 1 ? "" : "s", listed(mute), mute.size() == 1 ? "tells" : "tell");
}

std::string untested_words(const OpenRun& run) {
  std::string unhealthy = words_on_unhealthy(run.outcome);
  if (!unhealthy.empty()) return unhealthy;
  if (run.journal.passed_check) return "";
  return run.journal.settings.has_check() ? " (no health check judged it)" : " (no health check is set)";
}

// Trouble is said, never fatal: it belongs to the store, not to what is live.
void apply_retention(const OpenRun& run) {
  const Retention& policy = run.journal.settings.retention;
  try_to(run.listener, "old backups were not removed, or records not cut", [&] {
    const Pruning pruning =
        decide_pruning(run.store, policy, run.journal.patterns, sets_named_by(run.journal), run.now());
    for (const std::string& text : pruning.unsound) run.listener.warning(text);
    const std::vector<SetRef> leaving = pruning.leaving();
    prune_sets(run.store, leaving, run.listener.progress());
    forget_left_aside(run.store, run.now() - policy.keep_within.count() / 1000);
    if (!leaving.empty()) {
      run.listener.note("Retention removed " + counted(leaving.size(), "stored set"));
    }
    if (!has_left_aside(run.store)) cut_records(run.store);
  });
}

// By the records: a checkout may have brought other files before this run began.
bool was_live_before(const OpenRun& run) {
  const Catalog catalog = read_catalog(run.store);
  const std::vector<HistoryLine> history = labelled_history(run.store, catalog);
  const std::optional<LiveVersion> live = live_version(history, catalog);
  return live && live->digest == run.journal.digest;
}

void finish_acceptance(OpenRun& run, std::string& trouble) {
  release_room(run.site);  // the journal may stay, and goes on from here alone
  write_records(run, trouble);
  if (trouble.empty()) {
    apply_retention(run);
    attempt(trouble, "the journal was not ended", [&] { close_journal(run.site); });
  }
  Outcome& outcome = run.outcome;
  // Nothing is good unless a check that was set has passed on it.
  outcome.verdict = run.journal.passed_check ? Verdict::kGood : Verdict::kUntested;
  outcome.end_with(Outcome::Result::kAccepted, ExitCode::kOk);
  const std::string health = run.journal.passed_check ? ", healthy" + outcome.proof : "";
  const Live what = outcome.still_live ? Live::kSame : Live::kNew;
  outcome.set_live(what, health + untested_words(run));
  if (!trouble.empty()) {
    outcome.exit_status = static_cast<int>(ExitCode::kInternal);
    outcome.set_live(what, health + ", but " + trouble);
    outcome.advise("complete the records", run.command("recover"));
  }
}

}  // namespace

void accept(OpenRun& run, const LiveSet& live) {
  std::string trouble;
  run.record(live);
  try_to(run.listener, "what was live before is not known",
         [&] { run.outcome.still_live = run.outcome.changed.empty() && was_live_before(run); });
  attempt(trouble, "the accepted set was not stored", [&] { store_accepted_set(run); });
  run.journal.phase = Phase::kAccepted;
  if (!attempt(trouble, "the journal was not written", [&] { run.save(); })) {
    // A full disk cannot hold the commit point, yet a journal at `deployed` would roll a healthy
    // deploy back. Taking it away needs no room.
    attempt(trouble, "the journal was not ended", [&] { close_journal(run.site); });
  }
  finish_acceptance(run, trouble);
}

void complete_acceptance(OpenRun& run) {
  std::string trouble;
  const LiveSet live = read_live_set(run.tree(), nullptr, Oddities::kReport);
  if (live.digest == run.journal.digest) {
    attempt(trouble, "the accepted set was not stored", [&] { store_accepted_set(run); });
  }
  finish_acceptance(run, trouble);
}

void store_accepted_set(const OpenRun& run) {
  if (is_stored_whole(run)) return;
  Manifest header = new_manifest(run);
  header.made_by = "accepted";
  const TakenSet taken = take_set(run.tree(), run.store, Shelf::kGood, std::move(header), Oddities::kReport);
  for (const std::string& text : taken.live.warnings) run.listener.warning(text);
  if (taken.manifest.digest != run.journal.digest) {
    prune_sets(run.store, {taken.ref});
    throw Error(ExitCode::kInternal, "the files changed after the health check");
  }
}

}  // namespace backstep
