// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "base/json.h"
#include "store/store.h"

namespace backstep {

// A file of `.backstep` to which JSON lines are appended, each with its own "format". A last line
// without its end that does not parse was torn by a crash and is as if it had never been written;
// other lines that do not parse are counted and left out, never fatal: a record of the past must
// not stand in the way of a rollback. Lines of a newer format are passed over.
inline constexpr int kLineFormat = 1;

// `place` counts all lines, broken and empty ones too. A line for which this throws is broken.
using TakeLine = std::function<void(const Json& line, size_t place)>;
// Returns how many lines are broken. Only the lines that mention this text: to look through a line
// costs a hundredth of parsing it, and a store that is used for years has thousands.
int read_lines(const Store& store, std::string_view name, const TakeLine& take, std::string_view mentioning = "");

}  // namespace backstep
