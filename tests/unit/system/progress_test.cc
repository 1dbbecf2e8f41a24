// SPDX-License-Identifier: Apache-2.0
#include "system/progress.h"

#include <stdexcept>

#include "support/catch.h"
#include "support/recording_progress.h"

using backstep::Work;
using backstep::test::RecordingProgress;
using Told = std::vector<std::string>;

TEST_CASE("Work: it ends with its scope, however that is left", "[system][progress]") {
  RecordingProgress progress;
  const auto fail = [&] {
    Work work(&progress, {.doing = "staging", .count = 20});
    for (int i = 0; i < 9; ++i) work.add(1);
    throw std::runtime_error("no room");
  };
  CHECK_THROWS(fail());
  CHECK(progress.told == Told{"staging 20 file: 8, 8 B"});
}

TEST_CASE("Work: nobody has to watch", "[system][progress]") {
  Work work(nullptr, {.doing = "staging", .count = 1});
  work.add(Work::kToldBytes);
}

TEST_CASE("Work: it is told seldom, and the last of it always", "[system][progress]") {
  RecordingProgress progress;
  SECTION("of ten thousand files each fourth") {
    Work work(&progress, {.doing = "backing up", .count = 10'000});
    for (int i = 0; i < 10'000; ++i) work.add(100);
    CHECK(progress.moves == 2'500);
  }
  SECTION("of large ones every quarter of a mebibyte") {
    Work work(&progress, {.doing = "importing", .noun = "", .bytes = 10 * Work::kToldBytes});
    for (int i = 0; i < 20; ++i) work.add_bytes(Work::kToldBytes / 2);
    CHECK(progress.moves == 10);
  }
  SECTION("of three files the third") {
    Work work(&progress, {.doing = "reading", .count = 3});
    work.add();
    work.add();
    CHECK(progress.moves == 0);
    work.add();
    CHECK(progress.moves == 1);
  }
}
