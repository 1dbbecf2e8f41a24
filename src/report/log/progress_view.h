// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.h"
#include "system/clock.h"
#include "system/output.h"
#include "system/progress.h"

namespace backstep {

// How long work looks while it goes on: on a terminal one line that is redrawn in its place and
// taken away at the end, elsewhere a plain line now and then. Work that is soon done is not seen.
//
// It draws only when the work moves, for there is no thread that could draw meanwhile; and it never
// waits for a reader that stands still.
class ProgressView : public Progress {
 public:
  enum class Manner {
    kRedrawn,  // after a second, then at most ten times a second
    kLines,    // after three seconds, then at intervals that grow from ten seconds to a minute
  };

  // `clock` must outlive it.
  ProgressView(int fd, const Clock& clock, Manner manner);
  ProgressView(int fd, const Clock& clock, const Environment& environment);

  void began(const Task& task) override;
  void moved(const Done& done) override;
  void ended() override;

  // Takes a redrawn line away before something else is written; the next move draws it again.
  void make_way();

 private:
  void redraw(const Done& done);
  void say(const Done& done);
  bool is_outermost() const { return depth_ == 1; }
  std::string text(const Done& done, size_t width) const;

  Output output_;
  const Clock& clock_;
  Manner manner_;
  int depth_ = 0;
  Task task_;
  Duration start_{0};
  Duration next_{0};   // nothing is shown before
  Duration pause_{0};  // between two lines
  size_t drawn_ = 0;   // columns that the redrawn line takes
};

// In the log of a CI system, and where the terminal can only append, nothing is redrawn.
ProgressView::Manner progress_manner(const Environment& environment, bool on_terminal);

// "backing up 3214 of 10000 files, 32 %, 12.3 MiB, 4.0 s", in at most so many columns: what matters
// least is left out first. ASCII, without control characters.
std::string progress_text(const Task& task, const Done& done, Duration elapsed, size_t width);

}  // namespace backstep
