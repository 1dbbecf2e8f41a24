// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "report/store_report.h"

namespace backstep {
namespace {

void read_records(Session& session, const Store& store, const Verdicts& verdicts,
                  const Catalog& catalog, StatusFacts& facts) {
  int broken_history = 0;
  facts.history = labelled_history(store, catalog, &broken_history);
  facts.broken_lines = verdicts.broken_lines() + broken_history;
  facts.verdict = verdicts.of(facts.digest);
  if (!facts.history.empty()) facts.last = &facts.history.back();
  facts.failed = last_failure(facts.history);
  if (const std::optional<LiveVersion> live = live_version(facts.history, catalog)) {
    const VerdictLine* deciding = verdicts.deciding(live->digest);
    const bool marked = deciding != nullptr && deciding->by_human;
    facts.live = LiveFacts{*live, verdicts.of(live->digest), marked};
  }
  const KnownGood good = known_good(catalog, verdicts);
  if (good.last != nullptr) {
    facts.last_good = good.last->ref.label();
    facts.last_good_digest = good.stored.front();
  }
  session.tell_lost_good(good);
}

void read_store(Session& session, const Store& store, StatusFacts& facts) {
  // In this order: a run stores its set before it says that it is good.
  const Verdicts verdicts = Verdicts::load(store);
  const Catalog catalog = read_catalog(store);
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.ref.shelf == Shelf::kBackups) facts.newest_backup = entry.ref.label();
  }
  read_records(session, store, verdicts, catalog, facts);
  if (store.common() == nullptr) return;
  facts.at_work = lock_is_held(*store.common());
  facts.holder = lock_holder(*store.common());
  try {
    facts.open = load_journal(store);
  } catch (const Error& error) {
    facts.journal_trouble = error.message();
  }
}

StatusFacts facts_of(Session& session, const LiveSet& live, const StorePlace& place) {
  StatusFacts facts;
  facts.now = SystemClock(nullptr).wall_seconds();
  facts.has_check = !session.config().health.empty() || !session.config().service_checks.empty();
  facts.digest = live.digest;
  for (const FileEntry& file : live.files) facts.files += file.absent ? 0 : 1;
  if (const std::optional<Store> store = session.find_store(place))
    read_store(session, *store, facts);
  return facts;
}

// How many lines, of so many.
size_t line_limit(const ParsedFlags& flags, size_t lines) {
  const std::string text = flags.option("limit");
  if (text.empty()) return lines;
  size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc::result_out_of_range) return lines;
  if (error != std::errc() || end != text.data() + text.size() || limit == 0) {
    refuse_usage("--limit: " + in_quotes(text) + " is no whole number above 0");
  }
  return std::min(limit, lines);
}

LookAnswer history_of(Session& session, const StorePlace& place) {
  std::vector<HistoryLine> history;
  std::optional<LiveVersion> live;
  if (const std::optional<Store> store = session.find_store(place)) {
    const Catalog catalog = read_catalog(*store);
    history = labelled_history(*store, catalog);
    live = live_version(history, catalog);
  }
  // A line that left nobody knows what has put nothing live.
  const HistoryLine* put_live = live && !live->digest.empty() ? live->put_live : nullptr;
  const auto shown =
      std::span<const HistoryLine>(history).last(line_limit(session.flags(), history.size()));
  return {history_text(shown, put_live), history_json(shown, put_live)};
}

}  // namespace

int cmd_status(const Invocation& invocation) {
  Session session(invocation);
  const LiveSet live = session.live();
  session.answer_each("status", [&](const StorePlace& place) {
    const StatusFacts facts = facts_of(session, live, place);
    return LookAnswer{status_text(facts), status_json(facts)};
  });
  return 0;
}

int cmd_history(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  session.answer_each("history",
                      [&](const StorePlace& place) { return history_of(session, place); });
  return 0;
}

}  // namespace backstep
