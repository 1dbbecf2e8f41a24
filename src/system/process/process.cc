// SPDX-License-Identifier: Apache-2.0
#include "system/process/process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>

#include "base/error.h"
#include "system/clock.h"
#include "system/process/supervision.h"

namespace backstep {
namespace {

using End = ProcessResult::End;

std::optional<rlimit> callers_core_limit;

constexpr size_t kTurn = size_t{64} * 1024;

class KeptSideBySide : public SideBySide {
 public:
  KeptSideBySide(SignalWatch& signals, const Secrets& secrets) : signals_(signals), secrets_(secrets) {}

  void start(size_t key, ProcessSpec spec) override {
    const auto signal_number = signals_.caught();
    if (signal_number) return ended_.push_back({key, {.end = End::kStopped, .signal = *signal_number}});
    try {
      commands_.push_back({key, std::make_unique<Supervision>(std::move(spec), secrets_)});
    } catch (const SystemError& error) {
      ended_.push_back({key, {.end = End::kNotStarted, .error_number = error.error_number()}});
    }
  }

  size_t running() const override { return commands_.size() + ended_.size(); }

  std::vector<Ended> wait(Duration limit = kLong) override {
    const Deadline deadline = Deadline::after(limit);
    collect();
    while (ended_.empty() && !deadline.passed()) {
      if (commands_.empty() && signals_.caught()) break;
      turn(deadline);
      collect();
    }
    return std::exchange(ended_, {});
  }

 private:
  struct Running {
    size_t key = 0;
    std::unique_ptr<Supervision> command;
  };

  // Asked for each time: a descriptor that nobody empties would keep poll from waiting.
  void turn(Deadline limit) {
    const bool stop_asked = signals_.caught().has_value();
    std::vector<pollfd> watched{{signals_.fd(), POLLIN, 0}};
    for (const Running& running : commands_) {
      running.command->keep_time(stop_asked);
      limit = earlier(limit, running.command->next());
      running.command->watch(watched);
    }
    if (poll(watched.data(), watched.size(), limit.poll_timeout()) <= 0) return;
    auto heard = std::span<const pollfd>(watched).subspan(1);
    for (const Running& running : commands_) {
      running.command->hear(heard.first<Supervision::kWatched>(), buffer_);
      heard = heard.subspan(Supervision::kWatched);
    }
  }

  void collect() {
    const std::optional<int> stop_signal = signals_.caught();
    std::erase_if(commands_, [&](const Running& running) {
      const bool over = running.command->over(stop_signal.has_value());
      if (over) ended_.push_back({running.key, running.command->take(stop_signal)});
      return over;
    });
  }

  SignalWatch& signals_;
  const Secrets& secrets_;
  std::vector<char> buffer_ = std::vector<char>(kTurn);
  std::vector<Running> commands_;
  std::vector<Ended> ended_;
};

std::string described_exit(int code) {
  if (code == kExitNotFound) return "exited with 127 (command not found)";
  if (code == kExitNotExecutable) return "exited with 126 (not executable)";
  return fmt::format("exited with {}", code);
}

std::string described_failure(int error_number) {
  std::string cause = fmt::format("could not be started: {}", std::strerror(error_number));
  if (error_number != ENOEXEC) return cause;
  return cause + " (it has no interpreter line such as #!/bin/sh, or is for another machine)";
}

std::string described_signal(const ProcessResult& result) {
  std::string killed = fmt::format("was killed by {}", spoken_signal(result.signal));
  return result.keeper_lost ? killed + ", or somebody killed the keeper that watched it" : killed;
}

}  // namespace

ProcessResult KeptProcessRunner::run(const ProcessSpec& spec) {
  KeptSideBySide alone(signals_, secrets_);
  alone.start(0, spec);
  std::vector<SideBySide::Ended> ended;
  while (ended.empty()) {
    if (spec.each_second) spec.each_second();
    ended = alone.wait(spec.each_second ? std::chrono::seconds(1) : SideBySide::kLong);
  }
  return std::move(ended.front().result);
}

std::unique_ptr<SideBySide> KeptProcessRunner::side_by_side() {
  return std::make_unique<KeptSideBySide>(signals_, secrets_);
}

void leave_no_core() {
  rlimit limit{};
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
  callers_core_limit = limit;
  // A collector gets a core whatever the limit is, but for this one (core(5)).
  limit.rlim_cur = std::min<rlim_t>(1, limit.rlim_max);
  setrlimit(RLIMIT_CORE, &limit);
}

void give_back_core_limit() {
  if (callers_core_limit) setrlimit(RLIMIT_CORE, &*callers_core_limit);
}

int become(const std::vector<std::string>& argv) {
  give_back_core_limit();
  std::vector<char*> words;
  // execvp takes them as char* for C's sake and does not write to them.
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words.front(), words.data());
  return errno;
}

size_t longest_variable() {
  constexpr size_t kLongest = size_t{64} * 1024;      // half of what execve takes
  constexpr size_t kOfAll = size_t{6} * 1024 * 1024;  // whatever the stack's limit is
  size_t used = 0;
  for (char** entry = environ; *entry != nullptr; ++entry) used += strlen(*entry) + 1 + sizeof *entry;
  const size_t room = std::min(static_cast<size_t>(sysconf(_SC_ARG_MAX)), kOfAll);
  // The rest is for arguments: the names may come once more among them.
  return std::min(kLongest, used < room ? (room - used) / 4 : 0);
}

int why_not_executable(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return errno;
  if (S_ISDIR(status.st_mode)) return EISDIR;
  return access(path.c_str(), X_OK) == 0 ? 0 : errno;
}

UniqueFd open_own_binary() {
  const char* path = "/proc/self/exe";
  UniqueFd fd(::open(path, O_RDONLY | O_CLOEXEC));
  if (!fd) throw SystemError("open", path);
  return fd;
}

bool ProcessResult::cannot_run() const {
  if (end == End::kExited) return code == kExitNotExecutable || code == kExitNotFound;
  if (end != End::kNotStarted) return false;
  return error_number == ENOENT || error_number == ENOTDIR || error_number == EACCES || error_number == ENOEXEC;
}

bool ProcessResult::lacked_room() const {
  if (end != End::kNotStarted) return false;
  return error_number == EMFILE || error_number == ENFILE || error_number == EAGAIN || error_number == ENOMEM;
}

std::string ProcessResult::described() const {
  if (!told.empty()) return told;
  switch (end) {
    case End::kExited:
      return described_exit(code);
    case End::kSignaled:
      return described_signal(*this);
    case End::kTimedOut:
      return fmt::format("timed out after {}", format_duration(timeout));
    case End::kStopped:
      return fmt::format("was stopped by {}", spoken_signal(signal));
    case End::kNotStarted:
      return described_failure(error_number);
  }
  return {};
}

std::string ProcessResult::described_writers() const {
  if (writers.empty()) return {};
  std::string fate = "is thrown away";
  if (drain_error != 0) {
    fate = fmt::format("may end them, for nothing could be started that reads it ({})", std::strerror(drain_error));
  }
  return fmt::format(
      " left processes running that still have its output: {}. What they write from here on {}; "
      "to keep it, redirect its output: 'server >server.log 2>&1 &'",
      writers, fate);
}

}  // namespace backstep
