// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace backstep {

// In a forked child: closes every descriptor but these, and puts /dev/null on 0, 1 and 2, which no
// kept one is (see below); -1 means none. Throws SystemError.
void keep_only(std::vector<int> kept);

// Opens /dev/null where stdin, stdout or stderr is closed (`>&-`): the next file opened would get
// the free number, and what we print would be written into a service file. First call of main.
void fill_standard_streams();

}  // namespace backstep
