// SPDX-License-Identifier: Apache-2.0
#include "system/process/supervision.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iterator>

#include "base/error.h"
#include "system/fd.h"

namespace backstep {
namespace {

using End = ProcessResult::End;
using Steady = std::chrono::steady_clock;

constexpr Duration kStopGrace{1'000};
constexpr Duration kReadAfterEnd{200};
// A cancel sends TERM to one process after the other: the command's may come before ours. A command
// over its time has its TERM from us.
constexpr Duration kCancelSpread{100};
// Above the keeper's own limit: only a keeper that does not run at all is overtaken by us.
constexpr Duration kKeeperLimit = kSweepLimit + Duration(1'000);

bool is_stop_signal(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

// Any other error is an end: asked again, the descriptor would answer the same for ever.
bool comes_later(ssize_t size) { return size < 0 && (errno == EINTR || errno == EAGAIN); }

}  // namespace

Keeper start_keeper(const ProcessSpec& spec, int output, int drained) {
  Pipe control = make_pipe();
  Pipe report = make_pipe();
  const pid_t pid = fork();
  if (pid < 0) throw SystemError("start", "keeper");
  if (pid == 0) {
    be_keeper(spec, {control.read.get(), report.write.get(), output, spec.lock_fd, spec.input_fd, drained});
  }
  return {pid, std::move(control.write), std::move(report.read)};
}

void request_end(const Keeper& keeper, Duration grace) {
  // A command may stop its parent. Whether the request arrives does not matter to the caller: a
  // keeper that is gone has closed the report pipe.
  kill(keeper.pid, SIGCONT);
  const EndRequest request{grace.count()};
  [[maybe_unused]] const ssize_t written = write(keeper.control.get(), &request, sizeof request);
}

Supervision::Supervision(ProcessSpec spec, const Secrets& secrets)
    : spec_(std::move(spec)), filter_(secrets), live_(spec_.live, spec_.live_prefix) {
  Pipe output = make_roomy_pipe();
  const bool may_drain = spec_.leftovers == Leftovers::kKeep;
  keeper_ = start_keeper(spec_, output.write.get(), may_drain ? output.read.get() : -1);
  output_ = std::move(output.read);
  if (spec_.timeout > Duration(0)) timeout_ = Deadline::after(spec_.timeout);
}

// Before its end, the closed pipe ends the command.
Supervision::~Supervision() {
  keeper_.control.reset();
  waitpid(keeper_.pid, nullptr, 0);
}

// poll passes over a descriptor of -1: a pipe that has ended.
void Supervision::watch(std::vector<pollfd>& watched) const {
  watched.push_back({keeper_gone_ ? -1 : keeper_.report.get(), POLLIN, 0});
  watched.push_back({output_.get(), POLLIN, 0});
}

void Supervision::hear(std::span<const pollfd, kWatched> heard, std::span<char> buffer) {
  if (heard[0].revents != 0) read_report();
  if (heard[1].revents != 0) read_output(buffer);
}

void Supervision::keep_time(bool stop_asked) {
  if (keeper_gone_) return;
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

Deadline Supervision::next() const {
  if (keeper_gone_) return output_ && !rest_.passed() ? rest_ : cancel_;
  return earlier(timed_out_ || stopping_ ? Deadline::never() : timeout_, patience_);
}

// A daemon may hold the pipe open for ever, or write to it for ever.
bool Supervision::over(bool stop_asked) const {
  return keeper_gone_ && (!output_ || rest_.passed()) && (stop_asked || cancel_.passed());
}

ProcessResult Supervision::take(std::optional<int> stop_signal) {
  show(filter_.end());
  live_.end();
  judge(stop_signal);
  result_.elapsed = std::chrono::duration_cast<Duration>(Steady::now() - start_);
  return std::move(result_);
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
  } else if (!comes_later(size)) {
    keeper_gone_ = true;
    rest_ = Deadline::after(kReadAfterEnd);
    cancel_ = Deadline::after(looks_cancelled() ? kCancelSpread : Duration(0));
  }
}

void Supervision::read_output(std::span<char> buffer) {
  const ssize_t size = read(output_.get(), buffer.data(), buffer.size());
  if (comes_later(size)) return;
  if (size <= 0) return output_.reset();
  show(filter_.add({buffer.data(), static_cast<size_t>(size)}));
}

void Supervision::show(std::string_view bytes) {
  result_.output.add(bytes);
  live_.add(bytes);
}

bool Supervision::looks_cancelled() const {
  if (!reported_ || timed_out_) return false;
  const int status = report_.wait_status;
  return WIFSIGNALED(status) ? is_stop_signal(WTERMSIG(status))
                             : is_stop_signal(WEXITSTATUS(status) - exit_status_of_signal(0));
}

void Supervision::judge(std::optional<int> stop_signal) {
  std::ranges::remove_copy(report_.survivors, std::back_inserter(result_.survivors), 0);
  // Otherwise they have ended meanwhile, and the output with them.
  if (output_) result_.writers = report_.writers.data();
  result_.drain_error = report_.drain_error;
  const bool ran = reported_ && report_.error_number == 0;
  if (ran && WIFEXITED(report_.wait_status)) result_.code = WEXITSTATUS(report_.wait_status);
  if (stop_signal) {
    result_.end = End::kStopped;
    result_.signal = *stop_signal;
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
  }
}

}  // namespace backstep
