// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>

#include "base/secret_lines.h"

namespace backstep::test {

// The lines of a text with *** from where on each is hidden.
inline std::string shown(const std::string& text, bool is_secret = false) {
  SecretLines secrets;
  secrets.begin_document(is_secret);
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    const size_t from = secrets.hidden_from(line);
    if (!result.empty()) result += "\n";
    result += from == SecretLines::kNowhere ? line : line.substr(0, from) + "***";
  }
  return result;
}

}  // namespace backstep::test
