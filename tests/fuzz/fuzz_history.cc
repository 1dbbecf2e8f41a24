// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "fuzz/store_of_bytes.h"
#include "store/records/history.h"
#include "store/set_id.h"

namespace backstep::fuzz {
namespace {

HistoryLine a_begin() {
  HistoryLine line;
  line.run = "0123456789abcdef0123";
  line.event = HistoryLine::Event::kBegun;
  line.verb = RunVerb::kBegin;
  line.time = 1'900'000'000;
  line.owner = "fuzz";
  return line;
}

}  // namespace

// Whatever lies there, it is read, and the next line stands alone behind it.
void try_input(std::string_view bytes) {
  static const StoreOfBytes scene("history.jsonl");
  const Store& store = scene.with(bytes);
  const std::vector<HistoryLine> before = load_history(store);
  if (!before.empty()) ++accepted;
  for (const HistoryLine& line : before) {
    require(!name_of(line.event).empty(), "an event has a name");
    require(is_uid(line.run) && is_sequence(line.sequence), "a run has a uid");
    for (const std::string* label : {&line.backup, &line.restored_from, &line.evidence}) {
      require(label->empty() || names_set(*label), "a name is a set's");
    }
    if (line.run == a_begin().run) return;
  }
  append_history(store, a_begin());
  const std::vector<HistoryLine> after = load_history(store);
  require(after.size() == before.size() + 1 && after.back().run == a_begin().run, "a new line is the last one");
  const std::optional<HistoryLine> open = unfinished_begin(after, "fuzz");
  require(open && open->run == a_begin().run, "the newest begin is open");
  HistoryLine end = a_begin();
  end.event = HistoryLine::Event::kAccepted;
  append_history(store, end);
  append_history(store, end);
  require(load_history(store).size() == before.size() + 2, "a run ends once");
  require(!unfinished_begin(load_history(store), "fuzz"), "a begin that ended is not open");
}

}  // namespace backstep::fuzz
