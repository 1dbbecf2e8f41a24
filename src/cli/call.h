// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"

namespace backstep {

// How we were called. `program` is argv[0], `arguments` the rest.
struct Call {
  std::string program;
  std::vector<std::string> arguments;
};

// The words and flags of the call. Where a platform calls us without any, the verb is
// INPUT_COMMAND, PLUGIN_COMMAND or BACKSTEP_COMMAND, in a pipeline else `run`, and the verb's own
// flags are variables of the same prefixes (INPUT_TO=last-good, INPUT_DRY_RUN=true). By the name
// backstep-post we are the post stage of GitHub's action: the runner can give a stage a program,
// but no arguments of its own.
std::vector<std::string> words_of(const Call& call, const Environment& environment);

// INPUT_X, PLUGIN_X or BACKSTEP_X, the first that is set; `name` as a setting's: "job_status".
std::string input_of(const Environment& environment, std::string_view name);

// How the job went until now, as the platform tells: the input job_status, or GitLab's variable;
// "" when nothing tells.
std::string job_status_of(const Environment& environment);

// A job's image is started with a shell's command line (`sh -c …`, or `bash` with the script on its
// standard input), not with a verb. With the binary as the image's entrypoint that shell is one of
// our arguments, so that such a job needs no `entrypoint: [""]`, which some runners forbid.
bool is_shell_call(const std::vector<std::string>& arguments);

// Becomes that shell. Returns only when it cannot be started: 127 when there is none, 126 when it
// is not executable, as a shell would answer, after a sentence on standard error.
int become_shell(const std::vector<std::string>& arguments);

// Runs a verb. When it is refused or stopped before it could report by itself (a mistyped setting,
// the lock is held, nothing to roll back to), the platform is told before the error goes on to
// main: a later step asks for `exit_code`, and GitHub shows nobody the number.
int told_to_the_platform(const Environment& environment, const std::function<int()>& run);

// Whether a verb's end is a step's end: what `show` was asked in the same step must not replace the
// outputs of the `run` before it.
bool ends_a_step(std::string_view verb);

}  // namespace backstep
