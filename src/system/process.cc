// SPDX-License-Identifier: Apache-2.0
#include "system/process.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>

#include "base/error.h"
#include "system/deadline.h"
#include "system/keeper.h"
#include "system/live_lines.h"
#include "system/pipe.h"
#include "system/process_tree.h"

namespace backstep {
namespace {

using End = ProcessResult::End;
using Steady = std::chrono::steady_clock;

constexpr Duration kStopGrace{1'000};
constexpr Duration kReadAfterEnd{200};
// A cancel sends TERM to one process after the other: the command's may come before ours.
constexpr Duration kCancelSpread{100};
// Above the keeper's own limit: only a keeper that does not run at all is overtaken by us.
constexpr Duration kKeeperLimit = kSweepLimit + Duration(1'000);
constexpr size_t kTurn = size_t{64} * 1024;

bool is_stop_signal(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

// One command under way, seen from our side.
class Supervision {
 public:
  Supervision(const ProcessSpec& spec, SignalWatch& signals);
  ~Supervision();
  Supervision(const Supervision&) = delete;
  Supervision& operator=(const Supervision&) = delete;

  ProcessResult finish();

 private:
  void turn();
  void end_when_due();
  void end(Duration grace);
  void give_up();
  void read_report();
  void read_output();
  void read_what_is_left();
  void judge();
  bool looks_cancelled() const;

  const ProcessSpec& spec_;
  SignalWatch& signals_;
  const Steady::time_point start_ = Steady::now();
  LiveLines live_;
  std::vector<char> buffer_ = std::vector<char>(kTurn);
  ProcessResult result_;

  Keeper keeper_;
  UniqueFd output_;  // read end, closed at its end of file
  KeeperReport report_;
  bool reported_ = false;
  bool keeper_gone_ = false;
  bool timed_out_ = false;
  bool stopping_ = false;
  Deadline timeout_ = Deadline::never();
  Deadline patience_ = Deadline::never();  // with the keeper, once it was told to end
};

Supervision::Supervision(const ProcessSpec& spec, SignalWatch& signals)
    : spec_(spec), signals_(signals), live_(spec.live, spec.live_prefix) {
  Pipe output = make_pipe();
  keeper_ = start_keeper(spec, output.write.get());
  output_ = std::move(output.read);
  if (spec.timeout > Duration(0)) timeout_ = Deadline::after(spec.timeout);
}

// Where an exception ends the supervision, the closed pipe ends the command.
Supervision::~Supervision() {
  keeper_.control.reset();
  waitpid(keeper_.pid, nullptr, 0);
}

ProcessResult Supervision::finish() {
  while (!keeper_gone_) turn();
  read_what_is_left();
  live_.end();
  judge();
  result_.elapsed = std::chrono::duration_cast<Duration>(Steady::now() - start_);
  return std::move(result_);
}

void Supervision::turn() {
  end_when_due();
  const Deadline next = earlier(timed_out_ || stopping_ ? Deadline::never() : timeout_, patience_);
  // poll passes over a descriptor of -1: an output that has ended.
  pollfd watched[] = {
      {signals_.fd(), POLLIN, 0}, {keeper_.report.get(), POLLIN, 0}, {output_.get(), POLLIN, 0}};
  if (poll(watched, 3, next.poll_timeout()) <= 0) return;
  if (watched[1].revents != 0) read_report();
  if (watched[2].revents != 0) read_output();
}

void Supervision::end_when_due() {
  // Asked each time: a descriptor that nobody empties would keep poll from waiting.
  const bool stop_asked = signals_.caught().has_value();
  if (stop_asked && !stopping_) {
    stopping_ = true;
    end(std::min(spec_.grace, kStopGrace));
  }
  if (!timed_out_ && !stopping_ && timeout_.passed()) {
    timed_out_ = true;
    end(spec_.grace);
  }
  if (patience_.passed()) give_up();
}

void Supervision::end(Duration grace) {
  request_end(keeper_, grace);
  patience_ = earlier(patience_, Deadline::after(grace + kKeeperLimit));
}

// The keeper still holds its report pipe, so it exists, and its number is nobody else's.
void Supervision::give_up() {
  patience_ = Deadline::never();
  result_.survivors = descendants_of(keeper_.pid);
  for (const pid_t pid : result_.survivors) kill(pid, SIGKILL);
  kill(keeper_.pid, SIGKILL);
}

void Supervision::read_report() {
  KeeperReport report;
  const ssize_t size = read(keeper_.report.get(), &report, sizeof report);
  if (size == ssize_t{sizeof report}) {
    report_ = report;
    reported_ = true;
  } else if (size == 0) {
    keeper_gone_ = true;
  }
}

void Supervision::read_output() {
  const ssize_t size = read(output_.get(), buffer_.data(), buffer_.size());
  if (size <= 0) return output_.reset();
  const std::string_view bytes(buffer_.data(), static_cast<size_t>(size));
  result_.output.add(bytes);
  live_.add(bytes);
}

// A daemon may hold the pipe open for ever, or write to it for ever.
void Supervision::read_what_is_left() {
  const Deadline deadline = Deadline::after(kReadAfterEnd);
  while (output_ && !deadline.passed()) {
    pollfd watched{output_.get(), POLLIN, 0};
    if (poll(&watched, 1, deadline.poll_timeout()) > 0) read_output();
  }
}

bool Supervision::looks_cancelled() const {
  const int status = report_.wait_status;
  return WIFSIGNALED(status) ? is_stop_signal(WTERMSIG(status))
                             : is_stop_signal(WEXITSTATUS(status) - exit_status_of_signal(0));
}

void Supervision::judge() {
  const int known = std::min(report_.survivor_count, static_cast<int>(report_.survivors.size()));
  result_.survivors.insert(result_.survivors.end(), report_.survivors.begin(),
                           report_.survivors.begin() + known);
  if (reported_ && looks_cancelled()) signals_.wait(kCancelSpread);
  if (const auto signal_number = signals_.caught()) {
    result_.end = End::kStopped;
    result_.signal = *signal_number;
  } else if (reported_ && report_.error_number != 0) {
    result_.end = End::kNotStarted;
    result_.error_number = report_.error_number;
  } else if (timed_out_ && (!reported_ || report_.ended_on_request)) {
    result_.end = End::kTimedOut;
    result_.timeout = spec_.timeout;
  } else if (!reported_ || WIFSIGNALED(report_.wait_status)) {
    result_.end = End::kSignaled;
    result_.signal = reported_ ? WTERMSIG(report_.wait_status) : SIGKILL;
    result_.keeper_lost = !reported_;
  } else {
    result_.code = WEXITSTATUS(report_.wait_status);
  }
}

}  // namespace

ProcessResult KeptProcessRunner::run(const ProcessSpec& spec) {
  ProcessResult result;
  if (const auto signal_number = signals_.caught()) {
    result.end = End::kStopped;
    result.signal = *signal_number;
    return result;
  }
  try {
    return Supervision(spec, signals_).finish();
  } catch (const SystemError& error) {
    result.end = End::kNotStarted;
    result.error_number = error.error_number();
    return result;
  }
}

}  // namespace backstep
