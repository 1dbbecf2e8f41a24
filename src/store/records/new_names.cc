// SPDX-License-Identifier: Apache-2.0
#include "store/records/new_names.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <random>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

// 0: it has none. Inside a text of a line, quotes are escaped: this is found as a member only.
int64_t sequence_in(std::string_view line) {
  constexpr std::string_view kKey = "\"sequence\":";
  const size_t key = line.find(kKey);
  int64_t sequence = 0;
  if (key == line.npos) return sequence;
  line.remove_prefix(key + kKey.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  std::from_chars(line.data(), line.data() + line.size(), sequence);
  return is_sequence(sequence) ? sequence : 0;
}

int64_t highest_in(const Store& store, const char* records) {
  int64_t highest = 0;
  try {
    for (const std::string_view line : lines_in(store.read_records(records))) {
      highest = std::max(highest, sequence_in(line));
    }
  } catch (const Error&) {
    // Records that cannot be read fail whoever appends to them, and must not stop a set.
  }
  return highest;
}

}  // namespace

std::string new_uid() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:04x}", random(), random(), random() & 0xffff);
}

int64_t next_sequence(const Store& store) {
  int64_t highest = 0;
  for (const CatalogEntry& entry : read_catalog(store).entries) {
    highest = std::max(highest, entry.manifest.sequence);
  }
  for (const char* records : kRecordNames) highest = std::max(highest, highest_in(store, records));
  return std::min(highest + 1, kLastSequence);
}

std::string fresh_id(const Store& store, int64_t now) {
  std::set<int64_t> taken;
  int64_t seconds = now;
  for (const SetRef& ref : store.list_sets()) {
    const int64_t its = *seconds_of_id(ref.id);
    taken.insert(its);
    if (is_believable(its, now)) seconds = std::max(seconds, its + 1);
  }
  while (taken.contains(seconds)) ++seconds;
  return id_of_seconds(seconds);
}

void name_new_set(const Store& store, int64_t now, Manifest& header) {
  if (header.uid.empty()) header.uid = new_uid();
  header.sequence = next_sequence(store);
  header.id = fresh_id(store, now);
  header.time = *seconds_of_id(header.id);
}

}  // namespace backstep
