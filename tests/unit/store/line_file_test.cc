// SPDX-License-Identifier: Apache-2.0
#include "store/records/line_file.h"

#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kLinesPath = "backups/.backstep/lines.jsonl";

Json line(int number) {
  Json json;
  json.set("format", 1);
  json.set("n", number);
  return json;
}

std::string numbers(const StoreScene& scene) {
  std::string result;
  for (const Json& json : read_line_file(scene.store, "lines.jsonl").lines) {
    result += std::to_string(json.number("n"));
  }
  return result;
}

}  // namespace

TEST_CASE("LineFile: a torn last line is as if it had never been written", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":1,\"n\":1}\n{\"format\":1,\"n\"");
  REQUIRE(numbers(scene) == "1");
  REQUIRE(read_line_file(scene.store, "lines.jsonl").broken == 0);
  append_to_line_file(scene.store, "lines.jsonl", line(2).dump());
  REQUIRE(numbers(scene) == "12");
}

TEST_CASE("LineFile: a last line that only lacks its end counts", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":1,\"n\":1}");
  REQUIRE(numbers(scene) == "1");
  append_to_line_file(scene.store, "lines.jsonl", line(2).dump());
  REQUIRE(numbers(scene) == "12");
}

TEST_CASE("LineFile: broken lines are counted and left out, never fatal", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath,
                   "<<<<<<< HEAD\n{\"format\":1,\"n\":1}\n[]\n{\"n\":7}\n\n\xff\n"
                   "{\"format\":1,\"n\":2}\n");
  REQUIRE(numbers(scene) == "12");
  REQUIRE(read_line_file(scene.store, "lines.jsonl").broken == 4);
}

TEST_CASE("LineFile: lines of a newer format are passed over", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":2,\"n\":9}\n{\"format\":1,\"n\":1}\n");
  REQUIRE(numbers(scene) == "1");
  REQUIRE(read_line_file(scene.store, "lines.jsonl").broken == 0);
}

TEST_CASE("LineFile: a missing one is empty", "[store][lines]") {
  const StoreScene scene;
  REQUIRE(read_line_file(scene.store, "lines.jsonl").lines.empty());
  append_to_line_file(scene.store, "lines.jsonl", line(1).dump());
  REQUIRE(scene.temp.read(kLinesPath) == "{\"format\":1,\"n\":1}\n");
}
