// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/tracked_files.h"

#include <fmt/core.h>

#include <array>
#include <cerrno>

#include "base/text.h"

namespace backstep {
namespace {

constexpr auto kOfThatFile = std::to_array({EACCES, EPERM, ENAMETOOLONG, ENOTCONN, ESTALE});

// "; it belongs to user 0:0" where that is the reason.
std::string whose(const Directory& workspace, const std::string& path) {
  try {
    const auto status = workspace.glance(path);
    if (!status || status->uid == effective_user()) return "";
    return fmt::format("; it belongs to user {}:{}", status->uid, status->gid);
  } catch (const Error&) {
    return "";  // it lies in a closed directory, and the first error says so
  }
}

}  // namespace

bool is_named(const Patterns& patterns, const std::string& path) {
  return !patterns.service_of(path).empty() || std::ranges::find(patterns.files, path) != patterns.files.end();
}

std::string left_out_words(const std::string& path, const std::string& why) {
  return fmt::format("{} is left out: {} ('exclude' names what to pass over)", printable(path), why);
}

std::string left_out_words(const Directory& workspace, const std::string& path, const Error& error, Oddities oddities,
                           bool named) {
  const int number = error.error_number();
  const std::string why = error.message() + (number == EACCES ? whose(workspace, path) : "");
  const bool is_of_that_file = number == 0 || std::ranges::find(kOfThatFile, number) != kOfThatFile.end();
  if (is_of_that_file && !(named && oddities == Oddities::kRefuse)) {
    return left_out_words(path, why);
  }
  // As it is, for whoever handles it further up asks the same again.
  if (number != 0 && number != EACCES) throw SystemError(dynamic_cast<const SystemError&>(error));
  throw Error(error.code(), why);
}

}  // namespace backstep
