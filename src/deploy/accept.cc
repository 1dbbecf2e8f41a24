// SPDX-License-Identifier: Apache-2.0
#include "deploy/accept.h"

#include <fmt/core.h>

#include "backup/take.h"
#include "base/error.h"
#include "deploy/judgement.h"
#include "deploy/records.h"
#include "store/catalog.h"
#include "store/retention.h"
#include "store/set_reader.h"

namespace backstep {
namespace {

bool is_stored_whole(const Site& site, const Journal& journal, const std::string& digest) {
  const Catalog catalog = read_catalog(site.store);
  for (const CatalogEntry* entry : catalog.with_digest(digest)) {
    try {
      if (verify_set(read_set(site.store, entry->ref, journal.patterns)).empty()) return true;
    } catch (const Error& error) {
      site.context.listener.warning(entry->ref.label() + " is damaged: " + error.message());
    }
  }
  return false;
}

void store_set(const Site& site, const Journal& journal) {
  if (is_stored_whole(site, journal, journal.digest)) return;
  Manifest header = manifest_header(site, journal);
  header.id = fresh_id(site);
  const TakenSet taken =
      take_set(site.tree(journal.patterns), site.store, Shelf::kGood, std::move(header));
  if (taken.manifest.digest != journal.digest) {
    prune_sets(site.store, {taken.ref});
    throw Error(ExitCode::kInternal, "the files changed after the health check");
  }
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
  if (verdict_of_accepted(journal.passed_check) == Verdict::kGood) {
    completion.attempt("the verdict was not written", [&] {
      append_verdict(site.store, {.run = journal.run,
                                  .digest = journal.digest,
                                  .good = true,
                                  .by_human = false,
                                  .time = site.context.clock.wall_seconds(),
                                  .commit = journal.commit});
    });
  }
  completion.attempt("the history was not written", [&] {
    append_history(site.store, history_line(site, journal, HistoryLine::Event::kAccepted, 0));
  });
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
  outcome.live = fmt::format("the new version is {}{}", health,
                             journal.passed_check ? "" : " (no health check is set)");
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
  completion.attempt("the accepted set was not stored", [&] { store_set(site, journal); });
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
    completion.attempt("the accepted set was not stored", [&] { store_set(site, journal); });
  }
  finish_acceptance(site, journal, completion, outcome);
}

void apply_retention(const Site& site, const Journal& journal) {
  try {
    const Catalog catalog = read_catalog(site.store);
    const Verdicts verdicts = Verdicts::load(site.store);
    std::vector<SetRef> leaving;
    for (const RetentionDecision& decision :
         decide_retention(journal.retention, {.catalog = catalog,
                                             .verdicts = verdicts,
                                             .in_use = sets_named_by(journal),
                                             .now = site.context.clock.wall_seconds()})) {
      if (!decision.keep) leaving.push_back(decision.ref);
    }
    prune_sets(site.store, leaving);
  } catch (const Error& error) {
    site.context.listener.warning("old backups were not removed: " + error.message());
  }
}

}  // namespace backstep
