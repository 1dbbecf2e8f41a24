// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace backstep {

// How far a value goes on in the text that begins with it.
enum class Extent {
  kWord,   // to a blank
  kField,  // to a comma
  kRest,   // to the end
};

// Whether a value tells no secret although the name beside it says so: it is empty, a word like
// `true`, a number, a path, or it only refers to a secret that lies elsewhere: `$NAME`,
// `${NAME:?why}`, `${{ secrets.NAME }}`, `{{ name }}`, `$(cat FILE)`, `Bearer $NAME`. Whoever
// compares two versions needs to see those. `name`: behind that of a password, six digits are one.
bool tells_nothing(std::string_view value, std::string_view name = {},
                   Extent extent = Extent::kRest);

}  // namespace backstep
