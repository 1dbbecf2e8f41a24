// SPDX-License-Identifier: Apache-2.0
#include "report/diff/line_diff.h"

#include <algorithm>
#include <random>

#include "support/catch.h"

using namespace backstep;

namespace {

using Sequence = std::vector<uint32_t>;

Sequence random_sequence(std::mt19937& chance, size_t longest, uint32_t kinds) {
  Sequence sequence(chance() % (longest + 1));
  for (uint32_t& item : sequence) item = static_cast<uint32_t>(chance()) % kinds;
  return sequence;
}

// By the table of all pairs: slow, and beyond doubt.
size_t longest_common(const Sequence& a, const Sequence& b) {
  std::vector<size_t> row(b.size() + 1, 0);
  for (const uint32_t item : a) {
    size_t diagonal = 0;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = item == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

Sequence unmarked(const Sequence& sequence, const std::vector<bool>& marks) {
  REQUIRE(marks.size() == sequence.size());
  Sequence kept;
  for (size_t i = 0; i < sequence.size(); ++i) {
    if (!marks[i]) kept.push_back(sequence[i]);
  }
  return kept;
}

}  // namespace

TEST_CASE("EditScript: what is left is common, and as much as there can be",
          "[base][edit_script]") {
  std::mt19937 chance(4711);
  for (int round = 0; round < 4000; ++round) {
    const auto kinds = static_cast<uint32_t>(1 + chance() % 8);
    const Sequence from = random_sequence(chance, 24, kinds);
    const Sequence to = random_sequence(chance, 24, kinds);
    const auto script = edit_script(from, to, UINT64_MAX);
    REQUIRE(script);
    const Sequence common = unmarked(from, script->removed);
    INFO("round " << round);
    REQUIRE(common == unmarked(to, script->added));
    REQUIRE(common.size() == longest_common(from, to));
  }
}

TEST_CASE("EditScript: it gives up where it would take too long", "[base][edit_script]") {
  Sequence from(2000);
  for (size_t i = 0; i < from.size(); ++i) from[i] = static_cast<uint32_t>(i);
  const Sequence to(from.rbegin(), from.rend());
  CHECK_FALSE(edit_script(from, to, 100'000));
  CHECK(edit_script(from, to, UINT64_MAX));
  CHECK(edit_script(from, from, 0));
}

TEST_CASE("EditScript: an empty side is all change", "[base][edit_script]") {
  const auto script = edit_script({}, Sequence{1, 2}, UINT64_MAX);
  REQUIRE(script);
  CHECK(script->added == std::vector<bool>{true, true});
  CHECK(script->removed.empty());
}
