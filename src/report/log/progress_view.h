// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/environment.h"
#include "system/clock.h"
#include "system/output.h"
#include "system/progress.h"

namespace backstep {

// How long work looks while it goes on: on a terminal one line that is redrawn in its place and
// taken away at the end, elsewhere a plain line now and then. Work that is soon done is not seen.
//
// It draws only when the work moves or who waits tells so, for there is no thread that could draw
// meanwhile; and it never waits for a reader that stands still.
class ProgressView : public Progress {
 public:
  enum class Manner {
    kRedrawn,  // after a second, then at most ten times a second
    kLines,    // after three seconds (ten of waiting), then at intervals that grow from ten
               // seconds to a minute
  };

  // `clock` must outlive it.
  ProgressView(int fd, const Clock& clock, Manner manner);
  ProgressView(int fd, const Clock& clock, const Environment& environment);

  void began(const Task& task) override;
  void moved(const Done& done) override;
  void ended() override;
  // In a log a line comes only when nobody has written for as long.
  void waits(const std::string& what) override;

  // Before anything else is written: a redrawn line makes way for it, and is drawn again by the
  // next move, but never behind a line that somebody has left open.
  void make_way_for(std::string_view bytes);

 private:
  void make_way();
  void show(const std::function<std::string(size_t room)>& text);
  void redraw(std::string line);
  bool is_outermost() const { return depth_ == 1; }

  Output output_;
  const Clock& clock_;
  Manner manner_;
  int depth_ = 0;
  Task task_;
  Duration start_{0};
  Duration next_{0};   // nothing is shown before
  Duration pause_{0};  // between two lines
  size_t drawn_ = 0;   // columns that the redrawn line takes
  bool waiting_ = false;
  bool amid_a_line_ = false;  // of somebody else's
};

// In the log of a CI system, and where the terminal can only append, nothing is redrawn.
ProgressView::Manner progress_manner(const Environment& environment, bool on_terminal);

// "backing up 3214 of 10000 files, 32 %, 12.9 MB, 4.0 s", in at most so many columns: what matters
// least is left out first. ASCII, without control characters.
std::string progress_text(const Task& task, const Done& done, Duration elapsed, size_t width);

}  // namespace backstep
