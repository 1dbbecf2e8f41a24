// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.h"
#include "config/config.h"
#include "deploy/run/open_run.h"
#include "journal/journal.h"
#include "system/process/process.h"

namespace backstep {

// Looks at every command of a run before it changes anything: whether the shell can read its text,
// and whether the program that it begins with can be executed. What only running it can tell is
// left to the run, and so is what is not there yet beneath the workspace, where an earlier command
// may bring it. Throws Error (kUsage), which says what to type; a stop signal is Interrupted.
void look_at_commands(const Context& context, const Journal& journal);

struct ProgramLook {
  std::string why = {};   // it cannot be executed; "": nothing is known against it
  bool may_come = false;  // it is beneath the workspace and not there yet
};
// At the program that a command begins with, as far as that is known without running it.
ProgramLook look_for_program(const Context& context, const Command& command, Shell shell);

// As the check of that service has it: with the name in the place of $BACKSTEP_SERVICE.
Command command_for(Command check, const std::string& service);

// What to do about a program that a command needs and that is not here; "" when that is not how the
// command ended. A small image cannot hold everybody's programs, so in a container this is the
// first thing that a new user of it meets. One sentence, for one line.
std::string missing_program_advice(const ProcessResult& result, const Command& command,
                                   const Environment& environment);

// The same of a program that is known to be missing; "": nobody knows which one it is.
std::string advice_without(const std::string& program, const Environment& environment);

// The program that a shell or env named as missing in its output; "" when none did.
std::string missing_program_named_in(std::string_view output);

}  // namespace backstep
