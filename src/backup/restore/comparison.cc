// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/comparison.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

// A set that somebody forged must not show what is nobody's business.
void refuse_untracked(const StoredSet& set, const StorePlace& store) {
  for (const FileEntry& file : set.manifest.files) {
    if (!never_tracked(file.path, store)) continue;
    refuse_damaged(fmt::format("{} names {}, which lies in the store or in .git: nothing is shown", set.ref.label(),
                               in_quotes(file.path)));
  }
}

// Takes off what the other side says nothing of; named where it differs, for the rest is of no interest.
void take_off(std::vector<FileEntry>& files, const ComparedSide& other, LeftFile::Why why,
              std::vector<LeftFile>& left) {
  std::erase_if(files, [&](const FileEntry& file) {
    if (file.absent || other.tells_of(file.path)) return false;
    if (find_present(other.files, file.path) != nullptr) return false;
    left.push_back({file.path, why});
    return true;
  });
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
  if (sha256_of(bytes) == entry.sha256) return bytes;
  if (!is_live()) {
    refuse_damaged(fmt::format("damaged: {} of {} is not what its manifest says", in_quotes(entry.path), label));
  }
  throw Error(ExitCode::kBackupFailed,
              fmt::format("cannot read {}: it keeps changing while it is read; try again", in_quotes(entry.path)));
}

ComparedSide compared_set(const StoredSet& set) {
  // What lies in a base is read, and checked, only where it differs.
  const std::vector<std::string> problems = verify_set(set, nullptr, VerifiedFiles::kOwn);
  if (!problems.empty()) {
    refuse_damaged(fmt::format(
        "{} is damaged, so nothing of it is shown: {}{}", set.ref.label(), problems.front(),
        problems.size() == 1 ? "" : fmt::format(" ({} problems: see 'verify {}')", problems.size(), set.ref.label())));
  }
  return {.label = set.ref.label(),
          .has_owners = !set.unverified,
          .files = set.manifest.files,
          .open = [&set](const FileEntry& entry) { return set.open(entry).fd; },
          .tells_of = [&set](const std::string& path) { return tells_of(set.manifest, path); }};
}

ComparedSide compared_tree(const Tree& tree, const StoredSet& set, const Index* index) {
  refuse_untracked(set, tree.store);
  ComparedSide side;
  side.files = read_live_set(tree, index, Oddities::kReport).files;
  const Directory& workspace = tree.workspace.directory;
  side.open = [&workspace](const FileEntry& entry) { return workspace.open_file(entry.path); };
  const Patterns& patterns = tree.patterns;
  side.tells_of = [&patterns](const std::string& path) { return patterns.looks_for(path); };
  return side;
}

std::vector<LeftFile> keep_comparable(ComparedSide& from, ComparedSide& to) {
  std::vector<LeftFile> left;
  take_off(to.files, from, LeftFile::Why::kUnknownThen, left);
  take_off(from.files, to, LeftFile::Why::kNotTracked, left);
  return left;
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
  side_by_side(from.files, to.files, [&](const FileEntry* before, const FileEntry* after) {
    const FileDifference difference = difference_of(before, after, compare_owner);
    const bool exists = difference.from != nullptr || difference.to != nullptr;
    if (exists && !difference.letters().empty()) found.push_back(difference);
  });
  return found;
}

}  // namespace backstep
