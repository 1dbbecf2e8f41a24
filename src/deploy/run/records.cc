// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"

#include <algorithm>
#include <optional>

namespace backstep {
namespace {

HistoryLine end_line(const Site& site, const Journal& journal, HistoryLine::Event event,
                     const Outcome& outcome) {
  HistoryLine line = history_line(site, journal, event, outcome.exit_status);
  line.live = outcome.live_digest;
  return line;
}

}  // namespace

namespace {

FileEntry entry_of(const RecordedFile& file) {
  FileEntry entry;
  entry.path = file.path;
  entry.mode = file.executable ? 0755 : 0644;
  entry.sha256 = file.sha256;
  return entry;
}

}  // namespace

Manifest manifest_header(const Journal& journal) {
  Manifest header;
  header.run = journal.run;
  header.made_by = name_of(journal.verb);
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
  line.backup = journal.backup.uid;
  if (journal.target) line.restored_from = journal.target->uid;
  line.evidence = journal.evidence.uid;
  line.reason = journal.failure;
  return line;
}

VerdictLine verdict_line(const Site& site, const Journal& journal, Verdict verdict) {
  VerdictLine line;
  line.run = journal.run;
  line.digest = journal.digest;
  line.good = verdict == Verdict::kGood;
  line.time = site.context.clock.wall_seconds();
  line.commit = journal.commit;
  return line;
}

std::vector<VerdictLine> service_verdict_lines(const Site& site, const Journal& journal,
                                               const std::vector<std::string>& services,
                                               Verdict verdict) {
  std::vector<VerdictLine> lines;
  if (services.empty() || !journal.recorded) return lines;
  const Patterns& patterns = journal.patterns;
  for (const RecordedFile& file : *journal.recorded) {
    if (file.sha256.empty()) continue;
    const std::string service = patterns.service_of(file.path);
    if (std::find(services.begin(), services.end(), service) == services.end()) continue;
    VerdictLine line = verdict_line(site, journal, verdict);
    line.service = service;
    line.digest = service_digest(entry_of(file));
    lines.push_back(std::move(line));
  }
  return lines;
}

void say_unrecorded(const Error& error, Outcome& outcome) {
  outcome.exit_status = static_cast<int>(ExitCode::kInternal);
  outcome.live += ", but this could not be recorded: " + error.message();
  outcome.next.emplace_back("backstep recover");
}

std::string live_digest(const Site& site, const Journal& journal) {
  try {
    const Index index = Index::load(site.store);
    return read_live_set(site.tree(journal.patterns), &index, Oddities::kReport).digest;
  } catch (const Error& error) {
    site.context.listener.warning("the records will not say what is live now: " + error.message());
    return "";
  }
}

void record_end(const Site& site, const Journal& journal, HistoryLine::Event event,
                Outcome& outcome) {
  try {
    append_history(site.store, end_line(site, journal, event, outcome));
  } catch (const Error& error) {
    say_unrecorded(error, outcome);
  }
}

void end_journal(const Site& site, const Journal& journal, HistoryLine::Event event,
                 Outcome& outcome) {
  try {
    append_history(site.store, end_line(site, journal, event, outcome));
    remove_journal(site.store);
  } catch (const Error& error) {
    say_unrecorded(error, outcome);
  }
}

std::vector<SetRef> sets_named_by(const Journal& journal) {
  std::vector<SetRef> named;
  for (const RecordedSet& set : {journal.backup, journal.stands_in, journal.evidence,
                                 journal.target.value_or(RecordedSet{})}) {
    if (set.is_here()) named.push_back(set.ref);
  }
  return named;
}

}  // namespace backstep
