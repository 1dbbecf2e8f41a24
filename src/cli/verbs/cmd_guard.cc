// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "cli/call.h"
#include "cli/session.h"
#include "deploy/finish.h"
#include "deploy/story.h"

namespace backstep {
namespace {

// act hands defaults over by their bare names in the post stage.
std::string command_of_main_stage(const Environment& environment) {
  const std::string command = input_of(environment, "command");
  return command.empty() ? environment.get("command") : command;
}

}  // namespace

// The main stage of the action's `guard`: a begin whose finish is the post stage.
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

// GitHub runs the post stage at the end of the job, whatever the main stage did. After `guard` it
// is the finish; after `run` and `rollback` the net for one that was cancelled or killed. A `begin`
// has its own finish, and the others leave nothing open.
int cmd_post(const Invocation& invocation) {
  const std::string command = command_of_main_stage(invocation.environment);
  Session session(invocation);
  const bool guards = command == "guard";
  if (!guards && !command.empty() && command != "run" && command != "rollback") {
    session.print(fmt::format("Nothing to do after {}\n", in_quotes(command)));
    return 0;
  }
  session.choose_open_run();
  // The steps between ran on the runner's host, with tools that this container does not have.
  Context& context = session.context();
  context.may_redeploy = !guards;
  return session.conclude(finish(context, job_status_of(invocation.environment)));
}

}  // namespace backstep
