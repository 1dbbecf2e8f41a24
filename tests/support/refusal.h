// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.h"

namespace backstep::test {

// The message with which an action is refused as the user's mistake; what happened instead
// otherwise, so that a comparison shows it.
template <typename Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const Error& error) {
    if (error.code() != ExitCode::kUsage) return "not a usage error: " + error.message();
    return error.message();
  }
  return "not refused";
}

}  // namespace backstep::test
