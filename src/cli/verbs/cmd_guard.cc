// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "deploy/story.h"

namespace backstep {

// The main stage of the action's `guard`: a begin whose finish is the post stage (cmd_post.cc).
int cmd_guard(const Invocation& invocation) {
  Session session(invocation);
  Context& context = session.context();
  context.may_redeploy = false;
  Outcome outcome = begin(context);
  if (outcome.result == Outcome::Result::kBegun) {
    outcome.live += "; the post stage finishes it by the job's final status";
    outcome.next.clear();
  }
  return session.conclude(outcome);
}

}  // namespace backstep
