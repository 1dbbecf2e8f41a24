// SPDX-License-Identifier: Apache-2.0
#include "system/progress.h"

namespace backstep {

Work::Work(Progress* watcher, const Task& task)
    : watcher_(watcher), last_(task.count > 0 ? task.count : UINT64_MAX) {
  if (watcher_ != nullptr) watcher_->began(task);
}

Work::~Work() {
  if (watcher_ != nullptr) watcher_->ended();
}

void Work::tell() {
  untold_ = 0;
  untold_bytes_ = 0;
  if (watcher_ != nullptr) watcher_->moved(done_);
}

}  // namespace backstep
