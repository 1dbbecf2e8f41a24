// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/live_set.h"
#include "base/error.h"
#include "base/text.h"
#include "journal/journal_file.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

constexpr const char* kFileName = "journal.json";

// A set that is not found may be one whose manifest the disk did not give us just now: its name is in there.
RecordedSet look_up(const Catalog& catalog, const std::string& name) {
  RecordedSet set = recorded_set(catalog, name);
  if (set.empty() || set.is_here()) return set;
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.unread) throw Error(ExitCode::kInternal, entry.trouble);
  }
  return set;
}

void look_up_sets(const Store& store, Journal& journal) {
  const Catalog catalog = read_catalog(store);
  for (RecordedSet* set : {&journal.backup, &journal.stands_in, &journal.evidence}) {
    *set = look_up(catalog, set->uid);
  }
  if (journal.target) journal.target = look_up(catalog, journal.target->uid);
}

}  // namespace

bool Journal::deploy_may_have_begun() const {
  if (phase == Phase::kArmed) return begun();
  return phase == Phase::kDeploying || phase == Phase::kDeployed;
}

void Journal::forget_commands() {
  settings.deploy = {};
  settings.diagnose = {};
  settings.rollback.command = {};
}

std::string Journal::script_of(const std::string& service) const {
  const std::vector<std::string> scripts = patterns.scripts_of(service);
  for (const std::string& path : scripts) {
    if (recorded && find_entry(*recorded, path) != nullptr) return path;
  }
  return scripts.empty() ? "" : scripts.front();
}

bool Journal::was_unhealthy(const std::string& service) const {
  return std::ranges::find(unhealthy_before, service) != unhealthy_before.end();
}

std::string Journal::why_files_stay() const {
  if (!settings.rollback.enabled) return "rollback is off";
  if (no_return_code == 0) return "its deploy forbids a rollback";
  return fmt::format("exit code {} of its deploy forbids a rollback", no_return_code);
}

std::optional<Journal> load_journal(const Store& store) {
  if (!store.has_control()) return std::nullopt;
  return load_journal_from(store, store.control(), kFileName);
}

std::optional<Journal> load_journal_from(const Store& store, const Directory& directory, const std::string& name) {
  try {
    FileStatus file;
    const std::optional<std::string> record = JournalFile(directory, name).read(&file);
    if (!record) return std::nullopt;
    Journal journal = decode_journal(*record);
    // Who settles another one's journal keeps his name in it; anybody else may have written any.
    if (file.author() != 0 && file.author() != effective_user()) journal.author = file.author();
    look_up_sets(store, journal);
    return journal;
  } catch (const Error& error) {
    throw error.within("cannot use the journal " + in_quotes(directory.shown(name)), error.code());
  }
}

bool has_journal(const Store& store) {
  if (!store.has_control()) return false;
  try {
    return JournalFile(store.control(), kFileName).read().has_value();
  } catch (const Error&) {
    return true;
  }
}

void save_journal(const Store& store, const Journal& journal) {
  save_journal_to(store, store.control(), kFileName, journal);
}

void save_journal_to(const Store& store, const Directory& directory, const std::string& name, const Journal& journal) {
  constexpr size_t kRecordedFile = 256;
  std::string record = encode_journal(journal);
  const size_t to_come = journal.recorded ? 0 : journal.expected_files * kRecordedFile;
  const size_t largest = record.size() + to_come;
  JournalFile(directory, name).append(std::move(record), store.owner(), largest);
}

std::string remove_journal(const Store& store) { return JournalFile(store.control(), kFileName).end(); }

std::vector<RecordedFile> record_of(const std::vector<FileEntry>& files) {
  std::vector<RecordedFile> recorded;
  recorded.reserve(files.size());
  for (const FileEntry& file : files) {
    recorded.push_back({file.path, file.unseen() ? ContentHash() : file.sha256, !file.absent && file.executable(),
                        false, file.unseen()});
  }
  return recorded;
}

FileEntry entry_of(const RecordedFile& file) {
  return {
      .path = file.path, .mode = file.executable ? 0755U : 0644U, .absent = file.sha256.empty(), .sha256 = file.sha256};
}

bool is_as_recorded(const std::vector<RecordedFile>& recorded, const std::string& path, const FileEntry* live) {
  const RecordedFile* found = find_entry(recorded, path);
  if (found != nullptr && found->kept) return false;
  if (found == nullptr || found->sha256.empty()) return live == nullptr;
  // What lies in a file's place is moved away before the rename: a kill between the two leaves none.
  if (found->sha256 == kNoContent && live == nullptr) return true;
  return live != nullptr && live->sha256 == found->sha256 && live->executable() == found->executable;
}

}  // namespace backstep
