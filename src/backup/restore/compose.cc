// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/compose.h"

#include <algorithm>

namespace backstep {
namespace {

class Composition {
 public:
  Composition(const Store& store, const Manifest& header, size_t most_files)
      : patterns_(header.patterns), writer_(store, SetRef{Shelf::kGood, header.id}, most_files) {}

  void add(const StoredSet& source, const FileEntry& file) {
    FileEntry entry = file;
    entry.in_base = false;
    if (!entry.absent) {
      entry.stored = SetWriter::stored_name(patterns_, entry.path);
      if (!writer_.add_link(entry, source.directory_of(file), file.stored)) {
        writer_.add_copy(entry, source.open(file).get());
      }
    }
    files_.push_back(std::move(entry));
  }

  Manifest publish(Manifest header) {
    std::ranges::sort(files_, {}, &FileEntry::path);
    header.files = std::move(files_);
    header.digest = set_digest(header.files);
    writer_.publish(header);
    return header;
  }

 private:
  const Patterns& patterns_;
  SetWriter writer_;
  std::vector<FileEntry> files_;
};

}  // namespace

Manifest compose_set(const Store& store, const StoredSet& known, const StoredSet& here,
                     Manifest header) {
  const std::vector<FileEntry>& files = known.manifest.files;
  Composition composition(store, header, files.size() + here.manifest.files.size());
  const auto holds = [&](const FileEntry& file) {
    return !file.absent && header.patterns.looks_for(file.path);
  };
  for (const FileEntry& file : files) {
    if (holds(file)) composition.add(known, file);
  }
  for (const FileEntry& file : here.manifest.files) {
    const FileEntry* there = find_entry(files, file.path);
    if (there == nullptr || !holds(*there)) composition.add(here, file);
  }
  return composition.publish(std::move(header));
}

}  // namespace backstep
