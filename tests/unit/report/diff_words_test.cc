// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

#include "diff_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string notes(const DiffScene& scene) { return notes_of(scene.diff()); }

}  // namespace

TEST_CASE("DiffWords: what the lines do not tell is said", "[report][diff_words]") {
  CHECK(notes({"a\n", "b\n"}).empty());
  CHECK(notes({"a\n", "b\n", "x", 0644}) == "mode 0755 → 0644");
  CHECK(notes({"TOKEN=a\n", "TOKEN=b\n"}) == "only masked values differ");
  CHECK(notes({"TOKEN=a\nx\n", "TOKEN=b\ny\n"}) == "1 of the lines differs only in masked values");
  CHECK(notes({"TOKEN=a\nKEY=a\nx\n", "TOKEN=b\nKEY=b\ny\n", "x", 0644}) ==
        "mode 0755 → 0644; 2 of the lines differ only in masked values");
}

TEST_CASE("DiffWords: totals are counted over all files", "[report][diff_words]") {
  const DiffScene scene("a\n", "b\nc\n");
  DiffTotals totals{scene.from, scene.to};
  totals.count(scene.diff());
  CHECK(totals.sentence() == "1 file differs: 2 lines added, 1 removed");
  totals.count(DiffScene("a\n", std::nullopt).diff());
  CHECK(totals.sentence() == "2 files differ: 2 lines added, 2 removed");
}

TEST_CASE("DiffWords: a tab of a line stays a tab", "[report][diff_words]") {
  CHECK(printable_lines("\ta\tb\x1b\r") == "\ta\tb\\x1b\\x0d");
  CHECK(printable_lines("") == "");
}
