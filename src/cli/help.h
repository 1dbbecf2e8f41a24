// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/verbs.h"

namespace backstep {

std::string overview_text();
// One screen: usage, flags, an example. The settings are listed by the verb that all others share
// them with, `run`, so that no verb needs a second screen.
std::string help_text(const Verb& verb);

}  // namespace backstep
