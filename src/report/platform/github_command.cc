// SPDX-License-Identifier: Apache-2.0
#include "report/platform/github_command.h"

#include <fmt/core.h>

namespace backstep {
namespace {

std::string escaped(std::string_view text, std::string_view also) {
  std::string result;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || also.find(c) != std::string::npos;
    if (special) {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

std::string github_command(std::string_view name, const CommandProperties& properties,
                           std::string_view message) {
  std::string line = "::" + std::string(name);
  char separator = ' ';
  for (const auto& [key, value] : properties) {
    line += fmt::format("{}{}={}", separator, key, escaped(value, ":,"));
    separator = ',';
  }
  return line + "::" + escaped(message, "") + "\n";
}

}  // namespace backstep
