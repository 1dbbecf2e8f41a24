// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "backup/tracked/live_set.h"

namespace backstep {

// Makes durable what commands wrote and nobody flushed: the rewritten files of `live`, and the
// directories in which names came or went since `before`. Generators do not call fsync, and without
// it a power cut leaves an empty file where the new script was.
//
// To be called before a journal records the hashes of `live`: whoever settles that journal takes a
// file that is not as recorded for somebody's later work, and would keep the torn one. Throws when
// something cannot be made durable; nothing is changed by it.
void flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live);

}  // namespace backstep
