// SPDX-License-Identifier: Apache-2.0
#include "system/files/staged_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"
#include "base/text.h"

namespace backstep {

namespace {

constexpr std::string_view kSuffix = ".backstep-new";

constexpr int kTemporaryNames = 3;

// False: something lies there that no call of ours has made, a directory or another user's file.
bool remove_leftover(const Directory& directory, const std::string& name) {
  try {
    directory.remove_file(name);
    return true;
  } catch (const SystemError&) {
    const auto found = directory.status(name);
    if (!found || (found->type == FileType::kRegular && found->uid == effective_user())) throw;
    return false;
  }
}

// A leftover is seldom there.
UniqueFd create_anew(const Directory& directory, std::string_view name, std::unique_ptr<const int>& number_taken) {
  for (int number = 0;; ++number) {
    const std::string temporary = StagedFile::temporary_name(name, number);
    number_taken = std::make_unique<const int>(number);
    try {
      return directory.create_file(temporary);
    } catch (const SystemError& error) {
      if (error.error_number() != EEXIST || number + 1 == kTemporaryNames) throw;
    }
    if (remove_leftover(directory, temporary)) return directory.create_file(temporary);
  }
}

// What must come before a text that is appended: the last line may lack its end, because a crash
// tore it, or because somebody before us wrote `printf a=b >>"$GITHUB_ENV"`.
std::string_view end_of_last_line(int fd, uint64_t size, std::string_view subject) {
  std::array<char, 1> last{'\n'};
  if (size > 0) read_at(fd, last, size - 1, subject);
  return last[0] == '\n' ? "" : "\n";
}

}  // namespace

// A name too long to be lengthened is cut, and told from others with the same start by its digest.
std::string StagedFile::temporary_name(std::string_view name, int number) {
  if (number > 0) return temporary_name(fmt::format("{}.backstep-{}", name, number));
  const auto [parent, last] = parts_of(name);
  const std::string_view slash = parent.empty() ? "" : "/";
  if (last.size() + 1 + kSuffix.size() <= NAME_MAX) {
    return fmt::format("{}{}.{}{}", parent, slash, last, kSuffix);
  }
  const std::string digest = sha256_hex(last).substr(0, 32);
  return fmt::format("{}{}.{}.{}{}", parent, slash, last.substr(0, 128), digest, kSuffix);
}

StagedFile::StagedFile(const Directory& directory, std::string_view name)
    : directory_(&directory), name_(name), fd_(create_anew(directory, name_, number_)) {}

void StagedFile::remove_leftovers(const Directory& directory, const std::string& path) {
  for (int number = 0; number < kTemporaryNames; ++number) {
    remove_leftover(directory, temporary_name(path, number));
  }
}

StagedFile::StagedFile(const Directory& directory, std::string_view name, const Directory& reserve, std::string held)
    : directory_(&directory),
      name_(name),
      reserve_(&reserve),
      held_(std::make_unique<const std::string>(std::move(held))),
      fd_(reserve.open_regular_file(*held_, O_WRONLY).fd) {}

StagedFile::~StagedFile() {
  if (!number_) return;
  try {
    discard();
  } catch (const std::exception&) {
    // Already on the way to an error; the next run removes the leftover.
  }
}

ContentHash StagedFile::copy_from(int source, uint64_t size, std::string_view subject) {
  const std::string shown = directory_->shown(name_);
  const Copied copied = copy_hashed({source, subject}, {fd_.get(), shown}, size);
  // What is held may be more, and may have been written before.
  if (reserve_ != nullptr && ftruncate(fd_.get(), static_cast<off_t>(copied.size)) != 0) {
    throw SystemError("truncate", shown);
  }
  return copied.sha256;
}

bool StagedFile::set_mode_and_owner(std::optional<mode_t> mode, std::optional<Owner> owner) {
  const std::string shown = directory_->shown(name_);
  status_ = std::make_unique<const FileStatus>(status_of(fd_.get(), shown));
  // The owner first: a change of owner may clear mode bits.
  const bool given = !owner || give_to(fd_.get(), *status_, *owner, shown);
  if (mode) set_mode(fd_.get(), *mode, shown);
  return given;
}

FileStatus StagedFile::finish(SyncBatch& batch) {
  const std::string shown = directory_->shown(name_);
  const auto known = std::exchange(status_, nullptr);
  const FileStatus status = known ? *known : status_of(fd_.get(), shown);
  batch.written(fd_.get(), status, shown);
  fd_.close(shown);
  return status;
}

void StagedFile::finish_durably() {
  sync_file(fd_.get(), directory_->shown(name_));
  finish_unsynced();
}

void StagedFile::commit(IfExists if_exists) {
  if (reserve_ == nullptr) {
    directory_->rename_within(temporary_name(name_, *number_), name_, if_exists);
  } else if (!reserve_->exchange(*held_, *directory_, name_)) {
    reserve_->rename(*held_, *directory_, name_, if_exists);
  }
  number_.reset();
}

void write_file_durably(const Directory& directory, const std::string& name, std::string_view bytes,
                        std::optional<Owner> owner, std::optional<mode_t> mode, IfExists if_exists) {
  StagedFile staged(directory, name);
  staged.write(bytes);
  staged.set_mode_and_owner(mode, owner);
  staged.finish_durably();
  staged.commit(if_exists);
  directory.sync();
}

void overwrite_in_place(const NamedFd& file, int source, mode_t mode) {
  const uint64_t size = status_of(source, file.subject).size;
  const Copied copied = copy_hashed({source, file.subject}, file, size);
  // Cut last: until then a reader sees the old length, never an empty script.
  if (ftruncate(file.fd, static_cast<off_t>(copied.size)) != 0) {
    throw SystemError("truncate", file.subject);
  }
  set_mode(file.fd, mode, file.subject);
}

FoundFile open_to_append(const Directory& directory, const std::string& name, std::optional<Owner> owner) {
  for (int attempt = 1; !directory.status(name); ++attempt) {
    try {
      StagedFile made(directory, name);
      made.set_mode_and_owner({}, owner);
      made.finish_unsynced();
      made.commit(IfExists::kFail);
    } catch (const SystemError& error) {
      // Somebody was faster, or has cleared away what we had not yet put in place.
      const int number = error.error_number();
      if (attempt == 16 || (number != EEXIST && number != ENOENT)) throw;
    }
  }
  FoundFile file = directory.open_regular_file(name, O_RDWR | O_APPEND);
  require_ours(file.status, directory.own_status(), directory.shown(name));
  return file;
}

void append_line(const Directory& directory, const std::string& name, std::string_view line, std::optional<Owner> owner,
                 SyncBatch& batch) {
  const std::string shown = directory.shown(name);
  auto [fd, status] = open_to_append(directory, name, owner);
  if (status.size == 0) batch.renamed(directory);
  const std::string_view end = end_of_last_line(fd.get(), status.size, shown);
  write_all(fd.get(), fmt::format("{}{}\n", end, line), shown);
  batch.written(fd.get(), shown);
  fd.close(shown);
}

void append_to_ci_file(const std::string& path, std::string_view text) {
  // O_NONBLOCK: a FIFO in its place must not stop the deploy.
  UniqueFd file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644));
  if (!file) throw SystemError("open", path);
  const FileStatus status = status_of(file.get(), path);
  if (status.type != FileType::kRegular) {
    throw Error(ExitCode::kInternal, "cannot write " + in_quotes(path) + ": no regular file");
  }
  const auto directory = find_status(AT_FDCWD, path.substr(0, path.rfind('/') + 1) + ".", path);
  if (directory) require_ours(status, *directory, path);
  write_all(file.get(), end_of_last_line(file.get(), status.size, path), path);
  write_all(file.get(), text, path);
  file.close(path);
}

uint64_t ci_file_size(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return static_cast<uint64_t>(status.st_size);
  if (errno == ENOENT) return 0;
  throw SystemError("look at", path);
}

}  // namespace backstep
