// SPDX-License-Identifier: Apache-2.0
#include "cli/begun_elsewhere.h"
#include "cli/call.h"
#include "cli/session.h"
#include "deploy/finish.h"

namespace backstep {

int cmd_finish(const Invocation& invocation) {
  const Invocation there = where_it_began(invocation);
  Session session(there);
  session.choose_open_run();
  std::string status = invocation.flags.option("status");
  if (status.empty()) status = job_status_of(invocation.environment);
  return session.conclude(finish(session.context(), status));
}

}  // namespace backstep
