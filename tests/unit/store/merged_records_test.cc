// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include <fmt/core.h>

#include "support/catch.h"

using namespace backstep;

namespace {

std::string line(std::string_view run, int sequence) {
  return fmt::format("{{\"format\":1,\"run\":\"{:0>20}\",\"sequence\":{}}}\n", run, sequence);
}

}  // namespace

TEST_CASE("MergedRecords: what is none of ours stays out", "[store][records]") {
  const std::string other = "x\n{}\n" + line("a", 1) + "{\"format\":1,\"run\":\"torn";
  const MergedRecords merged = merge_records("", other);
  CHECK(merged.text == line("a", 1));
  CHECK(merged.added == 1);
  CHECK(merged.broken == 2);
}

TEST_CASE("MergedRecords: broken lines of ours stay, a torn last one goes", "[store][records]") {
  const std::string ours = line("a", 1) + "broken\n" + line("c", 3);
  CHECK(merge_records(ours + "{\"torn", line("b", 2)).text == line("a", 1) + "broken\n" + line("b", 2) + line("c", 3));
}

TEST_CASE("MergedRecords: each line once, by sequence and then by run", "[store][records]") {
  const std::string ours = line("a", 1) + line("b", 2);
  const std::string other = line("a", 2) + line("b", 2) + line("a", 2);
  const MergedRecords merged = merge_records(ours, other);
  CHECK(merged.text == line("a", 1) + line("a", 2) + line("b", 2));
  CHECK(merged.added == 1);
  CHECK(merge_records(merged.text, other).added == 0);
  CHECK(merge_records(other, ours).text == merged.text);
}

TEST_CASE("MergedRecords: lines of one run and number keep their file's order", "[store][records]") {
  const std::string first = "{\"z\":1," + line("a", 1).substr(1);
  const std::string second = line("a", 1);
  CHECK(merge_records(line("b", 1), first + second).text == first + second + line("b", 1));
}
