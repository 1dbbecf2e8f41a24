// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore.h"

#include <algorithm>
#include <memory>

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
bool leave_in_base(const StoredSet& target, const Index& index, const RestorePlan& plan, FileEntry& entry) {
  entry.in_base = false;
  if (target.ref.shelf == Shelf::kFailed || target.unverified) return false;
  const FileEntry* there = find_entry(target.manifest.files, entry.path);
  if (there == nullptr || !same_version(*there, entry) || is_replaced(plan, entry.path)) {
    return false;
  }
  const IndexRecord* record = index.find(entry.path);
  if (record == nullptr || record->sha256 != entry.sha256) return false;
  const auto copy = target.directory.glance(there->stored);
  if (!copy || !Index::copy_unchanged(*record, *copy)) return false;
  entry.stored = there->stored;
  entry.in_base = true;
  return true;
}

// Marks what stays in its base, and counts the others.
size_t choose_own_files(const StoredSet& target, const Index& index, const RestorePlan& plan, Manifest& header) {
  size_t own_files = 0;
  for (FileEntry& entry : header.files) {
    // What cannot be stored is moved here by the restore, where it lies in its way.
    if (!entry.has_content()) continue;
    if (leave_in_base(target, index, plan, entry)) {
      header.base = target.manifest.name();
    } else {
      ++own_files;
    }
  }
  return own_files;
}

// A link shares the inode, and with it whatever happens to the file until the rename: content that
// is no longer what was read must not be published under the old hash.
bool link_replaced_file(SetWriter& writer, Places& places, const FileEntry& entry) {
  const Places::Place place = places.at(entry.path);
  const auto now = place.directory.glance(place.name);
  if (!now || now->size != entry.size || now->mtime_ns != entry.mtime_ns) return false;
  return writer.add_link(entry, place.directory, place.name, LinkedFile::kLiveFile);
}

}  // namespace

void Restore::keep_evidence(const Index& index, LiveSet& live, Manifest header, const std::string& check_output) {
  const auto lend = [&](void*) { live.files.swap(header.files); };
  lend(nullptr);  // no copy is made of a hundred thousand of them
  const std::shared_ptr<void> give_back(nullptr, lend);
  const size_t own_files = choose_own_files(target_, index, plan_, header);
  header.directories = odd_directories(tree_.workspace.directory, header.files);
  header.patterns = tree_.patterns;
  header.tree_owner = tree_.workspace.directory.own_status().owner();
  if (evidence_is_reserve()) return reserve_->become(header);
  KnownCopies copies(store_, index);
  SetWriter writer(store_, SetRef{Shelf::kFailed, header.id}, own_files);
  Work work(tree_.progress, {.doing = "keeping what is replaced", .count = own_files});
  for (FileEntry& entry : header.files) {
    if (!entry.has_content() || entry.in_base) continue;
    entry.stored = SetWriter::stored_name(tree_.patterns, entry.path);
    const bool linked = is_replaced(plan_, entry.path) ? link_replaced_file(writer, places_, entry)
                                                       : copies.link(writer, entry).has_value();
    if (!linked) writer.add_copy(entry, tree_.workspace.directory.open_file(entry.path).get());
    work.add(entry.size);
  }
  header.digest = set_digest(header.files);
  if (!check_output.empty()) writer.add_text(kCheckOutputFile, check_output);
  writer.publish(header);
}

}  // namespace backstep
