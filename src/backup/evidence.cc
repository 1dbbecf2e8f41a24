// SPDX-License-Identifier: Apache-2.0
#include "backup/evidence.h"

#include <algorithm>

#include "backup/known_copies.h"
#include "base/error.h"

namespace backstep {
namespace {

bool is_replaced(const RestorePlan& plan, const std::string& path) {
  const auto found = std::lower_bound(
      plan.steps.begin(), plan.steps.end(), path,
      [](const RestoreStep& step, const std::string& wanted) { return step.target.path < wanted; });
  return found != plan.steps.end() && found->target.path == path && !found->in_place;
}

// A link shares the inode, and with it whatever happens to the file until the rename: content that
// is no longer what was read must not be published under the old hash.
bool link_replaced_file(const Tree& tree, SetWriter& writer, const FileEntry& entry) {
  const PathParts parts = parts_of(entry.path);
  const Directory& workspace = tree.workspace.directory;
  const auto now = workspace.glance(entry.path);
  if (!now || now->size != entry.size || now->mtime_ns != entry.mtime_ns) return false;
  const auto parent = parts.parent.empty() ? std::optional(workspace.duplicate())
                                           : workspace.find_directory(parts.parent);
  return parent && writer.add_link(entry, *parent, parts.name, LinkedFile::kLiveFile);
}

bool link_file(const Tree& tree, const RestorePlan& plan, KnownCopies& copies, SetWriter& writer,
               const FileEntry& entry) {
  return is_replaced(plan, entry.path) ? link_replaced_file(tree, writer, entry)
                                       : copies.link(writer, entry).has_value();
}

}  // namespace

void save_evidence(const Tree& tree, const Store& store, const Index& index, const LiveSet& live,
                   const RestorePlan& plan, EvidenceNote note) {
  Manifest& header = note.header;
  KnownCopies copies(store, index);
  SetWriter writer(store, SetRef{Shelf::kFailed, header.id}, live.files.size());
  Work work(tree.progress, {.doing = "keeping what is replaced", .count = live.files.size()});
  for (const FileEntry& file : live.files) {
    FileEntry entry = file;
    entry.absent = entry.absent || entry.sha256 == kNoContent;
    if (!entry.absent) {
      entry.stored = SetWriter::stored_name(tree.patterns, entry.path);
      if (!link_file(tree, plan, copies, writer, entry)) {
        writer.add_copy(entry, tree.workspace.directory.open_file(entry.path).get());
      }
    }
    work.add(entry.size);
    header.files.push_back(std::move(entry));
  }
  for (const EvidenceText& text : note.texts) writer.add_text(text.name, text.text);
  header.patterns = tree.patterns;
  header.digest = set_digest(header.files);
  writer.publish(header);
}

}  // namespace backstep
