// SPDX-License-Identifier: Apache-2.0
#include "report/log/progress_view.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "config/pipeline.h"
#include "report/table.h"

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

std::string counted_part(const Task& task, const Done& done) {
  if (task.noun.empty()) return std::string(task.doing);
  if (task.count == 0) return fmt::format("{} {}", task.doing, counted(done.count, task.noun));
  return fmt::format("{} {} of {}", task.doing, std::min(done.count, task.count), counted(task.count, task.noun));
}

std::string size_part(const Task& task, const Done& done) {
  if (done.bytes == 0) return "";
  const std::string size = spoken_size(done.bytes);
  return task.bytes == 0 ? size : fmt::format("{} of {}", size, spoken_size(task.bytes));
}

// Counts bytes where their sum is known: one large file among small ones takes most of the time.
std::string percent_part(const Task& task, const Done& done) {
  const bool by_bytes = task.bytes > 0;
  const uint64_t whole = by_bytes ? task.bytes : task.count;
  if (whole == 0) return "";
  const auto part = static_cast<double>(std::min(by_bytes ? done.bytes : done.count, whole));
  return fmt::format("{} %", static_cast<int>(100 * part / static_cast<double>(whole)));
}

// All of it is counted, and what is still to come is the disk's.
bool waits_for_the_disk(const Task& task, const Done& done) { return task.count > 0 && done.count >= task.count; }

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
  const bool last = drawn_ > 0 && waits_for_the_disk(task_, done);
  if (now < next_ && !last) return;
  show([&](size_t room) { return progress_text(task_, done, now - start_, room); });
}

void ProgressView::waits(const std::string& what) {
  if (what.empty()) make_way();
  if (what.empty() || !waiting_) {
    waiting_ = !what.empty();
    pause_ = kFirstPause;
    next_ = clock_.steady() + (manner_ == Manner::kRedrawn ? kBeforeRedrawn : pause_);
  } else if (clock_.steady() >= next_ && !amid_a_line_) {
    show([&](size_t room) { return what.substr(0, room); });
  }
}

void ProgressView::show(const std::function<std::string(size_t room)>& text) {
  const bool redrawn = manner_ == Manner::kRedrawn;
  const size_t width = redrawn ? output_.width().value_or(kUsualWidth) - 1 : kLongestLine;
  const size_t room = width > kIndent.size() ? width - kIndent.size() : 0;
  const std::string line = (std::string(kIndent) + text(room)).substr(0, width);
  redrawn ? redraw(line) : output_.say(line);
  next_ = clock_.steady() + (redrawn ? kBetweenRedrawn : pause_);
  if (!redrawn) pause_ = std::min(pause_ * 3 / 2, kLongestPause);
}

void ProgressView::ended() {
  if (is_outermost()) make_way();
  --depth_;
}

// Blanks and CR only: every terminal knows them. The cursor waits in the first column, so that
// whatever a stranger writes there begins a line; the last column stays free, or some would wrap.
void ProgressView::redraw(std::string line) {
  const size_t columns = line.size();
  if (columns < drawn_) line.append(drawn_ - columns, ' ');
  output_.pass("\r" + line + "\r");
  drawn_ = columns;
}

void ProgressView::make_way_for(std::string_view bytes) {
  make_way();
  amid_a_line_ = !bytes.ends_with('\n');
  if (waiting_ && manner_ == Manner::kLines) next_ = clock_.steady() + pause_;
}

void ProgressView::make_way() {
  if (drawn_ == 0) return;
  output_.pass("\r" + std::string(drawn_, ' ') + "\r");
  drawn_ = 0;
}

ProgressView::Manner progress_manner(const Environment& environment, bool on_terminal) {
  const std::string terminal = environment.get("TERM");
  const bool in_ci = environment.has("CI") || in_pipeline(environment);
  const bool redraws = on_terminal && !in_ci && !terminal.empty() && terminal != "dumb";
  return redraws ? ProgressView::Manner::kRedrawn : ProgressView::Manner::kLines;
}

std::string progress_text(const Task& task, const Done& done, Duration elapsed, size_t width) {
  const std::string text = counted_part(task, done);
  size_t used = text.size();
  const auto if_it_fits = [&](const std::string& part) {
    if (part.empty() || used + 2 + part.size() > width) return std::string();
    used += 2 + part.size();
    return ", " + part;
  };
  // What matters most is asked first, and stands where it is looked for.
  const std::string percent =
      if_it_fits(waits_for_the_disk(task, done) ? "waiting for the disk" : percent_part(task, done));
  const std::string time = if_it_fits(spoken_duration(elapsed));
  const std::string size = if_it_fits(size_part(task, done));
  return (text + percent + size + time).substr(0, width);
}

}  // namespace backstep
