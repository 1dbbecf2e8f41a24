// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/run/events.h"

namespace backstep::test {

// Keeps what a run tells, a line an event.
class RecordingListener : public Listener {
 public:
  void note(const Shown& text) override { told.push_back("note: " + text.text()); }
  void warning(const Shown& text) override { told.push_back("warning: " + text.text()); }
  void backup_created(const BackupMade& backup) override {
    told.push_back("backup: " + backup.shown + " files " + std::to_string(backup.files) + " linked " +
                   std::to_string(backup.linked));
  }
  void generated(const std::vector<std::string>& what) override {
    for (const std::string& each : what) told.push_back("generated: " + each);
  }
  void linted(const LintReport& report, Duration) override { told.push_back("linted: " + counted_findings(report)); }
  void step_began(Step step, const Command& command) override {
    told.push_back("began: " + std::string(name_of(step)) + ": " + command.shown());
  }
  void step_ended(Step step, const ProcessResult& result) override {
    told.push_back("ended: " + std::string(name_of(step)) + ": " + result.described());
  }
  void check_attempted(const std::string& whose, const HealthAttempt& attempt) override {
    told.push_back((whose.empty() ? "" : whose + " ") + "attempt " + std::to_string(attempt.number) + ": " +
                   attempt.described + (attempt.counted || attempt.passed ? "" : ", not counted"));
  }
  void check_ended(const ServiceHealth& health) override {
    told.push_back("checked: " + health.service + " " + (health.healthy ? "healthy" : health.described));
  }
  void checks_ended(const CheckResults& results) override { told.push_back("checks: " + summary_of(results)); }
  void put_back(const std::vector<PutBack>& files, const std::string& id) override {
    for (const PutBack& file : files) {
      told.push_back(file.is_removed ? "removed: " + file.name : "restored: " + file.name + " from " + id);
    }
  }
  void restore_ended(size_t files, Duration) override { told.push_back("restore ended: " + std::to_string(files)); }
  Output* live_output() override { return &live; }
  std::string live_prefix() override { return "> "; }
  Progress* progress() override { return watcher; }

  // Whether a line holds this text.
  bool has(std::string_view text) const {
    return std::any_of(told.begin(), told.end(),
                       [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }
  std::string all() const {
    std::string text;
    for (const std::string& line : told) text += line + "\n";
    return text;
  }

  std::vector<std::string> told;
  Output live{-1};  // shows nothing
  Progress* watcher = nullptr;
};

}  // namespace backstep::test
