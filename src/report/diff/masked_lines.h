// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"

namespace backstep {

// The lines of a file as everybody may see them: `***` stands in place of the secrets of the
// environment, of what SecretLines finds, and of all of a file that holds one word and is called
// db_password.
class MaskedLines {
 public:
  // All three must outlive it. `lines`: the whole file's, for a value may go on for several lines,
  // and only another line may tell that it is one.
  MaskedLines(std::span<const std::string_view> lines, std::string_view path,
              const Secrets& secrets);

  // Without its '\n'.
  std::string at(size_t line) const;

 private:
  std::string shown(size_t line) const;
  void find_secrets();
  void hide_value_above(size_t name, size_t column);

  std::span<const std::string_view> lines_;
  const Secrets& secrets_;
  std::vector<size_t> hidden_from_;  // by line
};

}  // namespace backstep
