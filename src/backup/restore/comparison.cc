// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/comparison.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/shared_scope.h"
#include "base/error.h"
#include "base/text.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

bool is_before(const FileEntry& a, const FileEntry& b) {
  return a.path < b.path;
}

// A set that somebody forged must not show what is nobody's business.
void refuse_untracked(const StoredSet& set, const StorePlace& store) {
  for (const FileEntry& file : set.manifest.files) {
    if (!never_tracked(file.path, store)) continue;
    refuse_damaged(fmt::format("{} names {}, which lies in the store or in .git: nothing is shown",
                               set.ref.label(), in_quotes(file.path)));
  }
}

// Takes off what `speaks` says nothing of; named where it differs, for the rest is of no interest.
template <typename Speaks>
void take_off(std::vector<FileEntry>& files, const std::vector<FileEntry>& others,
              LeftFile::Why why, const Speaks& speaks, std::vector<LeftFile>& left) {
  std::erase_if(files, [&](const FileEntry& file) {
    if (file.absent || speaks(file.path)) return false;
    const FileEntry* other = find_entry(others, file.path);
    if (other != nullptr && !other->absent) return false;
    left.push_back({file.path, why});
    return true;
  });
}

// `tells_to` says of which files the other side tells.
template <typename TellsTo>
std::vector<LeftFile> keep_told(const Manifest& from, ComparedSide& from_side,
                                ComparedSide& to_side, const TellsTo& tells_to) {
  std::vector<LeftFile> left;
  take_off(
      to_side.files, from_side.files, LeftFile::Why::kUnknownThen,
      [&](const std::string& path) { return tells_of(from, path); }, left);
  take_off(from_side.files, to_side.files, LeftFile::Why::kNotTracked, tells_to, left);
  return left;
}

FileDifference difference_of(const FileEntry* from, const FileEntry* to, bool compare_owner) {
  if (from != nullptr && from->absent) from = nullptr;
  if (to != nullptr && to->absent) to = nullptr;
  FileDifference found{.from = from, .to = to};
  if (from == nullptr || to == nullptr) return found;
  found.content = from->sha256 != to->sha256;
  // Nothing else is known of what is no regular file.
  if (from->sha256 == kNoContent || to->sha256 == kNoContent) return found;
  found.mode = from->mode != to->mode;
  if (!compare_owner || !could_give(to->owner, from->owner)) return found;
  found.user = may_change_owner() && from->owner.uid != to->owner.uid;
  found.group = from->owner.gid != to->owner.gid;
  return found;
}

}  // namespace

std::string ComparedSide::content(const FileEntry& entry) const {
  const UniqueFd file = open(entry);
  std::string bytes(entry.size + 1, '\0');
  bytes.resize(read_at(file.get(), bytes, 0, entry.path));
  if (sha256_hex(bytes) == entry.sha256) return bytes;
  if (!is_live()) {
    refuse_damaged(fmt::format("damaged: {} of {} is not what its manifest says",
                               in_quotes(entry.path), label));
  }
  throw Error(ExitCode::kBackupFailed,
              fmt::format("cannot read {}: it keeps changing while it is read; try again",
                          in_quotes(entry.path)));
}

ComparedSide compared_set(const StoredSet& set) {
  // What lies in a base is read, and checked, only where it differs.
  const std::vector<std::string> problems = verify_set(set, nullptr, VerifiedFiles::kOwn);
  if (!problems.empty()) {
    refuse_damaged(fmt::format(
        "{} is damaged, so nothing of it is shown: {}{}", set.ref.label(), problems.front(),
        problems.size() == 1 ? ""
                             : fmt::format(" ({} problems: 'backstep verify {}')", problems.size(),
                                           set.ref.label())));
  }
  return {.label = set.ref.label(),
          .has_owners = !set.unverified,
          .files = set.manifest.files,
          .open = [&set](const FileEntry& entry) { return set.open(entry).fd; }};
}

ComparedSide compared_tree(const Tree& tree, const StoredSet& set, const Index* index) {
  refuse_untracked(set, tree.store);
  ComparedSide side;
  side.files = read_live_set(tree, index, Oddities::kReport).files;
  const Directory& workspace = tree.workspace.directory;
  side.open = [&workspace](const FileEntry& entry) { return workspace.open_file(entry.path); };
  return side;
}

std::vector<LeftFile> keep_comparable(const Manifest& from, ComparedSide& from_side,
                                      const Patterns& to, ComparedSide& to_side) {
  return keep_told(from, from_side, to_side,
                   [&](const std::string& path) { return to.looks_for(path); });
}

std::vector<LeftFile> keep_comparable(const Manifest& from, ComparedSide& from_side,
                                      const Manifest& to, ComparedSide& to_side) {
  return keep_told(from, from_side, to_side,
                   [&](const std::string& path) { return tells_of(to, path); });
}

std::string FileDifference::letters() const {
  if (from == nullptr) return "+";
  if (to == nullptr) return "-";
  std::string letters;
  if (content) letters += 'c';
  if (mode) letters += 'p';
  if (user) letters += 'u';
  if (group) letters += 'g';
  return letters;
}

std::vector<FileDifference> differences(const ComparedSide& from, const ComparedSide& to) {
  const bool compare_owner = from.has_owners && to.has_owners;
  std::vector<FileDifference> found;
  const auto add = [&](const FileEntry* before, const FileEntry* after) {
    const FileDifference difference = difference_of(before, after, compare_owner);
    const bool exists = difference.from != nullptr || difference.to != nullptr;
    if (exists && !difference.letters().empty()) found.push_back(difference);
  };
  auto after = to.files.begin();
  for (const FileEntry& before : from.files) {
    for (; after != to.files.end() && is_before(*after, before); ++after) add(nullptr, &*after);
    const bool both = after != to.files.end() && after->path == before.path;
    add(&before, both ? &*after : nullptr);
    if (both) ++after;
  }
  for (; after != to.files.end(); ++after) add(nullptr, &*after);
  return found;
}

}  // namespace backstep
