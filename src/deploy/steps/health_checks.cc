// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "health/check.h"
#include "system/container.h"

namespace backstep {
namespace {

constexpr Duration kBaselineLimit = std::chrono::seconds(10);
constexpr size_t kSideBySide = 20;  // attempts at a time; each takes three descriptors
constexpr size_t kFew = 5;          // of up to so many checks each attempt is told
constexpr size_t kLinesOfWhole = 20;
constexpr size_t kKeptLines = 10;  // of what an unhealthy service's check printed
constexpr size_t kKeptBytes = 4'000;

// One of the checks of a request.
struct RequestedCheck {
  std::string service;  // "": it is the check of the whole
  ServiceCheck check;
};
using RequestedChecks = std::vector<RequestedCheck>;

RequestedChecks checks_of(const CheckRequest& request) {
  RequestedChecks checks;
  const Config& settings = request.settings;
  if (!settings.health.empty()) checks.push_back({"", {settings.health, OnFailure::kRollback}});
  for (const std::string& service : request.services) {
    auto check = settings.service_checks.of(service);
    if (check) checks.push_back({service, std::move(*check)});
  }
  for (auto& [service, check] : checks) {
    HealthCheck& health = check.health;
    if (request.thoroughness == Thoroughness::kOnePass) health.min_healthy_time = Duration(0);
    if (request.thoroughness == Thoroughness::kBaseline) health = with_one_attempt(health);
  }
  return checks;
}

std::string tail_of(const ProcessResult& result, bool is_whole) {
  if (!result.told.empty()) return "";
  if (is_whole) return result.output.last_lines(kLinesOfWhole);
  std::string tail = result.output.last_lines(kKeptLines);
  return tail.size() <= kKeptBytes ? tail : "… " + tail.substr(tail.size() - kKeptBytes);
}

ServiceHealth health_of(const RequestedCheck& one, const HealthResult& result) {
  ServiceHealth health;
  health.service = one.service;
  health.on_failure = one.check.on_failure;
  health.healthy = result.healthy();
  health.could_run = !result.cannot_run;
  health.attempts = result.attempts;
  health.elapsed = result.elapsed;
  health.proof = result.proof;
  health.ending = result.ending();
  health.reason = result.reason;
  if (!health.healthy) {
    health.described = result.described();
    health.output_tail = tail_of(result.last, one.service.empty());
  }
  return health;
}

// Runs the checks of a request and tells of them through the listener.
class Checking {
 public:
  Checking(const Context& context, const CheckRequest& request, const RequestedChecks& checks)
      : context_(context), request_(request), checks_(checks) {
    results_.alone = checks.size() == 1 && checks.front().service.empty();
  }

  CheckResults run() {
    Clock& clock = context_.clock;
    const Duration start = clock.steady();
    if (!is_baseline_) listener_.step_began(Step::kHealthCheck, shown());
    const auto attempted = [this](size_t which, const HealthAttempt& attempt) {
      if (!is_baseline_ && checks_.size() <= kFew) listener_.check_attempted(whose(which), attempt);
      is_first_ = false;
    };
    const auto ended = [this](size_t which, const HealthResult& result) { take(which, result); };
    CheckEvents events{attempted, ended};
    if (!is_baseline_) events.waits = [this](const std::string& what) { listener_.waits(what); };
    results_.stopped = run_checks(to_run(), clock, context_.runner, events) != 0;
    listener_.waits("");
    std::ranges::sort(results_.services, {}, &ServiceHealth::service);
    results_.elapsed = clock.steady() - start;
    if (!is_baseline_) listener_.checks_ended(results_);
    return std::move(results_);
  }

 private:
  ChecksToRun to_run() const {
    ChecksToRun to_run;
    for (const RequestedCheck& one : checks_) to_run.checks.push_back(&one.check.health);
    to_run.shell = request_.settings.shell;
    to_run.parallel = kSideBySide;
    to_run.spec = [this](size_t which) { return spec_of(checks_[which].service); };
    if (is_baseline_) to_run.limit = kBaselineLimit;
    return to_run;
  }

  ProcessSpec spec_of(const std::string& service) const {
    ProcessSpec spec = request_.spec;
    spec.environment.push_back(is_baseline_ ? "BACKSTEP_PHASE=baseline" : "BACKSTEP_PHASE=health_check");
    if (!service.empty()) spec.environment.push_back("BACKSTEP_SERVICE=" + service);
    // What a further attempt prints is told with its end, as most often it is the same once more.
    const bool is_shown = results_.alone && !is_baseline_ && is_first_;
    spec.live = is_shown ? listener_.live_output() : nullptr;
    return spec;
  }

  // What is shown as the step's command: "./check.sh", "./check.sh and 3 services", "3 services".
  Command shown() const {
    const Command whole_check = request_.settings.health.shown();
    if (results_.alone) return whole_check;
    const bool whole = checks_.front().service.empty();
    const std::string services = counted(checks_.size() - (whole ? 1 : 0), "service");
    const std::string pace = checks_.size() > kSideBySide ? fmt::format(", {} at a time", kSideBySide) : "";
    return {(whole ? whole_check.shown() + " and " : "") + services + pace, {}};
  }

  std::string whose(size_t which) const { return results_.alone ? "" : name_of_check(checks_[which].service); }

  // A check alone has a result even if a stop signal came first. Of several checks only the decided
  // ones have, and of a baseline those for which there was room.
  bool has_result(const HealthResult& ended) const {
    if (is_baseline_ && ended.last.lacked_room()) return false;
    const bool decided = ended.verdict != HealthResult::Verdict::kUndecided;
    return decided || (results_.alone && !is_baseline_);
  }

  // `docker exec` and `ssh` hand on the 126 or 127 of the other side, which is an answer about the
  // service. The check cannot run only where the program that it begins with is missing here.
  HealthResult judged(const RequestedCheck& one, HealthResult result) const {
    const HealthCheck& check = one.check.health;
    const bool may_be_anothers = result.last.end == ProcessResult::End::kExited && check.ask.url.empty();
    if (result.cannot_run && may_be_anothers) {
      const Command command = command_for(check.test, one.service);
      result.cannot_run = !look_for_program(context_, command, request_.settings.shell).why.empty();
    }
    return result;
  }

  void take(size_t which, const HealthResult& ended) {
    if (!has_result(ended)) {
      ++results_.not_run;
      return;
    }
    const HealthResult result = judged(checks_[which], ended);
    ServiceHealth health = health_of(checks_[which], result);
    if (!results_.alone && !is_baseline_) listener_.check_ended(health);
    if (health.service.empty()) {
      results_.advice = missing_program_advice(result.last, request_.settings.health.test, context_.environment);
      if (!health.healthy) results_.output_of_whole = result.last.output.text();
      results_.whole = std::move(health);
    } else {
      results_.services.push_back(std::move(health));
    }
  }

  const Context& context_;
  const CheckRequest& request_;
  const RequestedChecks& checks_;
  Listener& listener_ = context_.listener;
  const bool is_baseline_ = request_.thoroughness == Thoroughness::kBaseline;
  bool is_first_ = true;  // attempt of any check
  CheckResults results_;
};

ProcessSpec standalone_spec(const Context& context) {
  ProcessSpec spec;
  spec.environment = {"BACKSTEP_HOST_GATEWAY=" + host_gateway(context.environment)};
  spec.directory = context.workspace.path();
  spec.grace = context.config.timeouts.stop_grace;
  spec.live_prefix = context.listener.live_prefix();
  return spec;
}

}  // namespace

CheckResults check_health(const Context& context, const CheckRequest& request) {
  const RequestedChecks checks = checks_of(request);
  return checks.empty() ? CheckResults() : Checking(context, request, checks).run();
}

CheckResults check_health_standalone(const Context& context) {
  const ServiceChecks& checks = context.config.service_checks;
  const auto services = services_here(context.tree(context.patterns), &context.listener);
  for (const std::string& text : entries_without_service(checks, services)) {
    context.listener.warning(text);
  }
  return check_health(context, {.settings = context.config, .services = services, .spec = standalone_spec(context)});
}

}  // namespace backstep
