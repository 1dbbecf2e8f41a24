// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deploy/rollback/targets.h"
#include "deploy/run/open_run.h"

namespace backstep {

struct RollbackOptions {
  std::string to;                     // "", an ID, "latest", "last-good", "failed/ID"
  std::vector<std::string> services;  // empty: all
  bool recreate = false;              // make service directories that do not exist
  bool exact = false;                 // remove files that were added since
                                      // both go without saying where `to` is a failed/ID
  bool files_only = false;            // neither the rollback command nor the check
  std::string if_live = {};           // "run:R", "owner:O", "digest:D": only where that is live
};

// What `rollback` would do, and why there.
struct RollbackPreview {
  Target target;
  RestoreScope scope;       // as it is meant for this target
  bool unverified = false;  // it has no manifest
  RestorePlan plan;
  std::string idle = {};  // why nothing would be done; mostly empty
};

// A person's rollback: restores by the same journal and the same settling as an automatic one, from
// `restoring` on, then runs the rollback command and the check if they are set. Where something
// else than `if_live` is known to be live, nothing is done, and that is 0; 10 where nobody knows.
// Exit 0, 21 or 22; 3 when the target is damaged (others are named, none is picked silently), 10
// without any backup.
Outcome roll_back(const Context& context, const RollbackOptions& options);

// Takes no lock, changes nothing.
RollbackPreview preview_rollback(const Context& context, const Store& store,
                                 const RollbackOptions& options);

// Why a file that the target lacks stays.
std::string_view why_kept(const RollbackPreview& preview);

}  // namespace backstep
