// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/accept.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/take.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/judgement.h"
#include "deploy/run/records.h"
#include "deploy/steps/pruning.h"
#include "store/records/new_names.h"
#include "store/retention/prune.h"
#include "store/sets/catalog.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

bool is_whole_set_of(const Site& site, const Journal& journal, const SetRef& ref,
                     const std::string& digest) {
  try {
    const StoredSet set = read_set(site.store, ref, journal.patterns);
    if (set.unverified || set.manifest.digest != digest) return false;
    Work work(site.context.listener.progress(),
              {.doing = "verifying", .count = set.manifest.files.size()});
    return verify_set(set, &work).empty();
  } catch (const Error& error) {
    site.context.listener.warning(ref.label() + " is damaged: " + error.message());
    return false;
  }
}

bool is_stored_whole(const Site& site, const Journal& journal, const std::string& digest) {
  // A deploy that changed no tracked file needs no look at all the others.
  const SetRef& own = journal.backup.ref;
  if (site.store.find_set(own) && is_whole_set_of(site, journal, own, digest)) return true;
  const Catalog catalog = read_catalog(site.store);
  const auto sets = catalog.with_digest(digest);
  return std::any_of(sets.begin(), sets.end(), [&](const CatalogEntry* entry) {
    return entry->ref != own && is_whole_set_of(site, journal, entry->ref, digest);
  });
}

// Trouble after the check: the first is reported, the rest is still tried.
class Completion {
 public:
  template <typename Action>
  void attempt(const char* what, const Action& action) {
    try {
      action();
    } catch (const Error& error) {
      if (trouble_.empty()) trouble_ = fmt::format("{}: {}", what, error.message());
    }
  }
  const std::string& trouble() const { return trouble_; }

 private:
  std::string trouble_;
};

void write_records(const Site& site, const Journal& journal, Completion& completion) {
  completion.attempt("the verdict was not written", [&] {
    std::vector<VerdictLine> lines =
        service_verdict_lines(site, journal, journal.passed_services, Verdict::kGood);
    if (verdict_of_accepted(journal.passed_check) == Verdict::kGood) {
      lines.push_back(verdict_line(site, journal, Verdict::kGood));
    }
    append_verdicts(site.store, lines);
  });
  completion.attempt("the history was not written", [&] {
    append_history(site.store, history_line(site, journal, HistoryLine::Event::kAccepted, 0));
  });
}

std::vector<std::string> services_that(const Outcome& outcome,
                                       bool (ServiceHealth::*holds)() const) {
  std::vector<std::string> names;
  for (const ServiceHealth& health : outcome.service_checks) {
    if ((health.*holds)()) names.push_back(health.service);
  }
  return names;
}

// A failed check that decides is passed over in a guard's container only (finish.cc).
std::string words_on_unhealthy(const Outcome& outcome) {
  const std::vector<std::string> warned = services_that(outcome, &ServiceHealth::only_warns);
  const std::vector<std::string> mute = services_that(outcome, &ServiceHealth::asks_for_rollback);
  std::string words;
  if (!warned.empty()) words = ", but unhealthy: " + listed(warned) + " (which only warns)";
  if (mute.empty()) return words;
  return words + fmt::format("{} the health check{} of {} {} nothing in this container",
                             warned.empty() ? ", but" : ";", mute.size() == 1 ? "" : "s",
                             listed(mute), mute.size() == 1 ? "tells" : "tell");
}

std::string untested_words(const Journal& journal, const Outcome& outcome) {
  const std::string unhealthy = words_on_unhealthy(outcome);
  if (!unhealthy.empty()) return unhealthy;
  if (journal.passed_check) return "";
  return journal.settings.has_check() ? " (no health check judged it)"
                                      : " (no health check is set)";
}

void finish_acceptance(const Site& site, const Journal& journal, Completion& completion,
                       Outcome& outcome) {
  write_records(site, journal, completion);
  if (completion.trouble().empty()) {
    apply_retention(site, journal);
    completion.attempt("the journal was not ended", [&] { remove_journal(site.store); });
  }
  outcome.verdict = verdict_of_accepted(journal.passed_check);
  outcome.end_with(Outcome::Result::kAccepted, ExitCode::kOk);
  const std::string health = journal.passed_check ? "live and healthy" : "live";
  outcome.live = fmt::format("the new version is {}{}", health, untested_words(journal, outcome));
  if (!completion.trouble().empty()) {
    outcome.exit_status = static_cast<int>(ExitCode::kInternal);
    outcome.live = fmt::format("the new version is {}, but {}", health, completion.trouble());
    outcome.next.emplace_back("backstep recover");
  }
}

}  // namespace

void accept(const Site& site, Journal& journal, const LiveSet& live, Outcome& outcome) {
  Completion completion;
  journal.digest = live.digest;
  journal.recorded = record_of(live.files);
  completion.attempt("the accepted set was not stored", [&] { store_accepted_set(site, journal); });
  journal.phase = Phase::kAccepted;
  try {
    save_journal(site.store, journal);
  } catch (const Error&) {
    // A full disk cannot hold the commit point, yet a journal at `deployed` would roll a healthy
    // deploy back. Taking it away needs no room.
    completion.attempt("the journal was not written", [&] { throw; });
    completion.attempt("the journal was not ended", [&] { remove_journal(site.store); });
  }
  finish_acceptance(site, journal, completion, outcome);
}

void complete_acceptance(const Site& site, Journal& journal, Outcome& outcome) {
  Completion completion;
  const Tree tree = site.tree(journal.patterns);
  const LiveSet live = read_live_set(tree, nullptr, Oddities::kReport);
  if (live.digest == journal.digest) {
    completion.attempt("the accepted set was not stored",
                       [&] { store_accepted_set(site, journal); });
  }
  finish_acceptance(site, journal, completion, outcome);
}

void store_accepted_set(const Site& site, const Journal& journal) {
  if (is_stored_whole(site, journal, journal.digest)) return;
  Manifest header = manifest_header(journal);
  name_new_set(site.store, site.context.clock.wall_seconds(), header);
  header.made_by = "accepted";
  const TakenSet taken =
      take_set(site.tree(journal.patterns), site.store, Shelf::kGood, std::move(header));
  for (const std::string& text : taken.live.warnings) site.context.listener.warning(text);
  if (taken.manifest.digest != journal.digest) {
    prune_sets(site.store, {taken.ref});
    throw Error(ExitCode::kInternal, "the files changed after the health check");
  }
}

void apply_retention(const Site& site, const Journal& journal) {
  try {
    const Pruning pruning = decide_pruning(site.store, journal.settings.retention, journal.patterns,
                                           &journal, site.context.clock.wall_seconds());
    for (const std::string& text : pruning.unsound) site.context.listener.warning(text);
    carry_out(pruning, site.store, site.context.listener);
    forget_left_aside(site.store, site.context.clock.wall_seconds() -
                                      journal.settings.retention.keep_within.count() / 1000);
    const size_t count = pruning.leaving().size();
    if (count == 0) return;
    site.context.listener.note("Retention removed " + counted(count, "stored set"));
  } catch (const Error& error) {
    site.context.listener.warning("old backups were not removed: " + error.message());
  }
}

}  // namespace backstep
