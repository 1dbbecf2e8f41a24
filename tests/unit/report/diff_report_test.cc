// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

#include "diff_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

Json json_of(const DiffScene& scene) { return diff_json(scene.from, scene.to, Secrets()); }

const Json& file_of(const Json& answer) { return answer.find("files")->array()->at(0); }

}  // namespace

TEST_CASE("DiffReport: JSON never grows with the files", "[report][diff_report]") {
  std::string lines;
  for (int i = 0; i < 300'000; ++i) lines += "line " + std::to_string(i) + "\n";
  const Json answer = json_of({"first\n", lines});
  CHECK(file_of(answer).number("added") == 300'000);
  CHECK(file_of(answer).find("hunks")->array()->empty());
  CHECK(*file_of(answer).find("hunks_cut")->boolean());
}

TEST_CASE("DiffReport: what is not compared line by line has no counts", "[report][diff_report]") {
  const DiffScene scene(std::string("a\0", 2), std::string("b\0", 2));
  const Json answer = json_of(scene);
  CHECK(file_of(answer).find("added")->is_null());
  CHECK(file_of(answer).text("kind") == "binary");
  CHECK_FALSE(*file_of(answer).find("hunks_cut")->boolean());
  CHECK_THAT(diff_stat(scene.from, scene.to, Secrets()), Contains("-      -        binary, 2 and 2 bytes"));
}

TEST_CASE("DiffReport: masks are in JSON too", "[report][diff_report]") {
  const Json answer = json_of({"TOKEN=one\n", "TOKEN=two\n"});
  CHECK(file_of(answer).texts("hunks") == std::vector<std::string>{"@@ -1 +1 @@\n-TOKEN=***\n+TOKEN=***\n"});
  CHECK(file_of(answer).text("note") == "only masked values differ");
  CHECK(file_of(answer).number("only_masked") == 1);
}

TEST_CASE("DiffReport: a file that came has one side", "[report][diff_report]") {
  const Json answer = json_of({std::nullopt, "a\n"});
  CHECK(file_of(answer).find("from")->is_null());
  CHECK(file_of(answer).find("to")->text("mode") == "0755");
  CHECK(file_of(answer).text("status") == "+");
  CHECK(answer.find("to")->is_null());
  CHECK(answer.text("from") == "2024-03-10_14-23-00");
}
