// SPDX-License-Identifier: Apache-2.0
#include "health/check.h"

#include <algorithm>
#include <utility>

#include "base/exit_code.h"
#include "base/text.h"
#include "health/policy.h"

namespace backstep {

HealthResult run_health_check(const HealthCheck& check, Clock& clock, const RunAttempt& run,
                              const std::function<void(const HealthAttempt&)>& tell) {
  HealthPolicy policy(check);
  HealthResult result;
  const Duration start = clock.steady();
  while (true) {
    const Duration began = clock.steady() - start;
    const Duration left = std::max(check.deadline - began, Duration(1));
    result.last = run(std::min(check.timeout, left));
    result.elapsed = clock.steady() - start;
    if (result.last.end == ProcessResult::End::kStopped) break;
    ++result.attempts;
    const bool passed = result.last.succeeded();
    const int failures_before = policy.failures_in_a_row();
    const auto decision = policy.after(passed, began, result.elapsed);
    tell({result.attempts, passed, policy.failures_in_a_row() != failures_before,
          result.last.described(), result.last.elapsed});
    if (decision != HealthPolicy::Decision::kGoOn) {
      const bool healthy = decision == HealthPolicy::Decision::kHealthy;
      result.verdict =
          healthy ? HealthResult::Verdict::kHealthy : HealthResult::Verdict::kUnhealthy;
      result.reason = policy.reason();
      result.cannot_run = !healthy && result.last.cannot_run();
      return result;
    }
    const Duration rest = std::max(check.deadline - result.elapsed, Duration(0));
    if (clock.wait(std::min(check.interval, rest))) break;
  }
  result.verdict = HealthResult::Verdict::kStopped;
  return result;
}

namespace {

constexpr int kCannotRun = 126;  // as a shell would answer for a check that cannot run

// A URL that cannot be asked is a check that cannot run: it says nothing of the service.
void take_over_probes_words(ProcessResult& result) {
  using End = ProcessResult::End;
  if (result.succeeded() || (result.end != End::kExited && result.end != End::kTimedOut)) return;
  const std::string line = result.output.last_lines(1);
  result.told = printable(trimmed(line));
  if (result.end == End::kExited && result.code == static_cast<int>(ExitCode::kUsage)) {
    result.code = kCannotRun;
  }
}

std::vector<std::string> words_of(const Command& command) {
  if (!command.list.empty()) return command.list;
  std::vector<std::string> words;
  std::string word;
  for (const char c : command.text + " ") {
    if (std::string_view(" \t\n;&|<>()\"'").find(c) == std::string_view::npos) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

}  // namespace

ProcessResult attempt_check(const HealthCheck& check, ProcessRunner& runner, ProcessSpec spec) {
  spec.argv = check.argv();
  spec.leftovers = Leftovers::kSweep;
  if (check.http.empty()) return runner.run(spec);
  spec.live = nullptr;
  ProcessResult result = runner.run(spec);
  take_over_probes_words(result);
  return result;
}

bool names_missing_file(const Command& command, const Workspace& workspace) {
  for (std::string word : words_of(command)) {
    if (word.find('/') == std::string::npos || word.find("://") != std::string::npos) continue;
    if (word.starts_with("./")) word.erase(0, 2);
    if (word.starts_with(workspace.root + "/")) {
      word.erase(0, workspace.root.size() + 1);
    } else {
      word = workspace.resolve(word);
    }
    if (is_plain_relative_path(word) && !workspace.directory.status(word)) return true;
  }
  return false;
}

}  // namespace backstep
