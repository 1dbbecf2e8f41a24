// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "cli/session.h"
#include "report/status_report.h"
#include "store/catalog.h"

namespace backstep {
namespace {

void read_store(const Store& store, StatusFacts& facts) {
  const Verdicts verdicts = Verdicts::load(store);
  int broken_history = 0;
  const std::vector<HistoryLine> history = load_history(store, &broken_history);
  facts.broken_lines = verdicts.broken_lines() + broken_history;
  facts.verdict = verdicts.of(facts.digest);
  if (!history.empty()) facts.last = history.back();
  const Catalog catalog = read_catalog(store);
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.ref.shelf == Shelf::kBackups) facts.newest_backup = entry.ref.label();
  }
  if (!store.has_control()) return;
  facts.at_work = lock_is_held(store.control());
  facts.holder = lock_holder(store.control());
  try {
    facts.open = load_journal(store);
  } catch (const Error& error) {
    facts.journal_trouble = error.message();
  }
}

}  // namespace

int cmd_status(const Invocation& invocation) {
  Session session(invocation);
  const LiveSet live = session.live();
  StatusFacts facts;
  facts.digest = live.digest;
  for (const FileEntry& file : live.files) facts.files += file.absent ? 0 : 1;
  if (const std::optional<Store> store = session.find_store()) read_store(*store, facts);
  if (session.json()) {
    session.print(status_json(facts));
  } else {
    session.print(status_text(facts));
  }
  return 0;
}

}  // namespace backstep
