// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backstep {

// Work of our own that may take long, as people are told of it. Where a total is not known it is 0.
struct Task {
  std::string_view doing;          // "backing up"; its text outlives the work
  std::string_view noun = "file";  // what is counted
  uint64_t count = 0;
  uint64_t bytes = 0;
};

struct Done {
  uint64_t count = 0;
  uint64_t bytes = 0;
};

// Is told how far work has come. It must not change what happens, so none of these throws. began()
// and ended() come in pairs, which may lie within each other; moved() belongs to the innermost.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void began(const Task& task) = 0;
  // Now and then, not at each file: see Work.
  virtual void moved(const Done& done) = 0;
  virtual void ended() = 0;
  // What is waited for that others do, each second; "": no longer.
  virtual void waits(const std::string& what) = 0;
};

// One piece of work while it goes on: it counts, and tells its watcher so seldom that counting
// costs nothing beside a file's own system calls. Ends with its scope, also by an exception.
class Work {
 public:
  // `watcher` may be null: nobody looks.
  Work(Progress* watcher, const Task& task) : watcher_(watcher), last_(task.count > 0 ? task.count : UINT64_MAX) {
    if (watcher_ != nullptr) watcher_->began(task);
  }
  ~Work() {
    if (watcher_ != nullptr) watcher_->ended();
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  // One more is done, which had so many bytes.
  void add(uint64_t bytes = 0) {
    ++done_.count;
    add_bytes(bytes);
  }
  // A piece of one that is not done yet.
  void add_bytes(uint64_t bytes) {
    done_.bytes += bytes;
    if (done_.count - told_.count >= kToldCount || done_.bytes - told_.bytes >= kToldBytes || done_.count == last_) {
      tell();
    }
  }

  static constexpr uint64_t kToldCount = 4;
  static constexpr uint64_t kToldBytes = uint64_t{256} * 1024;

 private:
  void tell() {
    told_ = done_;
    if (watcher_ != nullptr) watcher_->moved(done_);
  }

  Progress* watcher_;
  uint64_t last_;  // the count with which all is done
  Done done_;
  Done told_;
};

}  // namespace backstep
