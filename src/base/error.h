// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <exception>
#include <string>
#include <string_view>

#include "base/text.h"

namespace backstep {

// The exit codes are a contract with every pipeline that calls us: docs/exit-codes.md says the same and
// a test holds the two together. 124-127 stay free because shells, `timeout` and docker use them.
enum class ExitCode : int {
  kOk = 0,                    // live and healthy, or nothing to do
  kInternal = 1,              // internal error
  kUsage = 2,                 // usage, configuration, or a command that cannot run
  kDamaged = 3,               // a backup is damaged
  kLintFailed = 4,            // lint failed: files restored, nothing deployed
  kGenerateFailed = 5,        // generate failed: files restored, nothing deployed
  kBackupFailed = 6,          // backup or pre-flight failed: nothing changed
  kOnlyHere = 7,              // done, but the record is only here: type backstep push
  kNothingToRollBackTo = 10,  // failed, and there is no earlier version
  kLockHeld = 11,             // another run holds the lock
  kRolledBackHealthy = 20,    // failed, rolled back, healthy again
  kRolledBackUnhealthy = 21,  // rolled back, still unhealthy or not checked
  kRollbackFailed = 22,       // the rollback itself failed: journal kept
  kNotRolledBack = 23,        // failed and not rolled back
};

// 128+n: stopped by signal n, files restored.
constexpr int exit_status_of_signal(int signal_number) { return 128 + signal_number; }

// Of the file that is at fault; "": none is. Line 0: not known.
struct FilePlace {
  std::string file;
  int line = 0;
};

// A failure that ends the verb. Thrown once, given context on its way up, printed once in main.
// An expected end (a command failed, a check is unhealthy, nothing to restore) is a value instead.
//
// Messages: lower case, what failed first, the subject in single quotes, the cause last, no full
// stop, one line: "cannot rename 'services/a/entrypoint.sh': No space left on device".
class Error : public std::exception {
 public:
  Error(ExitCode code, Shown message, FilePlace place = {}, int error_number = 0)
      : code_(code), message_(std::move(message)), place_(std::move(place)), error_number_(error_number) {}

  const char* what() const noexcept override { return message().c_str(); }
  const std::string& message() const { return message_.text(); }
  ExitCode code() const { return code_; }
  const FilePlace& place() const { return place_; }
  int error_number() const { return error_number_; }  // of a SystemError; 0: it is none

  // The same as a caller further up sees it: "CONTEXT: message", with its code, and place if any.
  Error within(std::string_view context, ExitCode code, const FilePlace& place = {}) const;

 private:
  ExitCode code_;
  Shown message_;
  FilePlace place_;
  int error_number_;
};

// What was read cannot be: the reason alone. Whoever knows file, line or setting adds it.
[[noreturn]] void refuse_damaged(const std::string& why);
[[noreturn]] void refuse_usage(const std::string& why);

// A system call failed. Construct it in the first statement after the call: errno is taken by the
// default argument, and any call in between may overwrite it.
class SystemError : public Error {
 public:
  // action: what was tried, as a verb phrase ("open", "rename"); subject: the path. note: what the
  // system's own words leave out, in brackets behind them; mostly empty.
  SystemError(std::string_view action, std::string_view subject, int error_number = errno, std::string_view note = {});
};

// Whether it failed because we may not: that says nothing of what lies there.
bool lacks_permission(const Error& error);

// A signal asked us to stop. Not an Error, so that `catch (const Error&)` cannot swallow Ctrl-C.
class Interrupted : public std::exception {
 public:
  explicit Interrupted(int signal_number) : signal_number_(signal_number) {}
  const char* what() const noexcept override { return "interrupted by a signal"; }
  int signal_number() const { return signal_number_; }

 private:
  int signal_number_;
};

}  // namespace backstep
