// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/context.h"
#include "deploy/run/outcome.h"

namespace backstep {

// The main job, as a whole or around steps that run elsewhere.
//
//   lock → settle what an earlier run left open → backup → baseline check → armed → generate
//        → lint → deploy → health check
//      healthy           → accepted
//      deploy had begun  → step back: restore, rollback command, health check again
//      it had not        → this run's backup comes back, files only
//
// `begin` goes as far as armed and returns; `finish` goes on from there. Both return an Outcome for
// every end that a deploy can have, and throw Error for what never began (exit 2, 6, 11) or
// Interrupted.
Outcome run(const Context& context);
Outcome begin(const Context& context);

}  // namespace backstep
