// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/events.h"
#include "system/output.h"

namespace backstep {

// How a run looks while it goes on: a line an event, the original's sentences where it had them,
// and the commands' output behind a bar, which keeps it apart from ours and from being taken for a
// platform's own commands.
class Console : public Listener {
 public:
  explicit Console(Output& output) : output_(output) {}

  void note(const std::string& text) override;
  void warning(const std::string& text) override;
  void backup_created(const std::string& shown, size_t files, size_t linked) override;
  void generated(const std::string& what) override;
  void step_began(Step step, const Command& command) override;
  void step_ended(Step step, const ProcessResult& result) override;
  void attempt(const HealthAttempt& attempt) override;
  void restored(const std::string& service_or_file, const std::string& id) override;
  void removed(const std::string& service_or_file) override;
  Output* live_output() override { return &output_; }
  std::string live_prefix() override { return "  │ "; }

 private:
  void line(const std::string& text);
  Output& output_;
};

}  // namespace backstep
