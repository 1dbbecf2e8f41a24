// SPDX-License-Identifier: Apache-2.0
#include "report/annotations.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/github_command.h"
#include "report/outcome_words.h"

namespace backstep {
namespace {

constexpr size_t kShown = 10;
constexpr size_t kLongest = 4000;  // bytes, of 4,096 characters

std::string shortened(std::string text) {
  if (text.size() <= kLongest) return text;
  text.resize(kLongest);
  // Half a character would make the line no UTF-8: its first byte begins with 11, the others
  // with 10.
  while ((static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if ((static_cast<unsigned char>(text.back()) & 0x80) != 0) text.pop_back();
  return text + " …";
}

std::string annotation(std::string_view kind, const std::string& message) {
  return github_command(kind, {{"title", "backstep"}}, shortened(message));
}

std::string error_message(const Outcome& outcome) {
  std::string message;
  if (outcome.failure) {
    message = fmt::format("{} {}\n", printable(outcome.failure->step),
                          printable(outcome.failure->described));
  }
  message += "live now: " + live_words(outcome);
  if (!outcome.advice.empty()) message += "\nadvice: " + outcome.advice;
  for (const std::string& command : outcome.next) message += "\nnext: " + command;
  return message;
}

std::string warnings(const RunRecord& record) {
  const size_t count = record.warnings.size();
  const size_t shown = count > kShown ? kShown - 1 : count;
  std::string lines;
  for (size_t i = 0; i < shown; ++i) lines += annotation("warning", record.warnings[i]);
  if (count > shown) {
    lines += annotation("warning", fmt::format("and {} more warnings: see the log", count - shown));
  }
  return lines;
}

}  // namespace

std::string github_annotations(const Outcome& outcome, const RunRecord& record) {
  std::string lines = warnings(record);
  if (outcome.exit_status != 0) lines += annotation("error", error_message(outcome));
  return lines;
}

}  // namespace backstep
