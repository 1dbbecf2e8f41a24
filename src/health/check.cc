// SPDX-License-Identifier: Apache-2.0
#include "health/check.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/settings.h"

namespace backstep {
namespace {

// When a check is unhealthy of which every attempt fails from here on; each takes that long. All
// times are counted from the beginning of the first one.
Duration gives_up(const HealthCheck& check, Duration next_end, int failures, Duration attempt) {
  const bool is_quick = check.start_interval > Duration(0);
  const Duration turn = std::max(attempt + check.interval, Duration(1));
  const Duration first_turn = is_quick ? attempt + check.start_interval : turn;
  const Duration starting = std::max(check.start_period - next_end, Duration(0));
  const auto uncounted = (starting + first_turn - Duration(1)) / first_turn;
  const Duration counted = turn * (check.retries - failures - 1);
  return std::min(next_end + first_turn * uncounted + counted, check.deadline);
}

}  // namespace

std::string patience_words(const Config& settings) {
  std::vector<HealthCheck> checks = {settings.health, settings.service_checks.each.health};
  for (const auto& [service, own] : settings.service_checks.own) checks.push_back(own.health);
  Duration failing{0};
  Duration hanging{0};
  for (const HealthCheck& check : checks) {
    if (check.empty()) continue;
    failing = std::max(failing, gives_up(check, Duration(0), 0, Duration(0)));
    hanging = std::max(hanging, gives_up(check, check.timeout, 0, check.timeout));
  }
  if (failing == Duration(0)) {
    return fmt::format("until the first attempt of its check fails, {} if that hangs", spoken_duration(hanging));
  }
  return fmt::format("for about {} until the health check gives up, {} if each attempt hangs", spoken_duration(failing),
                     spoken_duration(hanging));
}

std::string HealthProof::words() const {
  if (passes < 2) return {};
  const auto seconds = held.count() / 1000;
  return fmt::format("passed {} times over {}", passes,
                     seconds > 0 ? fmt::format("{} s", seconds) : spoken_duration(held));
}

std::string HealthResult::described() const {
  return fmt::format("{} ({}, {})", ending(), reason, counted(static_cast<size_t>(attempts), "attempt"));
}

Duration HealthPolicy::begin(Duration now) {
  if (!first_) first_ = now;
  began_ = now - *first_;
  const Duration left = std::max(check_.deadline - began_, Duration(1));
  return std::min(check_.timeout, left);
}

HealthAttempt HealthPolicy::end(ProcessResult last, Duration now) {
  stop(std::move(last), now);
  ++result_.attempts;
  const bool passed = result_.last.succeeded();
  const int failures_before = failures_;
  result_.verdict = after(passed, began_, result_.elapsed);
  const bool waits = !decided() && result_.proof.passes == 1;
  result_.cannot_run =
      result_.verdict == Verdict::kUnhealthy && (result_.last.cannot_run() || result_.last.lacked_room());
  std::string output = result_.last.told.empty() ? result_.last.output.text() : "";
  // Only the last attempt's is needed, and that of hundreds of checks would fill the memory.
  if (!decided()) result_.last.output = {};
  return {result_.attempts,
          passed,
          failures_ != failures_before,
          result_.last.described(),
          result_.last.elapsed,
          waits ? check_.min_healthy_time : Duration(0),
          result_.last.told,
          std::move(output)};
}

HealthPolicy::Verdict HealthPolicy::after(bool passed, Duration began, Duration now) {
  if (passed) return after_pass(began, now);
  result_.proof = {};
  if (now >= check_.start_period) ++failures_;
  if (failures_ >= check_.retries) {
    result_.reason = counted(static_cast<size_t>(failures_), "failure") + " in a row";
    return Verdict::kUnhealthy;
  }
  if (now < check_.deadline) return Verdict::kUndecided;
  result_.reason = fmt::format("not healthy within {}", format_duration(check_.deadline));
  return Verdict::kUnhealthy;
}

HealthPolicy::Verdict HealthPolicy::after_pass(Duration began, Duration now) {
  failures_ = 0;
  HealthProof& proof = result_.proof;
  if (proof.passes++ == 0) healthy_since_ = now;
  proof.held = std::max(began - healthy_since_, Duration(0));
  if (proof.held >= check_.min_healthy_time) return Verdict::kHealthy;
  if (healthy_since_ + check_.min_healthy_time < check_.deadline) return Verdict::kUndecided;
  result_.reason = fmt::format("not healthy for {} within {}", format_duration(check_.min_healthy_time),
                               format_duration(check_.deadline));
  return Verdict::kUnhealthy;
}

void HealthPolicy::stop(ProcessResult last, Duration now) {
  result_.last = std::move(last);
  result_.elapsed = now - *first_;
}

Duration HealthPolicy::pause() const {
  const Duration now = result_.elapsed;
  const Duration rest = std::max(check_.deadline - now, Duration(0));
  const bool is_starting = now < check_.start_period && check_.start_interval > Duration(0);
  const Duration pause = std::min(is_starting ? check_.start_interval : check_.interval, rest);
  if (result_.proof.passes == 0) return pause;
  return std::clamp(healthy_since_ + check_.min_healthy_time - now, Duration(0), pause);
}

std::string HealthPolicy::outlook(Duration now, Duration next) const {
  const Duration first = first_.value_or(now);
  const Duration attempt = result_.last.elapsed;
  const bool passes = result_.proof.passes > 0;
  const Duration end = first + (passes ? healthy_since_ + check_.min_healthy_time
                                       : gives_up(check_, next - first + attempt, failures_, attempt));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(next - now).count();
  return fmt::format("attempt {}{}, {} {}", result_.attempts + 1, seconds > 0 ? fmt::format(" in {} s", seconds) : "",
                     passes ? "must keep passing for" : "gives up in", running_time(std::max(end - now, Duration(0))));
}

HealthCheck with_one_attempt(HealthCheck check) {
  check.retries = 1;
  check.start_period = Duration(0);
  check.min_healthy_time = Duration(0);
  check.deadline = check.timeout;
  return check;
}

ProcessSpec spec_of_attempt(const HealthCheck& check, Shell shell, ProcessSpec spec) {
  spec.argv = check.argv(shell);
  spec.leftovers = Leftovers::kSweep;
  if (check.ask.url.empty()) return spec;
  spec.live = nullptr;
  spec.environment.push_back(fmt::format("{}={}", HealthCheck::kUrlVariable, check.ask.url));
  Config config;
  config.health = check;
  for (const Setting& setting : settings_of_url()) {
    const RawValue value = setting.raw(config);
    const std::string text = value.text + joined(value.list, "\n");
    spec.environment.push_back(fmt::format("{}={}", setting.name, text));
  }
  return spec;
}

ProcessResult end_of_attempt(const HealthCheck& check, ProcessResult result) {
  using End = ProcessResult::End;
  const bool has_exited = result.end == End::kExited;
  if (check.ask.url.empty() || (!has_exited && result.end != End::kTimedOut)) return result;
  result.told = printable(trimmed(result.output.last_lines(1)));
  if (has_exited && result.code == static_cast<int>(ExitCode::kUsage)) {
    result.code = kExitNotExecutable;  // as a shell would answer for a check that cannot run
  }
  return result;
}

}  // namespace backstep
