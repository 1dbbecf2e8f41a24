// SPDX-License-Identifier: Apache-2.0
#include "health/check.h"

#include <fmt/core.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <set>

namespace backstep {
namespace {

class Loop {
 public:
  Loop(const ChecksToRun& to_run, Clock& clock, ProcessRunner& runner, const CheckEvents& events)
      : to_run_(to_run),
        clock_(clock),
        events_(events),
        commands_(runner.side_by_side()),
        parallel_(to_run.parallel),
        end_(to_run.limit ? clock.steady() + *to_run.limit : Duration::max()),
        cut_short_(to_run.checks.size()) {
    attempts_.reserve(to_run.checks.size());
    for (const HealthCheck* check : to_run.checks) attempts_.emplace_back(*check);
  }

  int run() {
    while (signal_ == 0) {
      start_due();
      if (events_.waits) events_.waits(outlook());
      if (commands_->running() > 0) {
        take_all(commands_->wait(until_next()));
      } else if (again_.empty() || clock_.steady() >= end_) {
        break;
      } else if (clock_.wait(until_next())) {
        signal_ = SIGTERM;  // the clock does not say which stop signal it was
      }
    }
    while (commands_->running() > 0) commands_->wait();
    for (size_t which = 0; which < attempts_.size(); ++which) {
      if (!attempts_[which].decided()) events_.ended(which, attempts_[which].take());
    }
    return signal_;
  }

 private:
  using Ended = SideBySide::Ended;

  bool has_room() const { return commands_->running() < parallel_; }

  // A further attempt goes before the first of another check: what has begun is decided soon.
  void start_due() {
    const Duration now = clock_.steady();
    while (has_room() && now < end_) {
      if (!again_.empty() && again_.begin()->first <= now) {
        const auto [due, which] = again_.extract(again_.begin()).value();
        attempts_[which].stood_still(now - due);
        start(which, now);
      } else if (next_new_ < attempts_.size()) {
        start(next_new_++, now);
      } else {
        return;
      }
    }
  }

  void start(size_t which, Duration now) {
    const HealthCheck& check = *to_run_.checks[which];
    const Duration left = end_ - now;
    ProcessSpec spec = spec_of_attempt(check, to_run_.shell, to_run_.spec(which));
    spec.timeout = std::min(attempts_[which].begin(now), left);
    cut_short_[which] = time_was_used_ && left < check.timeout;
    commands_->start(which, std::move(spec));
  }

  Duration until_next() const {
    const Duration most = events_.waits ? std::chrono::seconds(1) : SideBySide::kLong;
    if (again_.empty() || !has_room()) return most;
    return std::clamp(again_.begin()->first - clock_.steady(), Duration(0), most);
  }

  std::string outlook() const {
    const Duration now = clock_.steady();
    const Duration next = again_.empty() ? now : std::max(now, again_.begin()->first);
    if (attempts_.size() == 1) return attempts_.front().outlook(now, next);
    return fmt::format("{} of {} health checks have ended", std::ranges::count_if(attempts_, &HealthPolicy::decided),
                       attempts_.size());
  }

  void take_all(std::vector<Ended> ends) {
    // Where any command found room to run, those that found none may wait for it.
    const auto ran = [](const Ended& one) { return !one.result.lacked_room(); };
    const bool may_wait = commands_->running() > 0 || std::ranges::any_of(ends, ran);
    for (Ended& one : ends) {
      if (one.result.end == ProcessResult::End::kStopped) {
        signal_ = one.result.signal;
        attempts_[one.key].stop(std::move(one.result), clock_.steady());
      } else if (may_wait && one.result.lacked_room()) {
        parallel_ = std::max(commands_->running(), size_t{1});
        again_.emplace(clock_.steady(), one.key);
      } else if (!cut_short_[one.key] || one.result.end != ProcessResult::End::kTimedOut) {
        take(std::move(one));
      }
    }
    time_was_used_ = true;
  }

  void take(Ended one) {
    const size_t which = one.key;
    HealthPolicy& attempts = attempts_[which];
    const Duration now = clock_.steady();
    ProcessResult result = end_of_attempt(*to_run_.checks[which], std::move(one.result));
    events_.attempted(which, attempts.end(std::move(result), now));
    if (attempts.decided()) {
      events_.ended(which, attempts.take());
    } else {
      again_.emplace(now + attempts.pause(), which);
    }
  }

  const ChecksToRun& to_run_;
  Clock& clock_;
  const CheckEvents& events_;
  std::unique_ptr<SideBySide> commands_;
  size_t parallel_;     // at most; it shrinks when there was no room
  const Duration end_;  // of the limit for all
  std::vector<HealthPolicy> attempts_;
  std::vector<bool> cut_short_;                  // whether earlier checks left it less than its own timeout
  std::set<std::pair<Duration, size_t>> again_;  // when a further attempt is due, and of which check
  size_t next_new_ = 0;                          // the first check that has had no attempt yet
  bool time_was_used_ = false;                   // whether any attempt has ended
  int signal_ = 0;
};

}  // namespace

int run_checks(const ChecksToRun& to_run, Clock& clock, ProcessRunner& runner, const CheckEvents& events) {
  return Loop(to_run, clock, runner, events).run();
}

}  // namespace backstep
