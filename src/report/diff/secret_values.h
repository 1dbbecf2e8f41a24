// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "report/diff/open_value.h"

namespace backstep {

struct SecretValues {
  struct Range {
    size_t begin;
    size_t end;
  };
  std::vector<Range> ranges;  // in order, none empty
  OpenValue open;
};

// The values in one line of a script or a configuration whose keys tell that they are secret (see
// names_a_secret): `export API_TOKEN=abc`, `--token abc`, `password: x`, `"apiKey": "x"`,
// `${DB_PASSWORD:-x}`, `-H "Authorization: Bearer x"`, `ENV API_KEY x`, the password in
// `postgres://user:x@host/`, and those of some commands' options (see secret_option). In doubt it
// is one. A mere reference (`$API_TOKEN`, `${{ secrets.X }}`) or a plain word (`true`) is none: it
// tells nothing, and whoever compares two versions needs it. `whole_line`: an unquoted value goes
// on to the end of its line, as in an .env file.
SecretValues secret_values_in(std::string_view line, bool whole_line);

}  // namespace backstep
