// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "fuzz/fuzz.h"
#include "fuzz/store_of_bytes.h"
#include "store/records/verdicts.h"

namespace backstep::fuzz {
namespace {

VerdictLine a_pass() {
  return {.run = "0123456789abcdef0123",
          .digest = std::string(64, 'f'),
          .good = true,
          .by_human = false,
          .time = 1'900'000'000,
          .commit = "abc"};
}

bool is_a_pass(const VerdictLine& line) { return line.run == a_pass().run && line.digest == a_pass().digest; }

bool is_withdrawn(const Verdicts& verdicts, const std::string& digest) {
  return std::any_of(verdicts.lines().begin(), verdicts.lines().end(),
                     [&](const VerdictLine& line) { return line.digest == digest && line.withdrawn; });
}

void require_judged(const Verdicts& verdicts, const VerdictLine& line) {
  const VerdictLine* deciding = verdicts.deciding(line.digest);
  require((deciding == nullptr) == (verdicts.of(line.digest) == Verdict::kUntested),
          "what is tested was judged by a line", line.digest);
  require(deciding != nullptr || is_withdrawn(verdicts, line.digest), "a judged digest is tested", line.digest);
}

void require_same_start(const Verdicts& before, const Verdicts& after) {
  require(after.lines().size() >= before.lines().size(), "a new line loses none");
  for (size_t i = 0; i < before.lines().size(); ++i) {
    require(before.lines()[i].digest == after.lines()[i].digest && before.lines()[i].good == after.lines()[i].good,
            "earlier verdicts stay as they were");
  }
}

}  // namespace

// Whatever lies there, it is read, and the next verdict stands alone behind it.
void try_input(std::string_view bytes) {
  static const StoreOfBytes scene("verdicts.jsonl");
  const Store& store = scene.with(bytes);
  const Verdicts before = Verdicts::load(store);
  if (!before.lines().empty()) ++accepted;
  for (const VerdictLine& line : before.lines()) {
    if (!line.service.empty()) {
      require(before.of(line.digest, line.service) != Verdict::kUntested, "a judged service is tested", line.service);
      continue;
    }
    require_judged(before, line);
    before.commit_of(line.digest);
    if (is_a_pass(line)) return;
  }
  for (const std::string& digest : before.good_digests()) {
    require(before.of(digest) == Verdict::kGood, "a good digest is good", digest);
  }
  append_verdict(store, a_pass());
  const Verdicts after = Verdicts::load(store);
  require_same_start(before, after);
  require(after.lines().size() == before.lines().size() + 1 && is_a_pass(after.lines().back()),
          "a new verdict is the last one");
}

}  // namespace backstep::fuzz
