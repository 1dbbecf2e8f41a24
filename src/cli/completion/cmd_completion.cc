// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/completion/completion_values.h"
#include "cli/session.h"
#include "store/set_id.h"
#include "system/output.h"

namespace backstep {
namespace {

// What the scripts ask for while somebody types; no manifest is read.
std::string ids_of(const Store& store) {
  std::string text;
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    const Directory* directory = store.find_shelf(shelf);
    if (directory == nullptr) continue;
    for (const std::string& name : directory->list()) {
      if (is_set_id(name)) text += SetRef{shelf, name}.label() + "\n";
    }
  }
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
  const std::string shell = words.empty() ? "" : words.front();
  Output output(STDOUT_FILENO);
  if (shell == "bash") {
    output.write(bash_completion());
  } else if (shell == "zsh") {
    output.write(zsh_completion());
  } else if (shell == "fish") {
    output.write(fish_completion());
  } else if (shell == "ids") {
    output.write(ids_here(invocation));
  } else {
    throw Error(ExitCode::kUsage, shell.empty()
                                      ? "for which shell? 'backstep completion bash', zsh or fish"
                                      : "there is no completion for " + in_quotes(shell) +
                                            ": bash, zsh and fish have one");
  }
  return 0;
}

}  // namespace backstep
