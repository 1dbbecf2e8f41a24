// SPDX-License-Identifier: Apache-2.0
#include "report/log/progress_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace backstep {
namespace {

std::string spoken_size(uint64_t bytes) {
  constexpr std::array<std::string_view, 5> kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  auto amount = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  for (; amount >= 1024 && unit + 1 < kUnits.size(); ++unit) amount /= 1024;
  return fmt::format("{:.1f} {}", amount, kUnits[unit]);
}

std::string counted_part(const Task& task, const Done& done) {
  if (task.noun.empty()) return std::string(task.doing);
  if (task.count == 0) return fmt::format("{} {}", task.doing, counted(done.count, task.noun));
  return fmt::format("{} {} of {}", task.doing, std::min(done.count, task.count),
                     counted(task.count, task.noun));
}

std::string size_part(const Task& task, const Done& done) {
  if (done.bytes == 0) return "";
  const std::string size = spoken_size(done.bytes);
  return task.bytes == 0 ? size : fmt::format("{} of {}", size, spoken_size(task.bytes));
}

// Of the bytes where their sum is known: one large file among small ones takes most of the time.
std::string percent_part(const Task& task, const Done& done) {
  const bool by_bytes = task.bytes > 0;
  const uint64_t whole = by_bytes ? task.bytes : task.count;
  if (whole == 0) return "";
  const auto part = static_cast<double>(std::min(by_bytes ? done.bytes : done.count, whole));
  return fmt::format("{} %", static_cast<int>(100 * part / static_cast<double>(whole)));
}

// All of it is counted, and what is still to come is the disk's.
bool waits_for_the_disk(const Task& task, const Done& done) {
  return task.count > 0 && done.count >= task.count;
}

}  // namespace

std::string progress_text(const Task& task, const Done& done, Duration elapsed, size_t width) {
  std::string text = counted_part(task, done);
  const std::string percent =
      waits_for_the_disk(task, done) ? "waiting for the disk" : percent_part(task, done);
  // In the order in which they may be left out, the last first.
  std::string size = size_part(task, done);
  const std::array<std::string, 3> by_weight = {percent, spoken_duration(elapsed), size};
  std::array<bool, 3> fits{};
  size_t used = text.size();
  for (size_t i = 0; i < by_weight.size(); ++i) {
    fits[i] = !by_weight[i].empty() && used + 2 + by_weight[i].size() <= width;
    if (fits[i]) used += 2 + by_weight[i].size();
  }
  for (const size_t i : {size_t{0}, size_t{2}, size_t{1}}) {
    if (fits[i]) text += ", " + by_weight[i];
  }
  return text.substr(0, width);
}

}  // namespace backstep
