// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "store/sets/index.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

using Fate = ImportedSet::Fate;

constexpr size_t kLargestNote = size_t{16} * 1024 * 1024;
constexpr size_t kMostNotes = 16;
constexpr size_t kMostUndeclaredFiles = 10'000;  // files of a set without a manifest

ByteSource bytes_of(TarReader& archive) {
  return [&archive](std::span<char> buffer) { return archive.read(buffer); };
}

std::string key_of(const FileEntry& file) { return fmt::format("{} {:o}", file.sha256.hex(), file.mode); }

bool holds_all_in_base(const Manifest& base, const Manifest& evidence) {
  const std::vector<FileEntry>& files = evidence.files;
  return std::ranges::all_of(files, [&](const FileEntry& file) {
    if (!file.in_base) return true;
    const FileEntry* there = find_entry(base.files, file.path);
    return there != nullptr && there->stored == file.stored && same_version(*there, file);
  });
}

}  // namespace

IncomingSet::IncomingSet(ImportGround& ground, SetRef ref) : ground_(ground), ref_(std::move(ref)) {}

void IncomingSet::settle(Fate fate, std::string reason) {
  fate_ = fate;
  reason_ = std::move(reason);
  writer_.reset();
}

void IncomingSet::take(const ArchiveName& name, const TarEntry& entry, TarReader& archive) {
  if (settled() || name.kind == ArchiveName::Kind::kDirectory) return;
  try {
    take_file(name, entry, archive);
  } catch (const Error& error) {
    if (error.code() != ExitCode::kDamaged) throw;
    settle(Fate::kDamaged, error.message());
  }
}

void IncomingSet::take_file(const ArchiveName& name, const TarEntry& entry, TarReader& archive) {
  const std::string& path = name.path;
  if (path == Manifest::kFileName) {
    if (!seen_.empty()) refuse_damaged("its manifest comes after other files");
    seen_.insert(path);
    return take_manifest(archive);
  }
  if (!seen_.insert(path).second) refuse_damaged(printable(path) + ": it is there twice");
  if (!manifest_text_) return take_undeclared(path, entry, archive);
  if (const auto file = expected_.find(path); file != expected_.end()) {
    return take_declared(*file->second, entry, archive);
  }
  if (!name.is_note()) refuse_damaged(printable(path) + ": not in the manifest");
  take_note(path, archive);
}

void IncomingSet::take_manifest(TarReader& archive) {
  manifest_text_ = archive.read_text(Manifest::kLargest);
  manifest_ = decode_manifest(archive_name(ref_, Manifest::kFileName), *manifest_text_);
  require_fit_base(manifest_, ref_, archive_name(ref_, Manifest::kFileName));
  expect_files();
  meet_known();
  if (!settled()) meet_base();
}

void IncomingSet::expect_files() {
  for (const FileEntry& file : manifest_.files) {
    const std::string framed = "/" + file.path + "/";
    for (const std::string_view never : {"/.git/", "/.backstep/"}) {
      if (framed.find(never) != std::string::npos) {
        refuse_damaged(printable(file.path) + ": never backed up");
      }
    }
    if (file.absent || file.in_base) continue;
    if (!expected_.emplace(file.stored, &file).second) {
      refuse_damaged(printable(file.stored) + ": its manifest stores two files there");
    }
  }
  for (const auto& [stored, file] : expected_) {
    for (std::string_view above = parts_of(stored).parent; !above.empty(); above = parts_of(above).parent) {
      if (expected_.contains(above)) {
        refuse_damaged(printable(above) + ": its manifest has files below it");
      }
    }
  }
}

// Evidence that rests on another set comes in after it, and only for just what is in there.
void IncomingSet::meet_base() {
  const std::string& base = manifest_.base;
  if (base.empty()) return;
  const auto known = ground_.sets.find(base);
  const auto no_base = [&](const std::string& why) { settle(Fate::kNoBase, "it rests on " + base + ", " + why); };
  if (known == ground_.sets.end() || known->second.ref.shelf == Shelf::kFailed) {
    return no_base("which is not here");
  }
  const SetRef& ref = known->second.ref;
  if (ground_.dry_run && (ground_.store == nullptr || !ground_.store->find_set(ref))) return;
  try {
    if (!holds_all_in_base(whole_base(ref), manifest_)) no_base("which holds other files here");
  } catch (const Error& error) {
    no_base("which is not whole here: " + error.message());
  }
}

const Manifest& IncomingSet::whole_base(const SetRef& ref) {
  const auto known = ground_.bases.find(manifest_.base);
  if (known != ground_.bases.end()) return known->second;
  StoredSet set = read_set(*ground_.store, ref, manifest_.patterns);
  const std::vector<std::string> problems = verify_set(set);
  if (!problems.empty()) refuse_damaged(problems.front());
  return ground_.bases.emplace(manifest_.base, std::move(set.manifest)).first->second;
}

// A uid never changes its content: whatever it is called there or here, it is one set.
void IncomingSet::meet_known() {
  const auto found = ground_.sets.find(manifest_.uid);
  if (found == ground_.sets.end()) return begin_writing();
  const ImportGround::Known& known = found->second;
  if (known.ref.shelf == ref_.shelf && known.digest == manifest_.digest) {
    return settle(Fate::kAlreadyThere, "");
  }
  const char* how = known.digest.empty() ? " cannot be read here" : " is this set with other content";
  settle(Fate::kDamaged, in_quotes(known.ref.label()) + how + ", and is kept");
}

void IncomingSet::settle_clash() {
  settle(Fate::kClash, in_quotes(ref_.label()) + " is here with other content, and is kept");
}

// Under a name that no other set of the archive has; the last one is found when it is whole.
void IncomingSet::begin_writing() {
  if (ground_.dry_run) return;
  const SetRef partial{ref_.shelf, name()};
  writer_ = std::make_unique<SetWriter>(*ground_.store, partial, expected_.size());
}

void IncomingSet::take_declared(FileEntry file, const TarEntry& entry, TarReader& archive) {
  ++files_;
  const std::string shown = printable(file.stored);
  if (entry.size != file.size) {
    refuse_damaged(fmt::format("{}: size {}, not {}", shown, entry.size, file.size));
  }
  const ContentHash wanted = file.sha256;
  if (writer_ && !shared(file)) {
    // The numbers are another machine's. What not all could read there is of who brings it here.
    const bool is_trees = (file.mode & 04) != 0 || file.owner.uid == manifest_.tree_owner.uid;
    file.owner = is_trees ? ground_.store->owner() : Owner{};
    writer_->add_stream(file, bytes_of(archive));
  } else {
    file.sha256 = hash_through(bytes_of(archive)).sha256;
  }
  if (file.sha256 != wanted) refuse_damaged(shown + ": content differs from the manifest");
}

// Whether a link to what came in before does for a copy.
bool IncomingSet::shared(const FileEntry& file) {
  const auto known = ground_.contents.find(key_of(file));
  if (known == ground_.contents.end()) return false;
  const auto& [name, stored] = known->second;
  const std::optional<Directory> set = ground_.store->find_set(ground_.sets.at(name).ref);
  if (!set) return false;
  const std::optional<FileStatus> status = set->status(stored);
  return status && status->links < Index::kMostLinks && writer_->add_link(file, *set, stored);
}

void IncomingSet::take_note(const std::string& name, TarReader& archive) {
  if (++notes_ > kMostNotes) refuse_damaged(fmt::format("more than {} notes", kMostNotes));
  const std::string text = archive.read_text(kLargestNote);
  if (writer_) writer_->add_text(name, text);
}

// A set of the original: nothing says how much it may be, so all of them share a limit.
void IncomingSet::take_undeclared(const std::string& path, const TarEntry& entry, TarReader& archive) {
  if (ref_.shelf != Shelf::kBackups) {
    refuse_damaged(printable(path) + ": no manifest comes before it");
  }
  if (files_ == 0) {
    const auto known = ground_.sets.find(ref_.id);
    comparing_ = known != ground_.sets.end() && known->second.unverified;
    if (!comparing_) begin_writing();
  }
  if (++files_ > kMostUndeclaredFiles) refuse_damaged(fmt::format("more than {} files", kMostUndeclaredFiles));
  if (entry.size > ground_.undeclared_left) {
    refuse_damaged(printable(path) + ": sets without a manifest are too large together");
  }
  ground_.undeclared_left -= entry.size;
  if (comparing_) return compare_undeclared(path, archive);
  if (!writer_) return;
  FileEntry file;
  file.path = path;
  file.stored = path;
  file.mode = entry.mode & 0777;
  file.owner = ground_.store->owner();
  writer_->add_stream(file, bytes_of(archive));
}

void IncomingSet::compare_undeclared(const std::string& path, TarReader& archive) {
  const Directory set = ground_.store->shelf(ref_.shelf).open_directory(ref_.id);
  const ContentHash incoming = hash_through(bytes_of(archive)).sha256;
  const std::optional<FoundFile> file = set.find_regular(path);
  if (file && sha256_of_file(file->fd.get(), set.shown(path), kUnknownSize) == incoming) return;
  settle_clash();
}

// Whoever makes room is moved first: a crash may leave a gap, never two sets with one name.
void IncomingSet::come_in() {
  const auto placed = ground_.ids.place(manifest_, ref_);
  if (!placed) return settle_clash();
  for (const MergedIds::Move& move : placed->moves) make_place(move);
  ref_.id = placed->id;
  if (writer_) writer_->publish_again(manifest_text_, ref_.id);
  for (const auto& [stored, file] : expected_) ground_.contents[key_of(*file)] = {name(), stored};
  // In a dry run the name may still be that of the set which would make place.
  const SetRef found{ref_.shelf, ground_.dry_run ? name() : ref_.id};
  ground_.sets[name()] = {found, !manifest_text_, manifest_.digest};
  settle(Fate::kCameIn, "");
}

void IncomingSet::make_place(const MergedIds::Move& move) {
  ground_.renamed.push_back(move);
  if (ground_.dry_run) return;
  rename_set(*ground_.store, move);
  for (auto& [name, known] : ground_.sets) {
    if (known.ref == move.from) known.ref.id = move.to;
  }
}

ImportedSet IncomingSet::give_up(const std::string& why) {
  if (!settled() && !manifest_text_) settle(Fate::kDamaged, why);
  return finish();
}

ImportedSet IncomingSet::finish() {
  if (!settled() && seen_.empty()) settle(Fate::kDamaged, "it has neither a manifest nor files");
  for (const auto& [stored, file] : expected_) {
    if (!settled() && !seen_.contains(stored)) {
      settle(Fate::kDamaged, printable(stored) + ": missing");
    }
  }
  if (!settled()) comparing_ ? settle(Fate::kAlreadyThere, "") : come_in();
  return {.label = ref_.label(), .fate = *fate_, .files = files_, .reason = reason_};
}

}  // namespace backstep
