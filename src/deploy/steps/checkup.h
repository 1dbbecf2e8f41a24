// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "deploy/run/context.h"
#include "deploy/run/service_health.h"
#include "health/check.h"
#include "journal/journal.h"

namespace backstep {

// What all checks together said: the one of the whole, and those of single services.
struct Checkup {
  std::optional<HealthResult> whole;    // none: it is not set
  std::vector<ServiceHealth> services;  // sorted by name; those that have a check
  bool stopped = false;                 // by a stop signal: what is here says nothing

  bool asked() const { return whole || !services.empty(); }
  // Nothing failed that a rollback would have to follow.
  bool healthy() const;
  // A check that decides has passed, and none has failed. Where all only warn, they decide.
  bool passed() const;
  // Whether a failure among those that decide came from a check that could run; and whose, by
  // their services ("": that of the whole).
  bool failed_for_sure() const { return !failed_for_sure_of().empty(); }
  std::vector<std::string> failed_for_sure_of() const;
  int attempts() const;  // of the check of the whole; without it, of the service that took most

  // The services that a test of ServiceHealth holds for, by name.
  std::vector<std::string> names_of(bool (ServiceHealth::*holds)() const) const;
};

// What is asked, and of whom.
struct CheckOrder {
  const HealthCheck& whole;
  const ServiceChecks& checks;
  std::vector<std::string> services;  // those that lie there, sorted
  std::string phase;                  // BACKSTEP_PHASE of each attempt
  // What each attempt is told, but for its service and phase.
  std::function<ProcessSpec()> spec;
};

// All of them side by side, told through the listener. Where no service has a check, the one of the
// whole alone, as it always was: each attempt is told, its output is shown as it comes.
Checkup check_up(const Context& context, const CheckOrder& order);

// One attempt of each, at most ten seconds in all; nothing is told.
struct BaselineAnswer {
  std::string service;  // "": the check of the whole
  HealthCheck check;    // as it was asked
  OnFailure on_failure = OnFailure::kRollback;
  bool cannot_run = false;
  ProcessResult result;  // without its output where cannot_run is false
};
struct Baseline {
  std::vector<BaselineAnswer> failed;
  size_t not_asked = 0;  // there was no time for them
  std::optional<int> stopped_by;
};
Baseline ask_baseline(const Context& context, const CheckOrder& order);

// Entries of `services` that name none of these, each as a sentence that says what was meant.
std::vector<std::string> entries_without_service(const ServiceChecks& checks,
                                                 const std::vector<std::string>& services);

// The names of the services that lie there now, sorted; no file is read for it.
std::vector<std::string> services_here(const Workspace& workspace, const Patterns& patterns,
                                       const StorePlace& place);
// Of those that are there by this record.
std::vector<std::string> services_there(const std::vector<RecordedFile>& recorded,
                                        const Patterns& patterns);

}  // namespace backstep
