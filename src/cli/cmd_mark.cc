// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/named_set.h"
#include "deploy/tending.h"
#include "report/outcome_json.h"

namespace backstep {

int cmd_mark(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  if (words.empty() || (words.front() != "good" && words.front() != "bad")) {
    throw Error(ExitCode::kUsage,
                words.empty() ? "mark what? 'backstep mark good|bad [ID]'"
                              : fmt::format("{} is neither good nor bad: 'backstep mark good|bad "
                                            "[ID]'",
                                            in_quotes(words.front())));
  }
  Session session(invocation);
  existing_store(session);
  const bool good = words.front() == "good";
  const Marked marked = mark(session.context(), good, words.size() > 1 ? words[1] : "");
  if (session.json()) {
    Json json = json_answer("mark");
    json.set("verdict", words.front());
    json.set("digest", marked.digest);
    json.set("set", marked.label);
    session.print(json);
  } else {
    session.print(fmt::format("✔ {} is known {} now (digest {})\n", marked.label, words.front(),
                              marked.digest.substr(0, 12)));
  }
  return 0;
}

}  // namespace backstep
