// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/checkup.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/tracked_files.h"
#include "base/text.h"
#include "deploy/steps/checkup_words.h"
#include "health/checks.h"
#include "store/sets/file_entry.h"

namespace backstep {
namespace {

constexpr Duration kBaselineLimit = std::chrono::seconds(10);
constexpr size_t kSideBySide = 20;  // attempts at a time; one takes three descriptors
constexpr size_t kFew = 5;          // checks whose attempts are told one by one
constexpr size_t kKeptLines = 10;   // of what an unhealthy service's check printed
constexpr size_t kKeptBytes = 4'000;

// One of the checks that an order asks for: that of the whole, or that of a service.
struct Asked {
  std::string service;  // "": the whole
  ServiceCheck check;
};

std::vector<Asked> asked_by(const CheckOrder& order) {
  std::vector<Asked> asked;
  if (!order.whole.empty()) asked.push_back({"", {order.whole, OnFailure::kRollback}});
  for (const std::string& service : order.services) {
    if (auto check = order.checks.of(service)) asked.push_back({service, std::move(*check)});
  }
  return asked;
}

ChecksToRun to_run(const std::vector<Asked>& asked, const CheckOrder& order, Output* live) {
  ChecksToRun checks;
  checks.checks.reserve(asked.size());
  for (const Asked& one : asked) checks.checks.push_back(&one.check.health);
  checks.parallel = kSideBySide;
  ProcessSpec common = order.spec();  // made once, because it reads files
  common.environment.push_back("BACKSTEP_PHASE=" + order.phase);
  common.live = live;
  checks.spec = [&asked, common](size_t which) {
    ProcessSpec spec = common;
    if (!asked[which].service.empty()) {
      spec.environment.push_back("BACKSTEP_SERVICE=" + asked[which].service);
    }
    return spec;
  };
  return checks;
}

std::string tail_of(const ProcessResult& result) {
  if (!result.told.empty()) return "";
  std::string tail = result.output.last_lines(kKeptLines);
  return tail.size() <= kKeptBytes ? tail : "… " + tail.substr(tail.size() - kKeptBytes);
}

ServiceHealth health_of(const Asked& asked, const HealthResult& result) {
  ServiceHealth health;
  health.service = asked.service;
  health.on_failure = asked.check.on_failure;
  health.healthy = result.healthy();
  health.could_run = !result.cannot_run;
  health.attempts = result.attempts;
  health.elapsed = result.elapsed;
  if (!health.healthy) {
    health.described = result.described();
    health.output_tail = tail_of(result.last);
  }
  return health;
}

// Runs the checks of an order and tells of them through the listener.
class Checking {
 public:
  Checking(const Context& context, const CheckOrder& order, const std::vector<Asked>& asked)
      : context_(context),
        listener_(context.listener),
        order_(order),
        asked_(asked),
        alone_(asked.size() == 1 && asked.front().service.empty()) {}

  Checkup run() {
    Clock& clock = context_.clock;
    const Duration start = clock.steady();
    const ChecksToRun checks = to_run(asked_, order_, alone_ ? listener_.live_output() : nullptr);
    listener_.step_began(Step::kHealthCheck, shown());
    const auto attempted = [this](size_t which, const HealthAttempt& attempt) {
      if (asked_.size() <= kFew) listener_.check_attempted(whose(which), attempt);
    };
    const auto ended = [this](size_t which, const HealthResult& result) { take(which, result); };
    checkup_.stopped = run_checks(checks, clock, context_.runner, {attempted, ended}) != 0;
    std::sort(checkup_.services.begin(), checkup_.services.end(),
              [](const auto& a, const auto& b) { return a.service < b.service; });
    listener_.checks_ended(alone_ ? end_of_one() : end_of_all(clock.steady() - start));
    return std::move(checkup_);
  }

 private:
  // What is shown as the step's command: that of a check alone, or "the whole and 3 services".
  Command shown() const {
    if (alone_) return order_.whole.shown();
    const bool whole = asked_.front().service.empty();
    const std::string services = counted(asked_.size() - (whole ? 1 : 0), "service");
    const std::string pace =
        asked_.size() > kSideBySide ? fmt::format(", {} at a time", kSideBySide) : "";
    return {(whole ? order_.whole.shown().shown() + " and " : "") + services + pace, {}};
  }

  std::string whose(size_t which) const {
    return alone_ ? "" : name_of_checked(asked_[which].service);
  }

  // Of several checks those that were not decided are left out.
  void take(size_t which, const HealthResult& result) {
    if (result.verdict == HealthResult::Verdict::kUndecided && !alone_) return;
    ServiceHealth health = health_of(asked_[which], result);
    if (!alone_) listener_.check_ended(health);
    if (health.service.empty()) {
      checkup_.whole = result;
    } else {
      checkup_.services.push_back(std::move(health));
    }
  }

  ChecksEnd end_of_one() const {
    const HealthResult& whole = *checkup_.whole;
    return {.healthy = whole.healthy(),
            .stopped = checkup_.stopped,
            .alone = true,
            .attempts = whole.attempts,
            .elapsed = whole.elapsed,
            .summary = fmt::format("{} ({})", whole.healthy() ? "passed" : whole.last.described(),
                                   counted(static_cast<size_t>(whole.attempts), "attempt")),
            .services = {}};
  }

  ChecksEnd end_of_all(Duration elapsed) const {
    return {.healthy = checkup_.healthy(),
            .stopped = checkup_.stopped,
            .elapsed = elapsed,
            .summary = summary_of(checkup_),
            .services = checkup_.services};
  }

  const Context& context_;
  Listener& listener_;
  const CheckOrder& order_;
  const std::vector<Asked>& asked_;
  const bool alone_;  // only the check of the whole: its output is shown while it runs
  Checkup checkup_;
};

BaselineAnswer failure_of(const Asked& asked, const HealthResult& result) {
  BaselineAnswer answer{asked.service, asked.check.health, asked.check.on_failure,
                        result.cannot_run, result.last};
  if (!answer.cannot_run) answer.result.output = {};
  return answer;
}

std::vector<std::string> services_among(const std::vector<std::string>& paths,
                                        const Patterns& patterns) {
  std::vector<std::string> services;
  for (const std::string& path : paths) {
    std::string name = patterns.service_of(path);
    if (!name.empty()) services.push_back(std::move(name));
  }
  std::sort(services.begin(), services.end());
  return services;
}

}  // namespace

bool Checkup::healthy() const {
  return (!whole || whole->healthy()) && names_of(&ServiceHealth::asks_for_rollback).empty();
}

bool Checkup::passed() const {
  if (!healthy() || !asked()) return false;
  const auto decides = [](const ServiceHealth& health) {
    return health.on_failure == OnFailure::kRollback;
  };
  if (whole || std::any_of(services.begin(), services.end(), decides)) return true;
  return names_of(&ServiceHealth::only_warns).empty();
}

std::vector<std::string> Checkup::failed_for_sure_of() const {
  std::vector<std::string> names;
  if (whole && !whole->healthy() && !whole->cannot_run) names.emplace_back();
  for (const ServiceHealth& health : services) {
    if (health.asks_for_rollback() && health.could_run) names.push_back(health.service);
  }
  return names;
}

int Checkup::attempts() const {
  if (whole) return whole->attempts;
  int most = 0;
  for (const ServiceHealth& health : services) most = std::max(most, health.attempts);
  return most;
}

std::vector<std::string> Checkup::names_of(bool (ServiceHealth::*holds)() const) const {
  std::vector<std::string> names;
  for (const ServiceHealth& health : services) {
    if ((health.*holds)()) names.push_back(health.service);
  }
  return names;
}

Checkup check_up(const Context& context, const CheckOrder& order) {
  const std::vector<Asked> asked = asked_by(order);
  return asked.empty() ? Checkup() : Checking(context, order, asked).run();
}

Baseline ask_baseline(const Context& context, const CheckOrder& order) {
  std::vector<Asked> asked = asked_by(order);
  for (Asked& one : asked) one.check.health = with_one_attempt(one.check.health);
  ChecksToRun checks = to_run(asked, order, nullptr);
  checks.limit = kBaselineLimit;
  Baseline baseline;
  const auto ended = [&](size_t which, const HealthResult& result) {
    const bool undecided = result.verdict == HealthResult::Verdict::kUndecided;
    if (undecided || result.last.lacked_room()) {
      ++baseline.not_asked;
    } else if (!result.healthy()) {
      baseline.failed.push_back(failure_of(asked[which], result));
    }
  };
  const int signal = run_checks(checks, context.clock, context.runner,
                                {[](size_t, const HealthAttempt&) {}, ended});
  if (signal != 0) baseline.stopped_by = signal;
  std::sort(baseline.failed.begin(), baseline.failed.end(),
            [](const auto& a, const auto& b) { return a.service < b.service; });
  return baseline;
}

std::vector<std::string> entries_without_service(const ServiceChecks& checks,
                                                 const std::vector<std::string>& services) {
  std::vector<std::string> sentences;
  for (const auto& [name, check] : checks.own) {
    if (std::binary_search(services.begin(), services.end(), name)) continue;
    const std::string meant = closest_match(name, services);
    sentences.push_back(fmt::format(
        "no service is called {}{}: its entry in 'services' checks nothing", in_quotes(name),
        meant.empty() ? "" : fmt::format(" (did you mean '{}'?)", meant)));
  }
  return sentences;
}

std::vector<std::string> services_here(const Workspace& workspace, const Patterns& patterns,
                                       const StorePlace& place) {
  const TrackedFiles files =
      find_tracked_files(workspace.directory, patterns, place, Oddities::kReport);
  return services_among(files.present_paths(), patterns);
}

std::vector<std::string> services_there(const std::vector<RecordedFile>& recorded,
                                        const Patterns& patterns) {
  std::vector<std::string> paths;
  for (const RecordedFile& file : recorded) {
    if (!file.sha256.empty()) paths.push_back(file.path);
  }
  return services_among(paths, patterns);
}

}  // namespace backstep
