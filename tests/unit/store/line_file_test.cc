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
  scene.store.forget_records();
  read_lines(scene.store, "lines.jsonl", [&](const Json& line, size_t) { result += std::to_string(line.number("n")); });
  return result;
}

int broken_lines(const StoreScene& scene) {
  return read_lines(scene.store, "lines.jsonl", [](const Json& line, size_t) { line.number("n"); });
}

void append(const StoreScene& scene, int number) { scene.store.append_records("lines.jsonl", line(number).dump()); }

}  // namespace

TEST_CASE("LineFile: a torn last line is as if it had never been written", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":1,\"n\":1}\n{\"format\":1,\"n\"");
  REQUIRE(numbers(scene) == "1");
  REQUIRE(broken_lines(scene) == 0);
  append(scene, 2);
  REQUIRE(numbers(scene) == "12");
}

TEST_CASE("LineFile: a last line that only lacks its end counts", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":1,\"n\":1}");
  REQUIRE(numbers(scene) == "1");
  append(scene, 2);
  REQUIRE(numbers(scene) == "12");
}

TEST_CASE("LineFile: broken lines are counted and left out, never fatal", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath,
                   "<<<<<<< HEAD\n{\"format\":1,\"n\":1}\n[]\n{\"n\":7}\n\n\xff\n"
                   "{\"format\":1,\"n\":2}\n");
  REQUIRE(numbers(scene) == "12");
  REQUIRE(broken_lines(scene) == 4);
}

TEST_CASE("LineFile: lines of a newer format are passed over", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":2,\"n\":9}\n{\"format\":1,\"n\":1}\n");
  REQUIRE(numbers(scene) == "1");
  REQUIRE(broken_lines(scene) == 0);
}

TEST_CASE("LineFile: a missing one is empty", "[store][lines]") {
  const StoreScene scene;
  REQUIRE(numbers(scene).empty());
  append(scene, 1);
  REQUIRE(scene.temp.read(kLinesPath) == "{\"format\":1,\"n\":1}\n");
}

TEST_CASE("LineFile: a store reads its records once, and knows what it wrote itself", "[store][lines]") {
  const StoreScene scene;
  scene.temp.write(kLinesPath, "{\"format\":1,\"n\":1}\n{\"torn");
  CHECK(scene.store.read_records("lines.jsonl") == scene.temp.read(kLinesPath));
  append(scene, 2);
  CHECK(scene.store.read_records("lines.jsonl") == scene.temp.read(kLinesPath));
  const std::string written = scene.temp.read(kLinesPath);
  scene.temp.write(kLinesPath, "by somebody else\n");
  CHECK(scene.store.read_records("lines.jsonl") == written);
  scene.store.forget_records();
  CHECK(scene.store.read_records("lines.jsonl") == "by somebody else\n");
}
