// SPDX-License-Identifier: Apache-2.0
#include "backup/comparison.h"
#include "base/error.h"
#include "cli/named_set.h"
#include "config/pipeline.h"
#include "report/diff_report.h"
#include "report/diff_text.h"

namespace backstep {
namespace {

StoredSet chosen(const Session& session, const Store& store, const std::string& name) {
  const Catalog catalog = recall_catalog(store);
  return read_set(store, chosen_set(store, catalog, name), session.patterns());
}

template <typename Report>
void each_difference(const Session& session, const ComparedSide& from, const ComparedSide& to,
                     Report& report) {
  for (const FileDifference& file : differences(from, to)) {
    report.add(FileDiff(file, from, to, session.secrets()));
  }
}

DiffLook look_of(const Session& session) {
  const Environment& environment = session.environment();
  const bool plain = environment.has("NO_COLOR") || environment.get("TERM") == "dumb";
  const bool logged = !detect_pipeline(environment).platform.empty();
  return {.coloured = session.on_terminal() && !plain, .exact = !session.on_terminal() && !logged};
}

void print_text(Session& session, const ComparedSide& from, const ComparedSide& to) {
  DiffText text(look_of(session), [&](const std::string& piece) { session.print(piece); });
  text.begin(from, to);
  each_difference(session, from, to, text);
  text.end();
}

void print_stat(Session& session, const ComparedSide& from, const ComparedSide& to) {
  DiffStat stat;
  each_difference(session, from, to, stat);
  session.print(stat.text(from, to));
}

void print_json(Session& session, const ComparedSide& from, const ComparedSide& to) {
  DiffJson json;
  each_difference(session, from, to, json);
  session.print(json.answer(from, to));
}

void print_differences(Session& session, const ComparedSide& from, const ComparedSide& to) {
  if (session.json()) return print_json(session, from, to);
  if (session.flags().has("stat")) return print_stat(session, from, to);
  print_text(session, from, to);
}

}  // namespace

// Exit code 0 whether or not they differ: 1 has a meaning of its own here, and any other than 0
// says that something is wrong. A script asks --json.
int cmd_diff(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  const std::vector<std::string>& names = invocation.flags.words;
  const Store store = existing_store(session);
  const StoredSet first = chosen(session, store, names.empty() ? "latest" : names[0]);
  const ComparedSide from = compared_set(first);
  if (names.size() == 2) {
    const StoredSet second = chosen(session, store, names[1]);
    print_differences(session, from, compared_set(second));
    return 0;
  }
  const Patterns patterns = session.patterns();
  const StorePlace place = session.place();
  const Index index = Index::load(store);
  print_differences(
      session, from,
      compared_tree({session.workspace(), patterns, place, nullptr, session.config().checksum},
                    first, &index));
  return 0;
}

}  // namespace backstep
