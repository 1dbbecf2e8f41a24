// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "deploy/story.h"

namespace backstep {

int cmd_begin(const Invocation& invocation) {
  Session session(invocation);
  return session.conclude(begin(session.context()));
}

}  // namespace backstep
