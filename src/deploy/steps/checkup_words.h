// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/steps/checkup.h"

namespace backstep {

// What is said of many checks at once: names are listed up to ten, output is cut.

std::string summary_of(const Checkup& checkup);  // "4 of 5 services passed; unhealthy: a"
// Behind "health check ": "of a failed: exited with 7 (…)", "of 2 of 5 services failed: a, b".
std::string failure_of(const Checkup& checkup);
// The last lines of each one that failed, under its name.
std::string tail_of(const Checkup& checkup);
// The same, longer, to be kept with the evidence.
std::string output_of(const Checkup& checkup);
// "exited with 7, 3 failures in a row; a: exited with 7 (…); b: …"
std::string unhealthy_words(const Checkup& checkup);
// "; unhealthy, which only warns: a, b", or "".
std::string warned_words(const Checkup& checkup);

}  // namespace backstep
