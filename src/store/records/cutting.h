// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

namespace backstep {

// Removes from both records what nothing asks for any more, so that no run grows slower with the
// runs before it. What stays:
//
//   verdicts  on a version that a set here holds, and on the last kBoundedPast versions each that
//             passed, that failed, and that a person marked; so for each service, too. Of those the
//             line that decides, and the newest of each kind.
//   history   the newest kBoundedPast lines; those of a run whose backup or evidence is here; for
//             each version that is here the run that deployed it; what tells what is live, since
//             when, and what was before; the last change in this store, and the last failure.
//
// So decisions stay as they were, also where lines that were cut come back from another store: they
// are older than what stays, and it outranks them. Lines that cannot be read, or are of a newer
// version, stay.
//
// Called under the lock, when a retention has removed its sets and no other run is unsettled. Each
// file is replaced by one rename, durable on return: a crash leaves the old lines or the new ones.
// Most calls do nothing, for a file is cut only when it has twice the lines that a run may need.
void cut_records(const Store& store);

}  // namespace backstep
