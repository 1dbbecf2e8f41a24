// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "config/config.h"
#include "deploy/run/check_results.h"
#include "health/check.h"
#include "lint/lint.h"
#include "system/process/process.h"
#include "system/progress.h"

namespace backstep {

// The commands of a run, as reports and BACKSTEP_PHASE name them.
enum class Step { kGenerate, kDeploy, kHealthCheck, kDiagnose, kRollback };
constexpr std::string_view name_of(Step step) {
  constexpr std::array<std::string_view, 5> kNames = {"generate", "deploy", "health check", "diagnose", "rollback"};
  return kNames[static_cast<size_t>(step)];
}

struct BackupMade {
  std::string shown;  // "backups/2024-03-10_14-23-00/"
  size_t files = 0;
  size_t linked = 0;  // of them: unchanged, shared with an earlier backup
  Duration elapsed{0};
};

// A service or another file that a restore has put in its place, or removed.
struct PutBack {
  std::string name;
  bool is_removed = false;
};

// What a run tells while it goes on. The story knows nothing of how it looks; src/report/ does.
// Nothing that a listener does may change what happens, so none of these throws.
class Listener {
 public:
  virtual ~Listener() = default;

  virtual void note(const Shown& text) = 0;
  virtual void warning(const Shown& text) = 0;
  // Of use only before the run goes on: a platform shows it at once, not with the others at the end.
  virtual void urgent(const Shown& text) { warning(text); }

  virtual void backup_created(const BackupMade& backup) = 0;
  // "entrypoint.sh for SERVICE", or another file's path, of each.
  virtual void generated(const std::vector<std::string>& what) = 0;
  // The scripts that changed were looked at; also when a stop signal ended that early.
  virtual void linted(const LintReport& report, Duration elapsed) = 0;
  virtual void step_began(Step step, const Command& command) = 0;
  virtual void step_ended(Step step, const ProcessResult& result) = 0;
  // The health checks of a step: the attempts, unless many checks are run; the end of each of
  // several checks; and in the place of step_ended() the end of them all. `whose` is "the whole" or
  // a service's name, and "" for a check that is run alone.
  virtual void check_attempted(const std::string& whose, const HealthAttempt& attempt) = 0;
  virtual void check_ended(const ServiceHealth& health) = 0;
  virtual void checks_ended(const CheckResults& results) = 0;
  // `id`: the set that they came from.
  virtual void put_back(const std::vector<PutBack>& files, const std::string& id) = 0;
  // After all of these, and durable.
  virtual void restore_ended(size_t files, Duration elapsed) = 0;

  // Where a command's output goes while it runs; null: nowhere.
  virtual Output* live_output() = 0;
  virtual std::string live_prefix() = 0;
  // Is told of work of ours that takes long. Null: nobody wants to know.
  virtual Progress* progress() { return nullptr; }
  // Each second, what is waited for that others do; "": no longer.
  void waits(const std::string& what) {
    if (Progress* const watcher = progress()) watcher->waits(what);
  }
};

// Does what a run can do without. Where it fails, that is a warning, "TROUBLE: why", and the answer is false.
template <typename Action>
bool try_to(Listener& listener, const std::string& trouble, const Action& action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    listener.warning(trouble + ": " + error.message());
    return false;
  }
}

}  // namespace backstep
