// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/tracked/live_set.h"
#include "base/secrets.h"
#include "deploy/run/outcome.h"

namespace backstep {

// What the version that a run tried changed, for its reports, which are read where nobody can type
// `backstep diff`: from the set that came back to what was replaced, else from the run's backup to
// what lies there. Masked, printable, 64 KiB at most; "" where nothing differs or a set is gone.
// Throws Error where a set or a file cannot be read.
std::string diff_of_run(const Store& store, const Tree& tree, const Outcome& outcome,
                        const Secrets& secrets);

}  // namespace backstep
