// SPDX-License-Identifier: Apache-2.0
#include "cli/refusal_report.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "deploy/run/outcome.h"
#include "report/log/console.h"
#include "report/outcome/recorder.h"
#include "report/platform/platform.h"
#include "system/output.h"

namespace backstep {
namespace {

bool changed_nothing(ExitCode code) {
  return code == ExitCode::kUsage || code == ExitCode::kBackupFailed ||
         code == ExitCode::kLockHeld || code == ExitCode::kNothingToRollBackTo ||
         code == ExitCode::kDamaged;
}

Outcome not_started(int exit_status, const std::string& why, bool as_before) {
  Outcome outcome;
  outcome.result = Outcome::Result::kNotStarted;
  outcome.exit_status = exit_status;
  outcome.failure = Failure{"backstep", "refused: " + why, ""};
  outcome.live = as_before ? "what was live before: nothing was changed"
                           : "not known: 'backstep status' tells";
  return outcome;
}

void tell(const Environment& environment, const Outcome& told) {
  const Secrets secrets(environment);
  Output log(STDERR_FILENO);
  log.hide(secrets);
  const auto platform = platform_of(environment, false);
  Console console(log, *platform);
  const SystemClock clock(nullptr);
  Recorder recorder(console, clock, secrets);
  platform->tell_end(without_secrets(told, secrets), recorder, log);
}

}  // namespace

bool ends_a_step(std::string_view verb) {
  constexpr std::array<std::string_view, 9> kVerbs = {
      "run", "begin", "finish", "guard", "post", "backup", "rollback", "check", "recover"};
  return std::ranges::find(kVerbs, verb) != kVerbs.end();
}

int told_to_the_platform(const Environment& environment, const std::function<int()>& run) {
  try {
    return run();
  } catch (const Error& error) {
    tell(environment, not_started(static_cast<int>(error.code()), error.message(),
                                  changed_nothing(error.code())));
    throw;
  } catch (const Interrupted& interrupted) {
    tell(environment,
         not_started(exit_status_of_signal(interrupted.signal_number()),
                     fmt::format("stopped by signal {}", interrupted.signal_number()), true));
    throw;
  }
}

}  // namespace backstep
