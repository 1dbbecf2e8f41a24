// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace backstep {

// A job's image is started with a shell's command line (`sh -c …`, or `bash` with the script on its
// standard input), not with a verb. With the binary as the image's entrypoint that shell is one of
// our arguments, so that such a job needs no `entrypoint: [""]`, which some runners forbid.
bool is_shell_call(const std::vector<std::string>& arguments);

// Becomes that shell. Returns only when it cannot be started: 127 when there is none, 126 when it
// is not executable, as a shell would answer, after a sentence on standard error.
int become_shell(const std::vector<std::string>& arguments);

}  // namespace backstep
