// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace backstep {

// Text of others within Markdown: shown as it is, never obeyed.
std::string markdown_text(std::string_view text);
// A command or an ID: `text`, whatever backticks are in it.
std::string markdown_code(std::string_view text);
// Output as a block; lines keep their ends.
std::string markdown_block(std::string_view text);

}  // namespace backstep
