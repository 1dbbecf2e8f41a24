// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/journal_tree.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore/reserve.h"
#include "base/error.h"
#include "base/text.h"
#include "store/records/history.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

constexpr const char* kLeft = "left";

// Numbers of devices change from boot to boot, and a container has paths of its own.
bool is_same_directory(const JournalTree& a, const JournalTree& b) {
  return a.inode == b.inode && a.birth_ns == b.birth_ns && (a.device == b.device || a.path == b.path);
}

// A file that the run left as it was lies in every checkout of the project, and proves nothing.
bool holds_work_of(const Site& site, const Journal& journal) {
  if (!journal.recorded) return false;
  // What the run found; nothing where nobody can read that any more.
  const auto found = find_readable_set(site.store, journal.backup.ref, journal.patterns);
  const std::vector<FileEntry> before = found ? found->manifest.files : std::vector<FileEntry>();
  const Directory& directory = site.context.workspace.directory;
  return std::ranges::any_of(*journal.recorded, [&](const RecordedFile& file) {
    const FileEntry* old = find_entry(before, file.path);
    if (file.sha256.empty() || (old != nullptr && old->sha256 == file.sha256)) return false;
    try {
      const std::optional<FileEntry> now = read_live_file(directory, file.path);
      return now && now->sha256 == file.sha256;
    } catch (const Error&) {
      return false;
    }
  });
}

Directory left_directory(const Store& store) {
  if (auto found = store.control().find_directory(kLeft)) return std::move(*found);
  Directory made = store.control().make_directories(kLeft, store.owner());
  store.control().sync();
  return made;
}

// One that cannot be read is left for who can.
std::optional<Journal> read_left(const Store& store, const Directory& left, const std::string& name) {
  try {
    return load_journal_from(store, left, name);
  } catch (const SystemError&) {
    throw;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<Journal> left_aside(const Store& store) {
  std::vector<Journal> journals;
  if (!store.has_control()) return journals;
  const std::optional<Directory> left = store.control().find_directory(kLeft);
  if (!left) return journals;
  for (const std::string& name : left->list()) {
    std::optional<Journal> journal = read_left(store, *left, name);
    if (journal && journal->run == name) journals.push_back(std::move(*journal));
  }
  return journals;
}

// The newest record of something that another run put live since this one began.
bool went_live_since(const Site& site, const Journal& journal) {
  const Catalog catalog = read_catalog(site.store);
  const std::vector<HistoryLine> history = labelled_history(site.store, catalog);
  const CatalogEntry* backup = catalog.find(journal.backup.ref);
  const int64_t began = backup == nullptr ? 0 : backup->manifest.sequence;
  return std::ranges::any_of(history, [&](const HistoryLine& line) {
    return line.run != journal.run && line.sequence > began && !digest_put_live(line, catalog).empty();
  });
}

}  // namespace

JournalTree tree_of(const Workspace& workspace) {
  const FileStatus status = workspace.directory.own_status();
  return {workspace.path(), status.device, status.inode, status.birth_ns};
}

bool began_in(const Workspace& workspace, const Journal& journal) {
  return is_same_directory(journal.tree, tree_of(workspace));
}

bool is_of_this_tree(const Site& site, const Journal& journal) {
  return began_in(site.context.workspace, journal) || holds_work_of(site, journal);
}

void close_journal(const Site& site) {
  const std::string trouble = remove_journal(site.store);
  release_room(site);
  if (trouble.empty()) return;
  site.context.listener.warning("the journal's end could not be written, so it was removed: " + trouble);
}

void release_room(const Site& site) {
  try_to(site.context.listener, "the room that was held for a rollback is not given back",
         [&] { Reserve::release(site.context.tree(site.context.patterns), site.store); });
}

void leave_aside(const Site& site, const Journal& journal) {
  save_journal_to(site.store, left_directory(site.store), journal.run, journal);
  close_journal(site);
  site.context.listener.warning(fmt::format(
      "run {} of {} was left open in another tree ({}) and is not ended here: '{}' there "
      "does so",
      journal.run, printable(journal.owner), printable(journal.tree.path), site.context.place.command("recover")));
}

std::optional<Journal> take_back(const Site& site) {
  for (Journal& journal : left_aside(site.store)) {
    if (!is_of_this_tree(site, journal)) continue;
    if (went_live_since(site, journal)) {
      site.context.listener.note(
          fmt::format("Another version went live since run {}: only its files come back", journal.run));
      journal.forget_commands();
      journal.owed = false;
    }
    save_journal(site.store, journal);
    const Directory left = left_directory(site.store);
    left.remove_file(journal.run);
    left.sync();
    return std::move(journal);
  }
  return std::nullopt;
}

bool has_left_aside(const Store& store) { return !left_aside(store).empty(); }

void forget_left_aside(const Store& store, int64_t oldest) {
  for (const Journal& journal : left_aside(store)) {
    if (journal.started >= oldest) continue;
    const Directory left = left_directory(store);
    left.remove_file(journal.run);
    left.sync();
  }
}

}  // namespace backstep
