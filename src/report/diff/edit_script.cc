// SPDX-License-Identifier: Apache-2.0
#include "report/diff/edit_script.h"

#include <algorithm>

namespace backstep {
namespace {

// A part of both sequences: a box whose corners are where the two parts begin and where they end.
struct Box {
  int64_t x0, y0, x1, y1;
  int64_t width() const { return x1 - x0; }
  int64_t height() const { return y1 - y0; }
};

struct Point {
  int64_t x, y;
};

constexpr int64_t kUnreached = INT64_MIN / 2;

// How far paths from one corner come with so many edits, diagonal by diagonal (x - y). Both fronts
// count from their own corner, so that one code serves both directions.
class Front {
 public:
  explicit Front(size_t largest) : reach_(largest) {}

  void begin(const Box& box) {
    width_ = box.width();
    height_ = box.height();
    std::fill_n(reach_.begin(), width_ + height_ + 3, kUnreached);
  }
  int64_t& at(int64_t diagonal) { return reach_[static_cast<size_t>(diagonal + height_ + 1)]; }

  // `edits` steps reach every second diagonal. Only those within the box count.
  int64_t lowest(int64_t edits) const {
    return edits <= height_ ? -edits : -height_ + (edits - height_) % 2;
  }
  int64_t highest(int64_t edits) const {
    return edits <= width_ ? edits : width_ - (edits - width_) % 2;
  }

  // The best x on this diagonal that one more edit gives, before what is common there.
  int64_t after_one_edit(int64_t diagonal) {
    const int64_t right = at(diagonal - 1) + 1;
    const int64_t down = at(diagonal + 1);
    int64_t best = kUnreached;
    if (right <= width_) best = right;
    if (down - diagonal <= height_) best = std::max(best, down);
    return best;
  }

 private:
  std::vector<int64_t> reach_;
  int64_t width_ = 0;
  int64_t height_ = 0;
};

class Search {
 public:
  Search(std::span<const uint32_t> from, std::span<const uint32_t> to, uint64_t most_steps)
      : from_(from),
        to_(to),
        forward_(from.size() + to.size() + 3),
        backward_(from.size() + to.size() + 3),
        steps_left_(most_steps),
        script_{std::vector<bool>(from.size()), std::vector<bool>(to.size())} {}

  std::optional<EditScript> run() {
    compare({0, 0, static_cast<int64_t>(from_.size()), static_cast<int64_t>(to_.size())});
    if (gave_up_) return std::nullopt;
    return std::move(script_);
  }

 private:
  bool same(int64_t x, int64_t y) const {
    return from_[static_cast<size_t>(x)] == to_[static_cast<size_t>(y)];
  }

  // Halves the edits each time, so it is no deeper than their number's logarithm.
  void compare(Box box) {
    while (box.width() > 0 && box.height() > 0 && same(box.x0, box.y0)) ++box.x0, ++box.y0;
    while (box.width() > 0 && box.height() > 0 && same(box.x1 - 1, box.y1 - 1)) --box.x1, --box.y1;
    if (box.width() == 0 || box.height() == 0) return mark(box);
    const std::optional<Point> middle = middle_of(box);
    if (!middle) return;
    compare({box.x0, box.y0, middle->x, middle->y});
    compare({middle->x, middle->y, box.x1, box.y1});
  }

  void mark(const Box& box) {
    std::fill(script_.removed.begin() + box.x0, script_.removed.begin() + box.x1, true);
    std::fill(script_.added.begin() + box.y0, script_.added.begin() + box.y1, true);
  }

  // A point that a shortest path runs through, about half its edits from either corner: where the
  // two fronts meet. One edit is always left on each side, so that both parts are smaller.
  std::optional<Point> middle_of(const Box& box) {
    forward_.begin(box);
    backward_.begin(box);
    for (int64_t edits = 0;; ++edits) {
      const std::optional<Point> met = advance<true>(box, edits);
      if (met) return Point{box.x0 + met->x, box.y0 + met->y};
      const std::optional<Point> met_back = advance<false>(box, edits);
      if (met_back) return Point{box.x1 - met_back->x, box.y1 - met_back->y};
      if (gave_up_) return std::nullopt;
    }
  }

  // One edit more from one corner; a point where it meets the other front, seen from that corner.
  template <bool kForward>
  std::optional<Point> advance(const Box& box, int64_t edits) {
    Front& front = kForward ? forward_ : backward_;
    Front& other = kForward ? backward_ : forward_;
    const int64_t delta = box.width() - box.height();
    // Only then is the sum of both fronts' edits of the parity that leads from corner to corner.
    const bool may_meet = (delta % 2 != 0) == kForward;
    for (int64_t d = front.lowest(edits); d <= front.highest(edits); d += 2) {
      const int64_t start = edits == 0 ? 0 : front.after_one_edit(d);
      const int64_t x = start < 0 ? start : start + common_from<kForward>(box, {start, start - d});
      front.at(d) = x;
      count_steps(x - start);
      if (may_meet && x >= 0 && other.at(delta - d) >= box.width() - x) return Point{x, x - d};
    }
    return std::nullopt;
  }

  // How many are the same, one after the other, from this point on.
  template <bool kForward>
  int64_t common_from(const Box& box, Point point) const {
    const int64_t most = std::min(box.width() - point.x, box.height() - point.y);
    const auto same_at = [&](int64_t i) {
      return kForward ? same(box.x0 + point.x + i, box.y0 + point.y + i)
                      : same(box.x1 - 1 - point.x - i, box.y1 - 1 - point.y - i);
    };
    int64_t count = 0;
    while (count < most && same_at(count)) ++count;
    return count;
  }

  void count_steps(int64_t common) {
    const uint64_t steps = 1 + static_cast<uint64_t>(common);
    gave_up_ = gave_up_ || steps > steps_left_;
    steps_left_ -= std::min(steps, steps_left_);
  }

  std::span<const uint32_t> from_;
  std::span<const uint32_t> to_;
  Front forward_;
  Front backward_;
  uint64_t steps_left_;
  bool gave_up_ = false;
  EditScript script_;
};

}  // namespace

std::optional<EditScript> edit_script(std::span<const uint32_t> from, std::span<const uint32_t> to,
                                      uint64_t most_steps) {
  return Search(from, to, most_steps).run();
}

}  // namespace backstep
