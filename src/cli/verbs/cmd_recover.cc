// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "cli/session.h"
#include "deploy/recover.h"

namespace backstep {

int cmd_recover(const Invocation& invocation) {
  const bool restore = invocation.flags.has("restore");
  const bool keep = invocation.flags.has("keep");
  if (restore && keep) {
    refuse_usage("--restore and --keep are opposites: give one of them");
  }
  Session session(invocation);
  session.choose_open_run();
  const Recovery recovery =
      restore ? Recovery::kRestore : (keep ? Recovery::kKeep : Recovery::kAsOwner);
  return session.conclude(recover(session.context(), recovery));
}

}  // namespace backstep
