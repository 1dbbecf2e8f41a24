// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>

namespace backstep {

// In a forked child: closes every descriptor but these, and puts /dev/null on 0, 1 and 2. The kept
// ones are moved out of the way first (a caller started with `<&-` has pipes at 0), so the numbers
// are changed in place; -1 means none. They are close-on-exec afterwards. Throws SystemError.
void keep_only(std::initializer_list<int*> kept);

// Opens /dev/null where stdin, stdout or stderr is closed (`>&-`): the next file opened would get
// the free number, and what we print would be written into a service file. First call of main.
void fill_standard_streams();

}  // namespace backstep
