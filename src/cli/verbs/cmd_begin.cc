// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "deploy/story.h"
#include "store/retention/retention.h"

namespace backstep {

int cmd_begin(const Invocation& invocation) {
  Session session(invocation);
  require_a_rule(session.config().retention);
  return session.conclude(begin(session.context()));
}

}  // namespace backstep
