// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backstep {

// Appends to a file that the CI system named by an absolute path and has made already (GITHUB_ENV,
// GITHUB_OUTPUT ...): one of the few places outside workspace and store that are written. It must
// be a regular file; a symlink is the CI system's own choice and is followed.
void append_to_ci_file(const std::string& path, std::string_view text);

// How long it is; 0 when it is not there.
uint64_t ci_file_size(const std::string& path);

}  // namespace backstep
