// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/diff/line_diff.h"

namespace backstep {
namespace {

// Goes through both sequences at once: a point (x, y) has taken x of the first and y of the second.
// What is common leads along a diagonal (x - y) and is free; one edit leads to its neighbour.
class Search {
 public:
  Search(std::span<const uint32_t> from, std::span<const uint32_t> to, uint64_t most_steps)
      : from_(from),
        to_(to),
        width_(static_cast<int64_t>(from.size())),
        height_(static_cast<int64_t>(to.size())),
        reach_(from.size() + to.size() + 3),
        steps_left_(most_steps) {}

  std::optional<EditScript> run() {
    while (!arrived_) {
      if (gave_up_) return std::nullopt;
      try_one_more_edit();
    }
    return script();
  }

 private:
  // How far x has come on a diagonal with the edits so far. One beyond each end may be asked.
  int64_t& reach(int64_t diagonal) { return reach_[static_cast<size_t>(diagonal + height_ + 1)]; }

  bool same(int64_t x, int64_t y) const {
    return x < width_ && y < height_ &&
           from_[static_cast<size_t>(x)] == to_[static_cast<size_t>(y)];
  }

  // So many edits reach every second diagonal. Those that would take more removals or additions
  // than there are items are left out.
  void try_one_more_edit() {
    const auto edits = static_cast<int64_t>(removes_.size());
    std::vector<bool>& removes = removes_.emplace_back(static_cast<size_t>(edits) + 1);
    const int64_t lowest = -edits + 2 * std::max<int64_t>(0, edits - height_);
    const int64_t highest = edits - 2 * std::max<int64_t>(0, edits - width_);
    for (int64_t d = lowest; d <= highest && !arrived_; d += 2) {
      const bool removed = d != -edits && (d == edits || reach(d - 1) >= reach(d + 1));
      removes[place(edits, d)] = removed;
      const int64_t start = removed ? reach(d - 1) + 1 : reach(d + 1);
      int64_t x = start;
      while (same(x, x - d)) ++x;
      reach(d) = x;
      count_steps(x - start);
      arrived_ = x >= width_ && x - d >= height_;
    }
  }

  static size_t place(int64_t edits, int64_t diagonal) {
    return static_cast<size_t>((diagonal + edits) / 2);
  }

  void count_steps(int64_t common) {
    const uint64_t steps = 1 + static_cast<uint64_t>(common);
    gave_up_ = gave_up_ || steps > steps_left_;
    steps_left_ -= std::min(steps, steps_left_);
  }

  // What the edits were is read backwards, from the diagonal of the end. The item that each was
  // about is found by going the same way once more.
  EditScript script() const {
    std::vector<bool> path;
    int64_t diagonal = width_ - height_;
    for (auto edits = static_cast<int64_t>(removes_.size()) - 1; edits > 0; --edits) {
      path.push_back(removes_[static_cast<size_t>(edits)][place(edits, diagonal)]);
      diagonal += path.back() ? -1 : 1;
    }
    EditScript script{std::vector<bool>(from_.size()), std::vector<bool>(to_.size())};
    size_t x = 0;
    size_t y = 0;
    for (auto removed = path.rbegin(); removed != path.rend(); ++removed) {
      while (same(static_cast<int64_t>(x), static_cast<int64_t>(y))) ++x, ++y;
      if (*removed) {
        script.removed[x++] = true;
      } else {
        script.added[y++] = true;
      }
    }
    return script;
  }

  std::span<const uint32_t> from_;
  std::span<const uint32_t> to_;
  int64_t width_;
  int64_t height_;
  std::vector<int64_t> reach_;
  std::vector<std::vector<bool>> removes_;  // by edits and diagonal: whether it removed or added
  uint64_t steps_left_;
  bool arrived_ = false;
  bool gave_up_ = false;
};

}  // namespace

std::optional<EditScript> edit_script(std::span<const uint32_t> from, std::span<const uint32_t> to,
                                      uint64_t most_steps) {
  return Search(from, to, most_steps).run();
}

}  // namespace backstep
