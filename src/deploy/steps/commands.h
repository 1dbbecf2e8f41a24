// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "deploy/run/check_results.h"
#include "deploy/run/open_run.h"

namespace backstep {

// How much is asked of a check.
enum class Thoroughness {
  kFull,
  kOnePass,   // one pass is enough: no process was replaced
  kBaseline,  // one attempt, at most ten seconds for all checks, and nothing is told
};

// Which health checks are to be run, and how.
struct CheckRequest {
  const Config& settings;
  std::vector<std::string> services;  // those whose checks are wanted, sorted by name
  Thoroughness thoroughness = Thoroughness::kFull;
  ProcessSpec spec;  // of each attempt, but for its command, service, phase and output
};

// Runs the checks together and tells of them through the listener. If the check of the whole is the
// only one, the output of its first attempt is shown while it runs.
CheckResults check_health(const Context& context, const CheckRequest& request);

// The checks of `backstep check`: the same as after a deploy, but without a run, so that no store,
// lock or journal is needed. The BACKSTEP_ variables of a run around it stay as they are.
CheckResults check_health_standalone(const Context& context);

// A sentence for each entry of `services` in the settings that names none of these services. It
// says which service may have been meant.
std::vector<std::string> entries_without_service(const ServiceChecks& checks, const std::vector<std::string>& services);

// The names of the services in the tree, sorted. No file is read for it. Who listens (null:
// nobody) is told what could not be looked at.
std::vector<std::string> services_here(const Tree& tree, Listener* listener = nullptr);
// The names of the services that were present when these files were recorded, sorted.
std::vector<std::string> services_there(const std::vector<RecordedFile>& recorded, const Patterns& patterns);

// Runs the commands of one run, with what they are told through the environment: BACKSTEP_RUN_ID,
// _PHASE, _BACKUP, _DIGEST (of the files that lie there), _REVISION (their commit; at a baseline
// that of the last good set, or "none"), _CHANGED_SERVICES (as many names as execve takes),
// _CHANGED_FILE (where all of them are, one a line), _GOOD_REVISION (the commit of the last good
// set, for an image tag) and _HOST_GATEWAY (the machine, from a container).
class Commands {
 public:
  // What lies there now, and what differs from before, is as the run knows it.
  explicit Commands(OpenRun& run) : run_(run) { now_live(run.journal.digest, run.outcome.changed); }

  // Something else lies there now and differs; for commands that run from here on. A list
  // of names that cannot be written is a warning: a rollback and a check go on without it.
  void now_live(std::string digest, std::vector<std::string> changed);

  ProcessResult run(Step step, const Command& command, Duration timeout);
  // The checks of the whole and of these services.
  CheckResults check(const std::vector<std::string>& services, Thoroughness thoroughness = Thoroughness::kFull);

 private:
  ProcessSpec common_spec() const;

  OpenRun& run_;
  std::string digest_;
  std::vector<std::string> changed_;
  std::string changed_file_;
};

// Writes these names for the commands that come, unless they are written already, and returns the
// absolute path of the file; /dev/null for none. Throws SystemError: a deploy that would not learn
// what changed is not begun.
std::string write_changed_list(OpenRun& run, const std::vector<std::string>& changed);

struct ProgramLook {
  std::string why = {};   // it cannot be executed; "": nothing is known against it
  bool may_come = false;  // it is beneath the workspace and not there yet
};
// At the program that a command begins with, as far as that is known without running it.
ProgramLook look_for_program(const Context& context, const Command& command, Shell shell);

// As the check of that service has it: with the name in the place of $BACKSTEP_SERVICE.
Command command_for(Command check, const std::string& service);

// What to do about a program that a command needs and that is not here; "" when that is not how the
// command ended. A small image cannot hold everybody's programs, so in a container this is the
// first thing that a new user of it meets. One sentence, for one line.
std::string missing_program_advice(const ProcessResult& result, const Command& command, const Environment& environment);

// The same of a program that is known to be missing; "": nobody knows which one it is.
std::string advice_without(const std::string& program, const Environment& environment);

// The program that a shell or env named as missing in its output; "" when none did.
std::string missing_program_named_in(std::string_view output);

}  // namespace backstep
