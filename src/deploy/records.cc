// SPDX-License-Identifier: Apache-2.0
#include "deploy/records.h"

#include <algorithm>

#include "store/catalog.h"

namespace backstep {

std::string fresh_id(const Site& site) {
  std::string newest = read_catalog(site.store).newest_id();
  const std::vector<HistoryLine> history = load_history(site.store);
  if (!history.empty()) newest = std::max(newest, history.back().run);
  if (const auto journal = load_journal(site.store)) newest = std::max(newest, journal->run);
  return next_id(site.context.clock.wall_seconds(), newest);
}

Manifest manifest_header(const Site& site, const Journal& journal) {
  Manifest header;
  header.time = site.context.clock.wall_seconds();
  header.run = journal.run;
  header.patterns = journal.patterns;
  header.owner = journal.owner;
  header.actor = journal.actor;
  header.url = journal.url;
  header.commit = journal.commit;
  return header;
}

HistoryLine history_line(const Site& site, const Journal& journal, HistoryLine::Event event,
                         int exit_code) {
  HistoryLine line;
  line.run = journal.run;
  line.event = event;
  line.verb = journal.verb;
  line.time = site.context.clock.wall_seconds();
  line.exit_code = exit_code;
  line.owner = journal.owner;
  line.actor = journal.actor;
  line.url = journal.url;
  line.commit = journal.commit;
  line.digest = journal.digest;
  line.backup = journal.backup;
  if (journal.target) line.restored_from = journal.target->label();
  if (!journal.evidence.empty()) line.evidence = "failed/" + journal.evidence;
  line.reason = journal.failure;
  return line;
}

std::vector<SetRef> sets_named_by(const Journal& journal) {
  std::vector<SetRef> named;
  if (!journal.backup.empty()) named.push_back({Shelf::kBackups, journal.backup});
  if (!journal.stands_in.empty()) named.push_back({Shelf::kBackups, journal.stands_in});
  if (!journal.evidence.empty()) named.push_back({Shelf::kFailed, journal.evidence});
  if (journal.target) named.push_back(*journal.target);
  return named;
}

}  // namespace backstep
