// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/evidence.h"

#include <algorithm>

#include "base/error.h"
#include "store/sets/set_writer.h"

namespace backstep {
namespace {

bool is_replaced(const RestorePlan& plan, const std::string& path) {
  const auto found = std::ranges::lower_bound(plan.steps, path, {}, &RestoreStep::path);
  return found != plan.steps.end() && found->path() == path && !found->in_place;
}

// Evidence may go before what it rests on, so it is no base itself; and nothing vouches for the
// files of a set without a manifest. A stored copy that somebody has changed is no base either.
bool leave_in_base(const StoredSet& target, const Index& index, const RestorePlan& plan,
                   FileEntry& entry) {
  if (target.ref.shelf == Shelf::kFailed || target.unverified) return false;
  const FileEntry* there = find_entry(target.manifest.files, entry.path);
  if (there == nullptr || !same_version(*there, entry) || is_replaced(plan, entry.path)) {
    return false;
  }
  const IndexRecord* record = index.find(entry.path);
  if (record == nullptr || record->entry.sha256 != entry.sha256) return false;
  const auto copy = target.directory.glance(there->stored);
  if (!copy || !Index::copy_unchanged(*record, *copy)) return false;
  entry.stored = there->stored;
  entry.in_base = true;
  return true;
}

class Evidence {
 public:
  Evidence(const Tree& tree, const Store& store, const Index& index, const RestorePlan& plan,
           Places& places, const Manifest& header, size_t own_files)
      : tree_(tree),
        plan_(plan),
        places_(places),
        copies_(store, index),
        writer_(store, SetRef{Shelf::kFailed, header.id}, own_files) {}

  void keep(FileEntry& entry) {
    entry.stored = SetWriter::stored_name(tree_.patterns, entry.path);
    const bool linked = is_replaced(plan_, entry.path) ? link_replaced_file(entry)
                                                       : copies_.link(writer_, entry).has_value();
    if (linked) return;
    writer_.add_copy(entry, tree_.workspace.directory.open_file(entry.path).get());
  }

  void publish(const EvidenceNote& note) {
    for (const EvidenceText& text : note.texts) writer_.add_text(text.name, text.text);
    writer_.publish(note.header);
  }

 private:
  // A link shares the inode, and with it whatever happens to the file until the rename: content
  // that is no longer what was read must not be published under the old hash.
  bool link_replaced_file(const FileEntry& entry) {
    const Places::Place place = places_.at(entry.path);
    const auto now = place.directory.glance(place.name);
    if (!now || now->size != entry.size || now->mtime_ns != entry.mtime_ns) return false;
    return writer_.add_link(entry, place.directory, place.name, LinkedFile::kLiveFile);
  }

  const Tree& tree_;
  const RestorePlan& plan_;
  Places& places_;
  KnownCopies copies_;
  SetWriter writer_;
};

}  // namespace

void save_evidence(const Tree& tree, const Store& store, const Index& index, const LiveSet& live,
                   const StoredSet& target, const RestorePlan& plan, Places& places,
                   EvidenceNote note) {
  Manifest& header = note.header;
  header.files = live.files;
  size_t own_files = 0;
  for (FileEntry& entry : header.files) {
    // What cannot be stored is moved here by the restore, where it lies in its way.
    if (!entry.absent && !entry.has_content()) entry = unstored_entry(entry.path);
    if (entry.absent) continue;
    if (leave_in_base(target, index, plan, entry)) {
      header.base = target.manifest.name();
    } else {
      ++own_files;
    }
  }
  Evidence evidence(tree, store, index, plan, places, header, own_files);
  Work work(tree.progress, {.doing = "keeping what is replaced", .count = own_files});
  for (FileEntry& entry : header.files) {
    if (entry.absent || entry.in_base) continue;
    evidence.keep(entry);
    work.add(entry.size);
  }
  header.directories = odd_directories(tree.workspace.directory, live.files);
  header.patterns = tree.patterns;
  header.digest = set_digest(header.files);
  evidence.publish(note);
}

}  // namespace backstep
