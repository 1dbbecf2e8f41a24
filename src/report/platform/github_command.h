// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace backstep {

using CommandProperties = std::vector<std::pair<std::string_view, std::string>>;

// One line that GitHub's runner obeys: `::NAME key=value,…::MESSAGE`, escaped as the runner reads
// it, so that neither a property nor the message can end early or begin a second line.
std::string github_command(std::string_view name, const CommandProperties& properties,
                           std::string_view message);

}  // namespace backstep
