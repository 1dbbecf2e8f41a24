// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/restore/reserve.h"
#include "backup/restore/restore_plan.h"
#include "store/sets/manifest.h"
#include "store/store.h"

namespace backstep {

inline constexpr const char* kCheckOutputFile = "_health_check.txt";  // what the check printed

// Keeps what a restore to `target` is about to replace: failed/<id>, whose manifest names all
// tracked files as they are now, so that `rollback --to failed/ID` brings exactly this back. A file
// that the plan replaces or removes is a hard link where the file system allows it (its inode
// leaves the live tree with the rename). What is as the target has it stays in the target, which
// retention keeps as long as the evidence: a thousand services of which one is replaced cost one
// link. Every other file is a link to a stored copy of the same version, or a copy.
// `header` brings everything but files and digest; its id names the set. Published and durable when
// this returns. After a restore by what was held, the reserve becomes it: it has what was replaced,
// and says nothing of what it could not keep, so that no rollback to it takes that away.
void save_evidence(const Tree& tree, const Store& store, const Index& index, const LiveSet& live,
                   const StoredSet& target, const RestorePlan& plan, Places& places,
                   Manifest header, const std::string& check_output, Reserve* reserve = nullptr);

}  // namespace backstep
