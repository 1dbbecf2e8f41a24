// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/flush_live.h"

#include <set>
#include <string>

#include "system/files/beneath.h"
#include "system/files/durability.h"

namespace backstep {
namespace {

using Names = std::set<std::string, std::less<>>;

// A new file may lie in a new directory, whose own name is in the one above it.
void add_directories_above(std::string_view path, Names& directories) {
  while (!path.empty()) {
    path = parts_of(path).parent;
    directories.emplace(path);
  }
}

Names directories_with_changed_names(const std::vector<FileEntry>& before, const LiveSet& live) {
  Names directories;
  for (const std::string& path : live.rewritten) {
    const FileEntry* old = find_entry(before, path);
    if (old == nullptr || old->absent) add_directories_above(path, directories);
    directories.emplace(parts_of(path).parent);
  }
  for (const FileEntry& old : before) {
    if (old.absent) continue;
    const FileEntry* now = find_entry(live.files, old.path);
    if (now == nullptr || now->absent) add_directories_above(old.path, directories);
  }
  return directories;
}

}  // namespace

void flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live) {
  const Directory& workspace = tree.workspace.directory;
  const Names directories = directories_with_changed_names(before, live);
  if (directories.empty()) return;
  SyncBatch batch(workspace, live.rewritten.size() + directories.size());
  Work work(tree.progress, {.doing = "writing to disk", .count = live.rewritten.size()});
  for (const std::string& path : live.rewritten) {
    if (const auto file = workspace.find_file(path)) batch.written(file->get(), path);
    work.add();
  }
  for (const std::string& path : directories) {
    if (const auto directory = workspace.find_directory_or_root(path)) batch.renamed(*directory);
  }
  batch.flush();
}

}  // namespace backstep
