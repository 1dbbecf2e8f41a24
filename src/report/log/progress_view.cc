// SPDX-License-Identifier: Apache-2.0
#include "report/log/progress_view.h"

#include <algorithm>

#include "config/pipeline.h"
#include "report/log/progress_text.h"

namespace backstep {
namespace {

constexpr Duration kBeforeRedrawn = std::chrono::seconds(1);
constexpr Duration kBetweenRedrawn{100};
constexpr Duration kBeforeLines = std::chrono::seconds(3);
constexpr Duration kFirstPause = std::chrono::seconds(10);
constexpr Duration kLongestPause = std::chrono::seconds(60);
constexpr size_t kUsualWidth = 80;
constexpr size_t kLongestLine = 200;
constexpr std::string_view kIndent = "  ";

// A reader that stands still loses what we show; no restore waits for it.
constexpr Duration kPatience{0};

}  // namespace

ProgressView::ProgressView(int fd, const Clock& clock, Manner manner)
    : output_(fd, kPatience), clock_(clock), manner_(manner) {}

ProgressView::ProgressView(int fd, const Clock& clock, const Environment& environment)
    : ProgressView(fd, clock, progress_manner(environment, Output(fd).is_terminal())) {}

// What lies within other work is part of it.
void ProgressView::began(const Task& task) {
  ++depth_;
  if (!is_outermost()) return;
  task_ = task;
  start_ = clock_.steady();
  next_ = start_ + (manner_ == Manner::kRedrawn ? kBeforeRedrawn : kBeforeLines);
  pause_ = kFirstPause;
}

void ProgressView::moved(const Done& done) {
  if (!is_outermost()) return;
  const Duration now = clock_.steady();
  // The last one stays while the disk is waited for, so it must not be left out.
  const bool last = drawn_ > 0 && task_.count > 0 && done.count >= task_.count;
  if (now < next_ && !last) return;
  if (manner_ == Manner::kRedrawn) {
    redraw(done);
    next_ = now + kBetweenRedrawn;
  } else {
    say(done);
    next_ = now + pause_;
    pause_ = std::min(pause_ * 3 / 2, kLongestPause);
  }
}

void ProgressView::ended() {
  if (is_outermost()) make_way();
  --depth_;
}

std::string ProgressView::text(const Done& done, size_t width) const {
  const size_t room = width > kIndent.size() ? width - kIndent.size() : 0;
  std::string line(kIndent);
  line += progress_text(task_, done, clock_.steady() - start_, room);
  return line.substr(0, width);
}

// Blanks and CR only: every terminal knows them. The cursor waits in the first column, so that
// whatever a stranger writes there begins a line; the last column stays free, or some would wrap.
void ProgressView::redraw(const Done& done) {
  std::string line = text(done, output_.width().value_or(kUsualWidth) - 1);
  const size_t columns = line.size();
  if (columns < drawn_) line.append(drawn_ - columns, ' ');
  output_.write("\r" + line + "\r");
  drawn_ = columns;
}

void ProgressView::say(const Done& done) {
  output_.write(text(done, kLongestLine) + "\n");
}

void ProgressView::make_way() {
  if (drawn_ == 0) return;
  output_.write("\r" + std::string(drawn_, ' ') + "\r");
  drawn_ = 0;
}

ProgressView::Manner progress_manner(const Environment& environment, bool on_terminal) {
  const std::string terminal = environment.get("TERM");
  const bool in_ci = environment.has("CI") || in_pipeline(environment);
  const bool redraws = on_terminal && !in_ci && !terminal.empty() && terminal != "dumb";
  return redraws ? ProgressView::Manner::kRedrawn : ProgressView::Manner::kLines;
}

}  // namespace backstep
