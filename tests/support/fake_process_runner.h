// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/process/process.h"

namespace backstep::test {

inline ProcessResult exited(int code, std::string_view output = "") {
  ProcessResult result;
  result.code = code;
  result.output.add(output);
  return result;
}

inline ProcessResult stopped_by(int signal) {
  ProcessResult result;
  result.end = ProcessResult::End::kStopped;
  result.signal = signal;
  return result;
}

inline ProcessResult not_started(int error_number) {
  ProcessResult result;
  result.end = ProcessResult::End::kNotStarted;
  result.error_number = error_number;
  return result;
}

inline ProcessResult timed_out(Duration timeout) {
  ProcessResult result;
  result.end = ProcessResult::End::kTimedOut;
  result.timeout = timeout;
  return result;
}

// Starts no process: answers what it was told to, in order or by a function, and keeps what it was
// asked. What nobody scripted succeeds.
class FakeProcessRunner : public ProcessRunner {
 public:
  ProcessResult run(const ProcessSpec& spec) override {
    specs.push_back(spec);
    if (!results.empty()) {
      ProcessResult result = std::move(results.front());
      results.pop_front();
      return result;
    }
    return answer ? answer(spec) : exited(0);
  }

  std::unique_ptr<SideBySide> side_by_side() override { return std::make_unique<FakeSideBySide>(*this); }

  std::deque<ProcessResult> results;
  std::function<ProcessResult(const ProcessSpec&)> answer;  // once `results` are used up
  std::vector<ProcessSpec> specs;
  size_t most_running = 0;  // side by side

 private:
  // They end one a wait, in the order in which they were started.
  class FakeSideBySide : public SideBySide {
   public:
    explicit FakeSideBySide(FakeProcessRunner& runner) : runner_(runner) {}
    void start(size_t key, ProcessSpec spec) override {
      started_.emplace_back(key, std::move(spec));
      runner_.most_running = std::max(runner_.most_running, started_.size());
    }
    size_t running() const override { return started_.size(); }
    std::vector<Ended> wait(Duration) override {
      std::vector<Ended> ended;
      if (started_.empty()) return ended;
      const auto [key, spec] = std::move(started_.front());
      started_.pop_front();
      ended.push_back({key, runner_.run(spec)});
      return ended;
    }

   private:
    FakeProcessRunner& runner_;
    std::deque<std::pair<size_t, ProcessSpec>> started_;
  };
};

// The value that a command is given; "(unset)" when it is not.
inline std::string variable(const ProcessSpec& spec, const std::string& name) {
  for (const std::string& line : spec.environment) {
    if (line.starts_with(name + "=")) return line.substr(name.size() + 1);
  }
  return "(unset)";
}

}  // namespace backstep::test
