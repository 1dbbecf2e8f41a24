// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "backup/restore/comparison.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "config/pipeline.h"
#include "report/diff/diff_report.h"

namespace backstep {
namespace {

StoredSet chosen(const Session& session, const Store& store, const std::string& name) {
  const Catalog catalog = read_catalog(store);
  return read_set(store, chosen_set(store, catalog, name), session.patterns());
}

DiffLook look_of(const Session& session) {
  const Environment& environment = session.environment();
  const bool plain = environment.has("NO_COLOR") || environment.get("TERM") == "dumb";
  const bool logged = in_pipeline(environment);
  return {.coloured = session.on_terminal() && !plain,
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
void compare(Session& session, const Store& store, const StoredSet& first,
             const std::optional<StoredSet>& second) {
  const Patterns patterns = session.patterns();
  const StorePlace place = session.backups_dir();
  const Index index = second ? Index() : Index::load(store);
  const Tree tree{session.workspace(), patterns, place, nullptr, session.config().checksum};
  ComparedSide from = compared_set(first);
  ComparedSide to = second ? compared_set(*second) : compared_tree(tree, first, &index);
  const std::vector<LeftFile> left = keep_comparable(from, to);
  print_differences(session, from, to, left);
}

}  // namespace

// Exit code 0 whether or not they differ: 1 has a meaning of its own here, and any other than 0
// says that something is wrong. A script asks --json.
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
