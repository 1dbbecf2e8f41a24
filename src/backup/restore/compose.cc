// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/compose.h"

#include <algorithm>

namespace backstep {
namespace {

// Puts a file of another set into the one that is written; returns how it lies there.
FileEntry add(SetWriter& writer, const Patterns& patterns, const StoredSet& source,
              const FileEntry& file) {
  FileEntry entry = file;
  entry.in_base = false;
  if (entry.absent) return entry;
  entry.stored = SetWriter::stored_name(patterns, entry.path);
  if (!writer.add_link(entry, source.directory_of(file), file.stored)) {
    writer.add_copy(entry, source.open(file).get());
  }
  return entry;
}

}  // namespace

Manifest compose_set(const Store& store, const StoredSet& known, const StoredSet& here,
                     Manifest header) {
  const std::vector<FileEntry>& files = known.manifest.files;
  const Patterns& patterns = header.patterns;
  SetWriter writer(store, SetRef{Shelf::kGood, header.id},
                   files.size() + here.manifest.files.size());
  const auto holds = [&](const FileEntry& file) {
    return !file.absent && patterns.looks_for(file.path);
  };
  for (const FileEntry& file : files) {
    if (holds(file)) header.files.push_back(add(writer, patterns, known, file));
  }
  for (const FileEntry& file : here.manifest.files) {
    const FileEntry* there = find_entry(files, file.path);
    if (there == nullptr || !holds(*there)) {
      header.files.push_back(add(writer, patterns, here, file));
    }
  }
  std::ranges::sort(header.files, {}, &FileEntry::path);
  header.digest = set_digest(header.files);
  writer.publish(header);
  return header;
}

}  // namespace backstep
