// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <fmt/core.h>

#include <cstring>

namespace backstep {

Error Error::within(std::string_view context, ExitCode code, const FilePlace& place) const {
  return {code, fmt::format("{}: {}", context, message()), place.file.empty() ? place_ : place};
}

void refuse_damaged(const std::string& why) { throw Error(ExitCode::kDamaged, why); }

void refuse_usage(const std::string& why) { throw Error(ExitCode::kUsage, why); }

SystemError::SystemError(std::string_view action, std::string_view subject, int error_number, std::string_view note)
    : Error(ExitCode::kInternal,
            fmt::format("cannot {} {}: {}{}", action, in_quotes(subject), std::strerror(error_number),
                        note.empty() ? "" : fmt::format(" ({})", note)),
            {}, error_number) {}

bool lacks_permission(const Error& error) { return error.error_number() == EACCES || error.error_number() == EPERM; }

}  // namespace backstep
