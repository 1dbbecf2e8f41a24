// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "deploy/run/events.h"
#include "report/table.h"
#include "system/output.h"
#include "system/progress.h"

namespace backstep {

// How a log wants a run to be told: what stands before and after a command's output, and what our own lines must not
// hold. This one is for a terminal, a file, a platform that has no way of its own.
class LogDialect {
 public:
  virtual ~LogDialect() = default;

  // Lines, each with its end. Between the two comes the command's output; they never nest.
  virtual std::string open_block(const std::string& title) { return "▶ " + title + "\n"; }
  virtual std::string close_block() { return ""; }
  // What a command announced as secrets is told to the platform, too.
  using Announced = std::vector<std::string>;
  virtual std::string announce(const Announced&) { return ""; }
  // A warning that is shown beside the job at once, as lines that say it in the log, too; "": it is not.
  virtual std::string at_once(const std::string&) { return ""; }
  // A block is folded away, so that how its command ended must be said behind it.
  virtual bool folds() const { return false; }

  // Lines of our own in which the platform finds nothing to obey.
  virtual std::string harmless(std::string text) const { return text; }
  // The same for a JSON text, which must keep its meaning.
  virtual std::string harmless_json(std::string text) const { return text; }

  // What stands before each line of a command's output.
  virtual std::string live_prefix() const { return "  │ "; }
};

// How much of a run is told.
enum class Telling {
  kLittle,  // warnings, and what failed
  kUsual,   // what is equal or many is folded: some of it, and how much more there is
  kAll,
};
constexpr size_t most_lines(Telling telling) { return telling == Telling::kAll ? SIZE_MAX : kToldLines; }

// How a run looks while it goes on: a line an event, the original's sentences where it had them,
// and each command's output as a block of its own, in the dialect of the platform whose log it is.
class Console : public Listener {
 public:
  // All must outlive it; `progress` may be null.
  Console(Output& output, LogDialect& dialect, Progress* progress = nullptr, Telling telling = Telling::kUsual)
      : output_(output), dialect_(dialect), progress_(progress), telling_(telling) {}

  void note(const Shown& text) override {
    if (!is_quiet()) line(text);
  }
  void warning(const Shown& text) override { line("⚠️ Warning: " + text.text()); }
  void urgent(const Shown& text) override;
  void backup_created(const BackupMade& backup) override;
  void generated(const std::vector<std::string>& what) override;
  void linted(const LintReport& report, Duration elapsed) override;
  void step_began(Step step, const Command& command) override;
  void step_ended(Step step, const ProcessResult& result) override;
  void check_attempted(const std::string& whose, const HealthAttempt& attempt) override;
  void check_ended(const ServiceHealth& health) override;
  void checks_ended(const CheckResults& results) override;
  void put_back(const std::vector<PutBack>& files, const std::string& id) override;
  void restore_ended(size_t, Duration) override {}
  Output* live_output() override { return is_quiet() ? nullptr : &output_; }
  std::string live_prefix() override { return dialect_.live_prefix(); }
  Progress* progress() override { return is_quiet() ? nullptr : progress_; }

 private:
  // The last attempt of a check that was told, and how many came since that are like it.
  struct Attempts {
    std::string like;
    size_t more = 0;
  };

  bool is_quiet() const { return telling_ == Telling::kLittle; }
  void line(const Shown& text) { lines(text.text() + "\n"); }
  void lines(const std::string& text) { output_.say_lines(dialect_.harmless(text)); }
  void list(const std::vector<std::string>& all);
  void end_block();
  void end_attempts(const std::string& whose);
  void show_output(const std::string& output);
  void show_tail(const std::string& output);

  Output& output_;
  LogDialect& dialect_;
  Progress* progress_;
  Telling telling_;
  std::map<std::string, Attempts> attempts_;      // by whose they are
  std::map<std::string_view, size_t> told_ends_;  // of checks, by the mark of their line
};

}  // namespace backstep
