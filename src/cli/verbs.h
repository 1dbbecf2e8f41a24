// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"
#include "base/json.h"
#include "cli/call.h"
#include "cli/flags.h"

namespace backstep {

// What a verb is called with.
struct Invocation {
  ParsedFlags flags;
  Environment environment;
  std::string current_directory;
};

// One row of the verb table, which drives dispatch, help and "did you mean". Each verb lives in
// cmd_<verb>.cc.
struct Verb {
  std::string_view name;
  std::string_view summary;  // one line, without a full stop
  std::string_view words;    // "[ID]", for the usage line; "" takes none
  size_t max_words = 0;
  std::span<const VerbOption> options;
  bool takes_settings = false;
  std::string_view example;                            // a whole command
  int (*run)(const Invocation& invocation) = nullptr;  // the exit status; 128+n on a signal
  std::string_view begins_part = {};  // a heading above it in the overview; "" none
};

// What a verb prints that needs no Session: the one or the other, as --json says.
void print_answer(const Invocation& invocation, const Json& json, const std::string& text);

std::span<const Verb> verbs();
const Verb* find_verb(std::string_view name);

// The command line as a whole: argv to exit status. Throws Error and Interrupted.
int run_command_line(const Call& call, Environment environment, std::string current_directory);

// The rows' functions, and the flags of those that have some.
int cmd_run(const Invocation& invocation);
int cmd_begin(const Invocation& invocation);
int cmd_finish(const Invocation& invocation);
int cmd_guard(const Invocation& invocation);
int cmd_post(const Invocation& invocation);
int cmd_backup(const Invocation& invocation);
int cmd_rollback(const Invocation& invocation);
int cmd_check(const Invocation& invocation);
int cmd_lint(const Invocation& invocation);
int cmd_probe(const Invocation& invocation);
int cmd_list(const Invocation& invocation);
int cmd_show(const Invocation& invocation);
int cmd_diff(const Invocation& invocation);
int cmd_verify(const Invocation& invocation);
int cmd_status(const Invocation& invocation);
int cmd_history(const Invocation& invocation);
int cmd_recover(const Invocation& invocation);
int cmd_prune(const Invocation& invocation);
int cmd_export(const Invocation& invocation);
int cmd_import(const Invocation& invocation);
int cmd_mark(const Invocation& invocation);
int cmd_config(const Invocation& invocation);
int cmd_completion(const Invocation& invocation);
int cmd_init(const Invocation& invocation);
int cmd_install(const Invocation& invocation);
int cmd_help(const Invocation& invocation);
int cmd_version(const Invocation& invocation);

}  // namespace backstep
