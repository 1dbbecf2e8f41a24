// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/checkup.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/tracked_files.h"
#include "base/text.h"
#include "deploy/steps/checkup_words.h"
#include "health/side_by_side.h"
#include "store/sets/file_entry.h"

namespace backstep {
namespace {

constexpr Duration kBaselineLimit = std::chrono::seconds(10);
constexpr size_t kSideBySide = 20;  // attempts at a time; one takes three descriptors
constexpr size_t kFew = 5;          // checks whose attempts are told one by one
constexpr size_t kKeptLines = 10;   // of what an unhealthy service's check printed
constexpr size_t kKeptBytes = 4'000;

// What is asked: the check of the whole, if there is one, and behind it those of services.
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

CheckRow row_of(const std::vector<Asked>& asked, const CheckOrder& order) {
  CheckRow row;
  row.checks.reserve(asked.size());
  for (const Asked& one : asked) row.checks.push_back(&one.check.health);
  row.parallel = kSideBySide;
  // Made once: it reads files.
  ProcessSpec common = order.spec();
  common.environment.push_back("BACKSTEP_PHASE=" + order.phase);
  common.live = nullptr;
  row.spec = [&asked, common](size_t which) {
    ProcessSpec spec = common;
    if (!asked[which].service.empty()) {
      spec.environment.push_back("BACKSTEP_SERVICE=" + asked[which].service);
    }
    return spec;
  };
  return row;
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
    health.described = fmt::format("{} ({}, {})", result.last.described(), result.reason,
                                   counted(static_cast<size_t>(result.attempts), "attempt"));
    health.output_tail = tail_of(result.last);
  }
  return health;
}

// "the whole and 3 services", as the command that is shown.
std::string shown_row(const std::vector<Asked>& asked, const CheckOrder& order) {
  const bool whole = asked.front().service.empty();
  const std::string services = counted(asked.size() - (whole ? 1 : 0), "service");
  const std::string pace =
      asked.size() > kSideBySide ? fmt::format(", {} at a time", kSideBySide) : "";
  return (whole ? order.whole.shown().shown() + " and " : "") + services + pace;
}

Checkup check_whole(const Context& context, const CheckOrder& order) {
  Checkup checkup;
  if (order.whole.empty()) return checkup;
  ProcessSpec spec = order.spec();
  spec.environment.push_back("BACKSTEP_PHASE=" + order.phase);
  context.listener.step_began(Step::kHealthCheck, order.whole.shown());
  const auto attempt = [&](Duration timeout) {
    spec.timeout = timeout;
    return attempt_check(order.whole, context.runner, spec);
  };
  checkup.whole =
      run_health_check(order.whole, context.clock, attempt,
                       [&](const HealthAttempt& told) { context.listener.attempt(told); });
  context.listener.check_ended(*checkup.whole);
  checkup.stopped = checkup.whole->verdict == HealthResult::Verdict::kStopped;
  return checkup;
}

Checkup check_row(const Context& context, const CheckOrder& order,
                  const std::vector<Asked>& asked) {
  Listener& listener = context.listener;
  Checkup checkup;
  const Duration start = context.clock.steady();
  listener.step_began(Step::kHealthCheck, {shown_row(asked, order), {}});
  const RowListener telling{.attempted =
                                [&](size_t which, const HealthAttempt& attempt) {
                                  if (asked.size() <= kFew)
                                    listener.service_attempt(asked[which].service, attempt);
                                },
                            .decided =
                                [&](size_t which, const HealthResult& result) {
                                  ServiceHealth health = health_of(asked[which], result);
                                  listener.service_checked(health);
                                  if (health.service.empty()) {
                                    checkup.whole = result;
                                  } else {
                                    checkup.services.push_back(std::move(health));
                                  }
                                }};
  checkup.stopped =
      run_side_by_side(row_of(asked, order), context.clock, context.runner, telling) != 0;
  std::sort(checkup.services.begin(), checkup.services.end(),
            [](const auto& a, const auto& b) { return a.service < b.service; });
  listener.checks_ended({.healthy = checkup.healthy(),
                         .stopped = checkup.stopped,
                         .elapsed = context.clock.steady() - start,
                         .summary = summary_of(checkup),
                         .services = checkup.services});
  return checkup;
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
  if (asked.empty() || (asked.size() == 1 && asked.front().service.empty())) {
    return check_whole(context, order);
  }
  return check_row(context, order, asked);
}

Baseline ask_baseline(const Context& context, const CheckOrder& order) {
  const std::vector<Asked> asked = asked_by(order);
  Baseline baseline;
  if (asked.empty()) return baseline;
  size_t answers = 0;
  const int signal =
      ask_each_once(row_of(asked, order), kBaselineLimit, context.clock, context.runner,
                    [&](size_t which, const ProcessResult& result) {
                      ++answers;
                      if (result.succeeded()) return;
                      const Asked& one = asked[which];
                      BaselineAnswer answer{one.service, one.check.health, one.check.on_failure,
                                            result.cannot_run(), result};
                      if (!answer.cannot_run) answer.result.output = {};
                      baseline.failed.push_back(std::move(answer));
                    });
  if (signal != 0) baseline.stopped_by = signal;
  baseline.not_asked = asked.size() - answers;
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
