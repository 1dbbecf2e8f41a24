// SPDX-License-Identifier: Apache-2.0
#include "health/side_by_side.h"

#include <algorithm>
#include <csignal>
#include <deque>
#include <set>
#include <utility>

namespace backstep {
namespace {

constexpr Duration kLong = std::chrono::hours(1);

bool is_stopped(const ProcessResult& result) {
  return result.end == ProcessResult::End::kStopped;
}

using Ends = std::vector<SideBySide::Ended>;

// Whether any of the commands has found room to run: then the others may wait for it.
bool some_ran(const SideBySide& commands, const Ends& ends) {
  return commands.running() > 0 || std::any_of(ends.begin(), ends.end(), [](const auto& ended) {
           return !ended.result.lacked_room();
         });
}

// A second attempt that is due goes before the first one of another check: what has begun is
// decided first. Where more are due than may run, the wait for a turn is no part of a check's own
// time: a healthy service must not miss its deadline in a queue.
class Running {
 public:
  Running(const CheckRow& row, Clock& clock, ProcessRunner& runner, const RowListener& listener)
      : row_(row),
        clock_(clock),
        listener_(listener),
        commands_(runner.side_by_side()),
        parallel_(row.parallel) {
    courses_.reserve(row.checks.size());
    for (const HealthCheck* check : row.checks) courses_.emplace_back(*check);
  }

  int run() {
    while (signal_ == 0 && (!again_.empty() || commands_->running() > 0 || next_fresh_left())) {
      start_due();
      if (commands_->running() == 0) {
        if (clock_.wait(until_next())) return SIGTERM;
        continue;
      }
      take_all(commands_->wait(until_next()));
    }
    while (commands_->running() > 0) commands_->wait(kLong);
    return signal_;
  }

 private:
  bool next_fresh_left() const { return next_fresh_ < courses_.size(); }
  bool has_room() const { return commands_->running() < parallel_; }

  void start_due() {
    const Duration now = clock_.steady();
    while (has_room()) {
      if (!again_.empty() && again_.begin()->first <= now) {
        const auto [due, which] = again_.extract(again_.begin()).value();
        courses_[which].stood_still(now - due);
        start(which, now);
      } else if (next_fresh_left()) {
        start(next_fresh_++, now);
      } else {
        return;
      }
    }
  }

  void start(size_t which, Duration now) {
    ProcessSpec spec = spec_of_attempt(*row_.checks[which], row_.spec(which));
    spec.timeout = courses_[which].begin(now);
    commands_->start(which, std::move(spec));
  }

  Duration until_next() const {
    if (again_.empty() || !has_room()) return kLong;
    return std::max(again_.begin()->first - clock_.steady(), Duration(0));
  }

  void take_all(Ends ends) {
    const bool may_wait = some_ran(*commands_, ends);
    for (SideBySide::Ended& ended : ends) {
      if (is_stopped(ended.result)) {
        signal_ = ended.result.signal;
      } else if (may_wait && ended.result.lacked_room()) {
        parallel_ = std::max(commands_->running(), size_t{1});
        again_.emplace(clock_.steady(), ended.key);
      } else {
        take(std::move(ended));
      }
    }
  }

  void take(SideBySide::Ended ended) {
    CheckCourse& course = courses_[ended.key];
    const Duration now = clock_.steady();
    listener_.attempted(
        ended.key,
        course.end(end_of_attempt(*row_.checks[ended.key], std::move(ended.result)), now));
    if (course.decided()) {
      listener_.decided(ended.key, course.take());
    } else {
      again_.emplace(now + course.pause(), ended.key);
    }
  }

  const CheckRow& row_;
  Clock& clock_;
  const RowListener& listener_;
  std::unique_ptr<SideBySide> commands_;
  size_t parallel_;  // at most; less once there was no room
  std::vector<CheckCourse> courses_;
  std::set<std::pair<Duration, size_t>> again_;  // when the next attempt is due, and whose
  size_t next_fresh_ = 0;
  int signal_ = 0;
};

// One attempt of each, as long as the time lasts.
class AskingOnce {
 public:
  using Answered = std::function<void(size_t which, const ProcessResult&)>;

  AskingOnce(const CheckRow& row, Duration limit, Clock& clock, ProcessRunner& runner)
      : row_(row),
        clock_(clock),
        end_(clock.steady() + limit),
        commands_(runner.side_by_side()),
        parallel_(row.parallel),
        cut_(row.checks.size()) {
    for (size_t which = 0; which < row.checks.size(); ++which) waiting_.push_back(which);
  }

  int ask(const Answered& answered) {
    while (true) {
      while (may_start()) start_next();
      if (commands_->running() == 0) return signal_;
      Ends ends = commands_->wait(kLong);
      const bool may_wait = some_ran(*commands_, ends);
      for (SideBySide::Ended& ended : ends) take(std::move(ended), may_wait, answered);
      time_was_used_ = true;
    }
  }

 private:
  bool may_start() const {
    return signal_ == 0 && !waiting_.empty() && clock_.steady() < end_ &&
           commands_->running() < parallel_;
  }

  void start_next() {
    const size_t which = waiting_.front();
    waiting_.pop_front();
    const Duration own = row_.checks[which]->timeout;
    ProcessSpec spec = spec_of_attempt(*row_.checks[which], row_.spec(which));
    spec.timeout = std::min(own, std::max(end_ - clock_.steady(), Duration(1)));
    cut_[which] = time_was_used_ && spec.timeout < own;
    commands_->start(which, std::move(spec));
  }

  void take(SideBySide::Ended ended, bool may_wait, const Answered& answered) {
    if (is_stopped(ended.result)) {
      signal_ = ended.result.signal;
      return;
    }
    if (ended.result.lacked_room()) {
      parallel_ = std::max(commands_->running(), size_t{1});
      if (may_wait) waiting_.push_back(ended.key);
      return;  // else there is no room for it at all, which is no answer
    }
    if (cut_[ended.key] && ended.result.end == ProcessResult::End::kTimedOut) return;
    answered(ended.key, end_of_attempt(*row_.checks[ended.key], std::move(ended.result)));
  }

  const CheckRow& row_;
  Clock& clock_;
  const Duration end_;
  std::unique_ptr<SideBySide> commands_;
  size_t parallel_;             // at most; less once there was no room
  std::deque<size_t> waiting_;  // for their turn
  std::vector<bool> cut_;       // whether the others left it less than its own timeout
  bool time_was_used_ = false;  // by those that were started first
  int signal_ = 0;
};

}  // namespace

int run_side_by_side(const CheckRow& row, Clock& clock, ProcessRunner& runner,
                     const RowListener& listener) {
  return Running(row, clock, runner, listener).run();
}

int ask_each_once(const CheckRow& row, Duration limit, Clock& clock, ProcessRunner& runner,
                  const std::function<void(size_t which, const ProcessResult&)>& answered) {
  return AskingOnce(row, limit, clock, runner).ask(answered);
}

}  // namespace backstep
