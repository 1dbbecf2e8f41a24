// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "deploy/finish.h"

namespace backstep {

int cmd_finish(const Invocation& invocation) {
  Session session(invocation);
  return session.conclude(finish(session.context(), invocation.flags.option("status")));
}

}  // namespace backstep
