// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.h"
#include "config/config.h"
#include "system/process/process.h"

namespace backstep {

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
