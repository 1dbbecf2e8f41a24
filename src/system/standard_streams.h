// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace backstep {

// Opens /dev/null where stdin, stdout or stderr is closed (`>&-`): the next file opened would get
// the free number, and what we print would be written into a service file. First call of main.
void fill_standard_streams();

}  // namespace backstep
