// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "system/progress.h"

namespace backstep::test {

// Keeps what is told of work: a line for each piece, with what it was to be and how far it came.
class RecordingProgress : public Progress {
 public:
  void began(const Task& task) override {
    open_.push_back(std::string(task.doing) + " " + std::to_string(task.count) + " " + std::string(task.noun));
    last_.emplace_back();
    if (task.bytes > 0) open_.back() += " of " + std::to_string(task.bytes) + " B";
  }
  void moved(const Done& done) override {
    ++moves;
    last_.back() = done;
  }
  void ended() override {
    told.push_back(open_.back() + ": " + std::to_string(last_.back().count) + ", " +
                   std::to_string(last_.back().bytes) + " B");
    open_.pop_back();
    last_.pop_back();
  }
  void waits(const std::string& what) override { waited.push_back(what); }

  std::vector<std::string> told;
  std::vector<std::string> waited;
  int moves = 0;

 private:
  std::vector<std::string> open_;
  std::vector<Done> last_;
};

}  // namespace backstep::test
