// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace backstep {

// Appends to a file that the CI system named by an absolute path and has made already (GITHUB_ENV,
// GITHUB_STATE): one of the few places outside workspace and store that are written. It must be a
// regular file; a symlink is the CI system's own choice and is followed.
void append_to_ci_file(const std::string& path, std::string_view text);

}  // namespace backstep
