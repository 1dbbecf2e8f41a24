// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/completion/candidates.h"
#include "cli/session.h"
#include "cli/texts.h"
#include "system/output.h"

namespace backstep {
namespace {

std::string script_for(const std::string& shell) {
  if (shell == "bash") return kBashCompletion;
  if (shell == "zsh") return kZshCompletion;
  if (shell == "fish") return kFishCompletion;
  refuse_usage(shell.empty() ? "for which shell? 'backstep completion bash', zsh or fish"
                             : "there is no completion for " + in_quotes(shell) +
                                   ": bash, zsh and fish have one");
}

// By names alone: no manifest is read.
std::string ids_of(const Store& store) {
  std::string text;
  for (const SetRef& ref : store.list_sets()) text += ref.label() + "\n";
  return text.empty() ? text : text + "latest\nlast-good\n";
}

// Between two keys nobody wants to read an error.
std::string ids_here(const Invocation& invocation) {
  try {
    const Session session(invocation, Session::Stdout::kVerbsOwn);
    std::string ids;
    for (const StorePlace& place : session.places()) {
      if (const std::optional<Store> store = session.find_store(place)) ids += ids_of(*store);
    }
    return ids;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

int cmd_completion(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  const std::string first = words.empty() ? "" : words.front();
  const bool asked = first == "words";  // by the scripts, at each completion key
  if (words.size() > 1 && !asked) {
    refuse_usage("unexpected word " + in_quotes(words[1]));
  }
  std::string answer = asked ? candidates({words.begin() + 1, words.end()}) : script_for(first);
  if (answer == ":ID\n") answer = ids_here(invocation);
  Output(STDOUT_FILENO).say_lines(answer);
  return 0;
}

}  // namespace backstep
