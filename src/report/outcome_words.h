// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/outcome.h"

namespace backstep {

// The few words that every face of a run shares, so that they say the same.
std::string headline_of(const Outcome& outcome);  // "❌ Failed and rolled back"
std::string live_words(const Outcome& outcome);   // what is live now, and how the services are

}  // namespace backstep
