// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace backstep {

// How a secret value goes on in the lines that follow.
struct OpenValue {
  enum class Kind {
    kNone,
    kQuote,     // until this quote is closed
    kIndented,  // as long as lines are indented deeper than `indent`: text in YAML
    kBelow,     // so are values, items and what is below other keys: `password:`
    kNextLine,  // the next line is all of it: `--token \`
    kNamed,     // a `value:` beside it: `- name: DB_PASSWORD`
    kKey,       // until the end of a private key in PEM
  };
  Kind kind = Kind::kNone;
  char quote = 0;
  size_t indent = 0;
  bool items = false;                     // below it may be items that are indented no deeper
  bool quoted = false;                    // its key is: JSON, which may be indented in any way
  size_t shown = std::string_view::npos;  // what is indented deeper tells nothing: `files:`
};

// What of a line may be shown.
enum class Cover : uint8_t {
  kPlain,   // all, as far as what is open tells
  kValues,  // what its own keys do not tell of
  kEntry,   // not its value, whatever its key
  kWhole,   // nothing: it belongs to a secret that began above
};

// What is hidden in the line that follows an open value. Closes the value where it ends in this
// line.
Cover cover_of(std::string_view line, OpenValue& open);

// Whether it is the `value:` that belongs to a name.
bool is_named_value(std::string_view line);

// `abc\`, but not `abc \`: there the word ends.
bool goes_on_in_the_next(std::string_view line);

size_t indent_of(std::string_view line);

}  // namespace backstep
