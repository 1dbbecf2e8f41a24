// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "backup/restore/comparison.h"
#include "base/duration.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "config/pipeline.h"
#include "report/diff/diff_report.h"
#include "report/store_report.h"
#include "store/set_id.h"

namespace backstep {
namespace {

void read_records(Session& session, const Store& store, const Verdicts& verdicts, const Catalog& catalog,
                  StatusFacts& facts) {
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
  facts.remote = load_remote_state(store);
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
  facts.place = place;
  const std::string& distrust = session.config().distrust;
  facts.settings = distrust.empty() ? session.loaded().shared : distrust;
  facts.now = SystemClock(nullptr).wall_seconds();
  facts.has_check = !session.config().health.empty() || !session.config().service_checks.empty();
  facts.digest = live.digest;
  facts.has_remote = !session.config().remote.empty();
  for (const FileEntry& file : live.files) facts.files += file.absent ? 0 : 1;
  if (const std::optional<Store> store = session.find_store(place)) read_store(session, *store, facts);
  return facts;
}

// Seconds since the epoch.
int64_t moment_of(const std::string& text) {
  if (text.empty()) return 0;
  if (const auto day = seconds_of_utc_text(text + "T00:00:00Z")) return *day;
  try {
    return SystemClock(nullptr).wall_seconds() - parse_duration(text).count() / 1000;
  } catch (const Error&) {
    refuse_usage(fmt::format("--since: {} is neither a duration like 7d nor a day like 2026-11-01", in_quotes(text)));
  }
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
  const int64_t since = moment_of(session.flags().option("since"));
  const auto is_new = [&](const HistoryLine& line) { return line.time >= since; };
  std::span<const HistoryLine> shown(std::ranges::find_if(history, is_new), history.end());
  shown = shown.last(limited(session.flags(), shown.size()));
  return {history_text(shown, put_live), history_json(shown, put_live)};
}

StoredSet chosen(const Session& session, const Store& store, const std::string& name) {
  const Catalog catalog = read_catalog(store);
  return read_set(store, chosen_set(store, catalog, name), session.patterns());
}

DiffLook look_of(const Session& session) {
  const Environment& environment = session.environment();
  const bool logged = in_pipeline(environment);
  return {.coloured = session.in_colour(),
          .exact = !session.on_terminal() && !logged,
          .bar = logged && !session.on_terminal() ? "  │ " : ""};
}

void print_differences(Session& session, const ComparedSide& from, const ComparedSide& to,
                       const std::vector<LeftFile>& left) {
  if (session.json()) {
    Json json = diff_json(from, to, session.secrets());
    json.set("not_compared", left_files_json(left));
    return session.print(json);
  }
  if (session.flags().has("stat")) {
    session.print(diff_stat(from, to, session.secrets()));
  } else {
    const auto pass = [&](const std::string& piece) { session.pass(piece); };
    write_diff(from, to, session.secrets(), look_of(session), pass);
  }
  for (const LeftFile& file : left) {
    session.warn(fmt::format("{} is not compared: {}", printable(file.path), words_of(file.why)));
  }
}

// Without a second set: with what lies there now.
void compare(Session& session, const Store& store, const StoredSet& first, const std::optional<StoredSet>& second) {
  const Index index = second ? Index() : Index::load(store);
  ComparedSide from = compared_set(first);
  ComparedSide to = second ? compared_set(*second) : compared_tree(session.tree(), first, &index);
  const std::vector<LeftFile> left = keep_comparable(from, to);
  print_differences(session, from, to, left);
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
  session.tell_unfetched();
  session.answer_each("history", [&](const StorePlace& place) { return history_of(session, place); });
  return 0;
}

// Exit code 0 whether or not they differ: any other says that something is wrong.
int cmd_diff(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  const std::vector<std::string>& names = invocation.flags.words;
  const Store store = existing_store(session, names);
  const StoredSet first = chosen(session, store, names.empty() ? "latest" : names[0]);
  std::optional<StoredSet> second;
  if (names.size() == 2) second = chosen(session, store, names[1]);
  try {
    compare(session, store, first, second);
  } catch (const Error&) {
    require_set(store, first.ref);
    if (second) require_set(store, second->ref);
    throw;
  }
  return 0;
}

}  // namespace backstep
