// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "report/diff/open_value.h"

namespace backstep {

// The lines of a file as everybody may see them: `***` stands in place of the secrets of the
// environment, of values whose keys tell that they are secret (see secret_values_in), of private
// keys, and of all of a file that holds one word and is called db_password.
class MaskedLines {
 public:
  // All three must outlive it. `lines`: the whole file's, for a value may go on for several lines.
  MaskedLines(std::span<const std::string_view> lines, std::string_view path,
              const Secrets& secrets);

  // Without its '\n'.
  std::string at(size_t line) const;

 private:
  void find_covers();
  void open_at(size_t line, const OpenValue& begun, OpenValue& open);
  void cover_value_above(size_t name, size_t column);
  bool is_one_secret_word(std::string_view path) const;

  std::span<const std::string_view> lines_;
  const Secrets& secrets_;
  bool whole_lines_;           // of an .env file
  std::vector<Cover> covers_;  // by line
};

}  // namespace backstep
