// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/tracked/live_set.h"
#include "deploy/run/context.h"

namespace backstep {

// In a container the generator is root, and the checkout another user's, who could delete neither a
// service directory that came new nor what lies in it: the next checkout would fail. So what the
// generator made anew among the tracked files, and root's directories beneath services_dir that
// hold it, is given to the owner of the workspace, and a script that it put in another one's place
// to that one's owner. Nothing happens where we are not root or the workspace is root's. True when
// an owner changed: `live` is old then. Trouble is a warning: the deploy does not depend on it.
bool give_generated_to_owner(const Site& site, const LiveSet& before, const LiveSet& live);

}  // namespace backstep
