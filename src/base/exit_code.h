// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace backstep {

// The exit codes are a contract with every pipeline that calls us: README's table says the same and
// a test holds the two together. 124-127 stay free because shells, `timeout` and docker use them.
enum class ExitCode : int {
  kOk = 0,                    // live and healthy, or nothing to do
  kInternal = 1,              // internal error
  kUsage = 2,                 // usage, configuration, or a command that cannot run
  kDamaged = 3,               // a backup is damaged
  kLintFailed = 4,            // lint failed: files restored, nothing deployed
  kGenerateFailed = 5,        // generate failed: files restored, nothing deployed
  kBackupFailed = 6,          // backup or pre-flight failed: nothing changed
  kNothingToRollBackTo = 10,  // failed, and there is no earlier version
  kLockHeld = 11,             // another run holds the lock
  kRolledBackHealthy = 20,    // failed, rolled back, healthy again
  kRolledBackUnhealthy = 21,  // rolled back, still unhealthy or not checked
  kRollbackFailed = 22,       // the rollback itself failed: journal kept
  kNotRolledBack = 23,        // failed and not rolled back
};

// 128+n: stopped by signal n, files restored.
constexpr int exit_status_of_signal(int signal_number) {
  return 128 + signal_number;
}

}  // namespace backstep
