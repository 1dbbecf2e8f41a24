// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "base/secrets.h"
#include "deploy/run/events.h"
#include "deploy/run/outcome.h"
#include "system/clock.h"

namespace backstep {

// What a run told on its way, for the reports that are written at its end.
struct StepRecord {
  std::string_view name;  // "deploy"
  Duration began{0};      // after the run
  Duration elapsed{0};
  bool succeeded = false;
  bool ended = false;                        // false: the run was killed or stopped before the step told how it went
  std::vector<ServiceHealth> services = {};  // of a health check: how those of services ended
  std::string described;                     // "exited with 7", "passed (2 attempts)"; "" when there is nothing to say
};

struct RunRecord {
  std::vector<StepRecord> steps;
  std::vector<std::string> warnings;
  Duration elapsed{0};
};

// Keeps what a run tells for the reports, without the secrets of its environment, and tells it on.
// Of the warnings it keeps a hundred, each once: ten thousand odd files fill no memory.
class Recorder : public Listener {
 public:
  // All must outlive it.
  Recorder(Listener& next, const Clock& clock, const Secrets& secrets)
      : next_(next), clock_(clock), secrets_(secrets), start_(clock.steady()) {}
  RunRecord record() const;

  void note(const Shown& text) override { next_.note(text); }
  void warning(const Shown& text) override;
  void urgent(const Shown& text) override;
  void backup_created(const BackupMade& backup) override;
  void generated(const std::vector<std::string>& what) override { next_.generated(what); }
  void linted(const LintReport& report, Duration elapsed) override;
  void step_began(Step step, const Command& command) override;
  void step_ended(Step step, const ProcessResult& result) override;
  void check_attempted(const std::string& whose, const HealthAttempt& attempt) override {
    next_.check_attempted(whose, attempt);
  }
  void check_ended(const ServiceHealth& health) override { next_.check_ended(health); }
  void checks_ended(const CheckResults& results) override;
  void put_back(const std::vector<PutBack>& files, const std::string& id) override { next_.put_back(files, id); }
  void restore_ended(size_t files, Duration elapsed) override;
  Output* live_output() override { return next_.live_output(); }
  std::string live_prefix() override { return next_.live_prefix(); }
  Progress* progress() override { return next_.progress(); }

 private:
  void add_step(std::string_view name, Duration elapsed, std::string described);
  void end_step(Duration elapsed, bool succeeded, const std::string& described);

  Listener& next_;
  const Clock& clock_;
  const Secrets& secrets_;
  Duration start_;
  RunRecord record_;
};

// What is told of a run, without the secrets of its environment. Before it is put into the form of
// a report, for escapes of JSON or XML would hide a secret from the search and not from the reader.
Outcome without_secrets(Outcome outcome, const Secrets& secrets);

}  // namespace backstep
