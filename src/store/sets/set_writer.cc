// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_writer.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr const char* kOtherFiles = "_files";
constexpr const char* kFilesAbove = "_files_above_";  // and how many directories

Directory make_partial(const Store& store, Shelf shelf_name, const std::string& name) {
  const Directory& shelf = store.shelf(shelf_name);
  shelf.remove_tree(name);  // of a killed run that was to make the same id
  return shelf.make_directories(name, store.owner());
}

}  // namespace

SetWriter::SetWriter(const Store& store, SetRef ref, size_t expected_files)
    : store_(store),
      ref_(std::move(ref)),
      partial_(kPartialPrefix + ref_.id),
      directory_(make_partial(store, ref_.shelf, partial_)),
      batch_(directory_, expected_files) {}

SetWriter::~SetWriter() {
  if (published_) return;
  try {
    store_.shelf(ref_.shelf).remove_tree(partial_);
  } catch (const std::exception&) {
    // The next run's remove_leftovers finds it.
  }
}

std::string SetWriter::stored_name(const Patterns& patterns, std::string_view path) {
  const std::string service = patterns.service_of(path);
  const bool flat = !service.empty() && patterns.services_dirs.size() == 1 &&
                    (service + patterns.entrypoint_file).find('/') == std::string::npos;
  if (flat) return service + '_' + patterns.entrypoint_file;
  size_t up = 0;
  for (; path.starts_with("../"); path.remove_prefix(3)) ++up;
  const std::string place = up == 0 ? kOtherFiles : fmt::format("{}{}", kFilesAbove, up);
  return place + '/' + std::string(path);
}

void SetWriter::make_parent(std::string_view stored) {
  const std::string_view parent = parts_of(stored).parent;
  if (parent.empty() || subdirectories_.contains(parent)) return;
  directory_.make_directories(parent, store_.owner());
  for (std::string_view made = parent; !made.empty(); made = parts_of(made).parent) {
    subdirectories_.emplace(made);
  }
}

// The copy has its original's owner and executable bits, whatever the umask, and no more readers.
FileStatus SetWriter::add_file(FileEntry& entry, const Fill& fill) {
  make_parent(entry.stored);
  UniqueFd file = directory_.create_file(entry.stored);
  const std::string shown = directory_.shown(entry.stored);
  const Copied copied = fill({file.get(), shown});
  entry.size = copied.size;
  entry.sha256 = copied.sha256;
  const FileStatus status = status_of(file.get(), shown);
  give_to(file.get(), status, entry.owner, shown);
  mode_t mode = entry.mode & 0777;
  // Another group than the original's may do here what all others may.
  const bool has_group = status.gid == entry.owner.gid || could_give(status.owner(), entry.owner);
  if (!has_group) mode &= 0707 | ((mode & 07) << 3);
  set_mode(file.get(), mode, shown);
  batch_.written(file.get(), status, shown);
  file.close(shown);
  return status;
}

FileStatus SetWriter::add_copy(FileEntry& entry, int source) {
  return add_file(entry, [&](const NamedFd& target) { return copy_hashed({source, entry.path}, target, entry.size); });
}

void SetWriter::add_stream(FileEntry& entry, const ByteSource& source) {
  add_file(entry, [&](const NamedFd& target) { return copy_hashed(source, target); });
}

bool SetWriter::add_link(const FileEntry& entry, const Directory& from, std::string_view name, LinkedFile linked) {
  make_parent(entry.stored);
  if (!from.link(name, directory_, entry.stored)) return false;  // a copy costs space and nothing else
  if (linked == LinkedFile::kLiveFile && !batch_.linked()) {
    batch_.written(directory_.open_file(entry.stored).get(), directory_.shown(entry.stored));
  }
  return true;
}

void SetWriter::add_text(std::string_view name, std::string_view text) {
  write_text(name, [&](const auto& write) { write(text); });
}

void SetWriter::write_text(std::string_view name, const Text& text) {
  UniqueFd file = directory_.create_file(name);
  const std::string shown = directory_.shown(name);
  text([&](std::string_view piece) { write_all(file.get(), piece, shown); });
  give_to(file.get(), status_of(file.get(), shown), store_.owner(), shown);
  batch_.written(file.get(), shown);
  file.close(shown);
}

void SetWriter::publish(const Manifest& manifest) {
  if (manifest.id != ref_.id) {
    throw Error(ExitCode::kInternal,
                "set " + in_quotes(ref_.id) + " was given the manifest of " + in_quotes(manifest.id));
  }
  write_text(Manifest::kFileName, [&](const auto& write) { encode_manifest(manifest, write); });
  publish_again(std::nullopt, ref_.id);
}

void SetWriter::publish_again(const std::optional<std::string>& manifest, const std::string& id) {
  if (manifest) add_text(Manifest::kFileName, *manifest);
  for (const std::string& name : subdirectories_) batch_.renamed(directory_.open_directory(name));
  batch_.renamed(directory_);
  batch_.flush();
  const Directory& shelf = store_.shelf(ref_.shelf);
  shelf.rename(partial_, shelf, id, IfExists::kFail);
  ref_.id = id;
  published_ = true;
  shelf.sync();
}

std::optional<FileStatus> KnownCopies::link(SetWriter& writer, const FileEntry& entry) {
  const IndexRecord* record = index_.find(entry.path);
  if (record == nullptr || record->sha256 != entry.sha256 || record->size != entry.size || record->mode != entry.mode ||
      record->owner != entry.owner) {
    return std::nullopt;
  }
  const auto [known, is_new] = sets_.try_emplace(record->set);
  std::optional<Directory>& set = known->second;
  if (is_new) set = store_.find_set(*record->set);
  if (!set) return std::nullopt;
  auto copy = set->status(entry.stored);
  const bool linked = copy && Index::copy_usable(*record, *copy) && writer.add_link(entry, *set, entry.stored);
  return linked ? copy : std::nullopt;
}

}  // namespace backstep
