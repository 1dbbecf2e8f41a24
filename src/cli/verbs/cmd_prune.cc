// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/named_set.h"
#include "cli/session.h"
#include "deploy/store_upkeep.h"
#include "report/upkeep_report.h"

namespace backstep {
namespace {

Verdict verdict_of(const std::vector<std::string>& words) {
  if (words.empty()) {
    refuse_usage("mark what? 'backstep mark good|bad|untested [ID]'");
  }
  for (const Verdict verdict : {Verdict::kGood, Verdict::kBad, Verdict::kUntested}) {
    if (words.front() == name_of(verdict)) return verdict;
  }
  refuse_usage(
      fmt::format("{} is neither good nor bad nor untested: 'backstep "
                  "mark good|bad|untested [ID]'",
                  in_quotes(words.front())));
}

std::string told_of(const Marked& marked, Verdict verdict) {
  const std::string digest = marked.digest.substr(0, 12);
  if (verdict == Verdict::kUntested) {
    return fmt::format("✔ {} is untested again (digest {}): the next check decides\n", marked.label,
                       digest);
  }
  return fmt::format("✔ {} is known {} now (digest {})\n", marked.label, name_of(verdict), digest);
}

}  // namespace

int cmd_prune(const Invocation& invocation) {
  Session session(invocation);
  const bool dry_run = invocation.flags.has("dry-run");
  require_a_rule(session.config().retention);
  Pruning pruning;
  if (const std::optional<Store> store = session.find_store()) {
    pruning = dry_run ? decide_prune(session.context(), *store) : prune(session.context());
  }
  session.answer(prune_json(pruning, dry_run), prune_text(pruning, dry_run));
  return 0;
}

int cmd_mark(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  const Verdict verdict = verdict_of(words);
  Session session(invocation);
  const std::string name = words.size() > 1 ? words[1] : "";
  session.place();  // what a mark is about is never guessed by an ID
  existing_store(session, {name});
  const Marked marked = mark(session.context(), verdict, name);
  session.answer(json_answer("mark", {{"verdict", name_of(verdict)},
                                      {"digest", marked.digest},
                                      {"set", marked.label}}),
                 told_of(marked, verdict));
  return 0;
}

}  // namespace backstep
