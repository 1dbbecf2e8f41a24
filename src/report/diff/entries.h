// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace backstep {

// `key: value` at the beginning of a line of YAML or JSON, where it may be an item: `- key: value`.
struct Entry {
  size_t column;  // of the key, or of its quote
  std::string_view key;
  size_t value;  // where it begins
  bool quoted;   // the key
};
std::optional<Entry> entry_in(std::string_view line);

// What stands behind a key's colon, once tag, anchor and comment are passed over.
enum class Beginning {
  kValue,
  kNothing,  // what belongs to the key is below
  kText,     // `|` or `>`: lines of text are
  kOpening,  // `{` or `[` alone
};
Beginning beginning_of(std::string_view value);

}  // namespace backstep
