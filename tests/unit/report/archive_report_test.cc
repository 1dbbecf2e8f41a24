// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include "support/catch.h"

using namespace backstep;
using Fate = ImportedSet::Fate;
using backstep::test::matchers::Contains;

TEST_CASE("ArchiveReport: what did not come in is said with its reason", "[report][archive]") {
  Imported imported;
  imported.sets = {{.label = "a", .fate = Fate::kDamaged, .files = 0, .reason = "torn"},
                   {.label = "b", .fate = Fate::kClash, .files = 0, .reason = "taken"},
                   {.label = "c", .fate = Fate::kCameIn, .files = 2, .reason = ""}};
  imported.stopped = "why";
  const std::string text = import_text(imported, false);
  CHECK_THAT(text, Contains("❌ a is left out, it is damaged: torn\n"));
  CHECK_THAT(text, Contains("b is left out: taken\n"));
  CHECK_THAT(text, Contains("✅ Imported c (2 files)\n"));
  CHECK_THAT(text, Contains("Stopped: why; 1 set came in, and no records\n"));
  CHECK_THAT(import_text(imported, true), Contains("➕ Would import c"));
  const Json json = import_json(imported, "x", false);
  CHECK(json.text("stopped") == "why");
  CHECK((*json.find("sets")->array())[1].text("fate") == "other_content_here");
}

TEST_CASE("ArchiveReport: an export names what it left out", "[report][archive]") {
  Exported exported;
  exported.sets = {"a"};
  exported.left_out = {{"b", {"one", "two"}}};
  const std::string text = export_text(exported, "-");
  CHECK_THAT(text, Contains("❌ b is left out: one\n❌ b is left out: two\n"));
  CHECK_THAT(text, Contains("✅ Exported 1 set to stdout"));
}
