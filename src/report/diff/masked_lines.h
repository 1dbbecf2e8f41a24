// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"

namespace backstep {

// The lines of a file as everybody may see them, without their '\n': `***` stands in place of the
// secrets of the environment, of what SecretLines finds, and of all of a file that holds one word
// and is called db_password. `lines`: the whole file's, for a value may go on for several lines,
// and only another line may tell that it is one.
std::vector<std::string> masked_lines(std::span<const std::string_view> lines,
                                      std::string_view path, const Secrets& secrets);

}  // namespace backstep
