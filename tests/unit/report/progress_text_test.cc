// SPDX-License-Identifier: Apache-2.0
#include "report/log/progress_view.h"

#include "support/catch.h"

using namespace backstep;

namespace {

constexpr size_t kWide = 200;
constexpr Task kTenThousand{.doing = "backing up", .count = 10'000};

std::string wide(const Task& task, const Done& done, Duration elapsed = Duration(4'000)) {
  return progress_text(task, done, elapsed, kWide);
}

}  // namespace

TEST_CASE("ProgressText: a narrow terminal is shown what matters most", "[report][progress_text]") {
  const Done done{3'214, 12'900'000};
  const std::string head = "backing up 3214 of 10000 files";
  const auto at = [&](size_t width) { return progress_text(kTenThousand, done, Duration(4'000), width); };
  CHECK(at(80) == head + ", 32 %, 12.9 MB, 4.0 s");
  CHECK(at(head.size() + 13) == head + ", 32 %, 4.0 s");
  CHECK(at(head.size() + 6) == head + ", 32 %");
  CHECK(at(head.size() + 5) == head);
  CHECK(at(10) == "backing up");
  CHECK(at(0).empty());
  for (size_t width = 0; width < kWide; ++width) CHECK(at(width).size() <= width);
}

TEST_CASE("ProgressText: what is not known is not told", "[report][progress_text]") {
  CHECK(wide({.doing = "reading"}, {1, 0}) == "reading 1 file, 4.0 s");
  CHECK(wide({.doing = "importing", .noun = ""}, {0, 512}) == "importing, 512 bytes, 4.0 s");
  CHECK(wide({.doing = "removing", .noun = "set", .count = 40}, {3, 0}) == "removing 3 of 40 sets, 7 %, 4.0 s");
}

TEST_CASE("ProgressText: a large file among small ones counts by its size", "[report][progress_text]") {
  const Task task{.doing = "staging", .count = 10, .bytes = uint64_t{8} << 30};
  CHECK(wide(task, {9, uint64_t{2} << 30}) == "staging 9 of 10 files, 25 %, 2.1 GB of 8.6 GB, 4.0 s");
}

TEST_CASE("ProgressText: more than was expected is no more than all", "[report][progress_text]") {
  const Task task{.doing = "importing", .noun = "", .bytes = 1'000};
  CHECK(wide(task, {0, 1'500}) == "importing, 100 %, 1.5 kB of 1.0 kB, 4.0 s");
}

TEST_CASE("ProgressText: when all is counted, the disk is waited for", "[report][progress_text]") {
  CHECK(wide(kTenThousand, {10'000, 0}, Duration(75'000)) ==
        "backing up 10000 of 10000 files, waiting for the disk, 1 m 15 s");
}
