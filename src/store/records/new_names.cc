// SPDX-License-Identifier: Apache-2.0
#include "store/records/new_names.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/error.h"
#include "store/records/line_file.h"
#include "store/sets/catalog.h"
#include "system/random_token.h"

namespace backstep {
namespace {

constexpr size_t kUidLength = 20;

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

// Records that cannot be read fail whoever appends to them, and must not stop a set.
int64_t highest_in(const Store& store, const char* records) {
  int64_t highest = 0;
  try {
    for_each_line(store, records,
                  [&](std::string_view line) { highest = std::max(highest, sequence_in(line)); });
  } catch (const Error&) {
    return highest;
  }
  return highest;
}

std::set<std::string> taken_ids(const Store& store) {
  std::set<std::string> taken;
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    const Directory* directory = store.find_shelf(shelf);
    if (directory == nullptr) continue;
    for (std::string& name : directory->list()) {
      if (is_set_id(name)) taken.insert(std::move(name));
    }
  }
  return taken;
}

}  // namespace

std::string new_uid() {
  return random_token().substr(0, kUidLength);
}

int64_t next_sequence(const Store& store) {
  int64_t highest = 0;
  for (const CatalogEntry& entry : read_catalog(store).entries) {
    highest = std::max(highest, entry.manifest.sequence);
  }
  for (const char* records : kRecordNames) {
    highest = std::max(highest, highest_in(store, records));
  }
  return std::min(highest + 1, kLastSequence);
}

std::string fresh_id(const Store& store, int64_t now) {
  const std::set<std::string> taken = taken_ids(store);
  int64_t seconds = now;
  for (const std::string& id : taken) {
    const int64_t its = *seconds_of_id(id);
    if (is_believable(its, now)) seconds = std::max(seconds, its + 1);
  }
  while (taken.contains(id_of_seconds(seconds))) ++seconds;
  return id_of_seconds(seconds);
}

void name_new_set(const Store& store, int64_t now, Manifest& header) {
  if (header.uid.empty()) header.uid = new_uid();
  header.sequence = next_sequence(store);
  header.id = fresh_id(store, now);
  header.time = *seconds_of_id(header.id);
}

}  // namespace backstep
