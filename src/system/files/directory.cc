// SPDX-License-Identifier: Apache-2.0
#include "system/files/directory.h"

#include <dirent.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/error.h"
#include "base/text.h"
#include "system/files/durability.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

// Read access, for fsync refuses a descriptor of O_PATH.
constexpr int kDirectory = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
// Else the open of a FIFO would wait for its other end, and that of a terminal make it ours.
constexpr int kFile = O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC;

constexpr const char* kSpecial = "it is a FIFO, a socket or a device";

[[noreturn]] void refuse(std::string_view subject, std::string_view reason) {
  throw Error(ExitCode::kInternal, fmt::format("cannot use {}: {}", in_quotes(subject), reason));
}

FoundFile require_regular(UniqueFd fd, std::string_view subject) {
  const FileStatus status = status_of(fd.get(), subject);
  if (status.type == FileType::kDirectory) refuse(subject, "it is a directory");
  if (status.type != FileType::kRegular) refuse(subject, kSpecial);
  return {std::move(fd), status};
}

FileType listed_type(const dirent& entry, const Directory& directory) {
  if (entry.d_type != DT_UNKNOWN) return type_of(DTTOIF(entry.d_type));
  const auto status = directory.status(entry.d_name);  // some file systems do not tell
  return status ? status->type : FileType::kOther;
}

}  // namespace

Directory Directory::open_root(const std::string& path, std::string display) {
  UniqueFd fd(::open(path.c_str(), kDirectory));
  if (!fd) throw SystemError("open", path);
  return {std::move(fd), std::move(display)};
}

Directory Directory::open_within(const std::string& root, const std::string& prefix) {
  auto top = std::make_unique<Directory>(open_root(root, ""));
  if (prefix.empty()) return std::move(*top);
  Opened opened = top->open(prefix, kDirectory);
  if (!opened.fd) throw SystemError("open", prefix, opened.error_number);
  Directory directory(std::move(opened.fd), "");
  // Messages name what lies above as the user writes it.
  top->display_ = "..";
  for (const char c : prefix) top->display_ += c == '/' ? "/.." : "";
  directory.above_ = std::make_shared<const Above>(Above{prefix, std::move(top)});
  return directory;
}

bool Directory::leads_back(std::string_view path) const {
  if (!above_ || !path.starts_with("../")) return false;
  const std::string meant = path_from(above_->prefix, path).value_or("");
  return (meant + "/").starts_with(above_->prefix + "/");
}

Directory::Meant Directory::meant_by(std::string_view path) const {
  if (is_plain_relative_path(path)) return {*this, std::string(path)};
  std::string_view rest = path;
  while (rest.starts_with("../")) rest.remove_prefix(3);
  if (above_ && (rest == ".." || (rest != path && is_plain_relative_path(rest)))) {
    const std::optional<std::string> meant = path_from(above_->prefix, path);
    if (meant) return {*above_->root, meant->empty() ? "." : *meant};
  }
  refuse(shown(path), "a path must be relative, without '.', '..' or an empty part");
}

// The part of `path` to name as the symlink; one that was taken away meanwhile is not found.
std::string Directory::symlink_on(std::string_view path) const {
  for (size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/', end + 1)) {
    const auto found = status(path.substr(0, end));
    if (!found) break;
    if (found->type == FileType::kSymlink) {
      return in_quotes(shown(path.substr(0, end))) + " is a symlink";
    }
  }
  return "it is a symlink";
}

// Opens beneath. An errno that is a property of what lies there is explained and thrown; the others
// are the caller's, who alone knows whether a missing file is an error.
Opened Directory::open(std::string_view path, int flags, mode_t mode) const {
  const Meant meant = meant_by(path);
  if (meant.path == ".") {
    UniqueFd root(openat(meant.directory.fd(), ".", flags));
    const int error_number = root ? 0 : errno;
    return {std::move(root), error_number};
  }
  Opened opened = open_beneath(meant.directory.fd(), meant.path, flags, mode);
  if (opened.error_number == ELOOP) refuse(shown(path), symlink_on(path));
  if (opened.error_number == EISDIR) refuse(shown(path), "it is a directory");
  if (opened.error_number == ENXIO) refuse(shown(path), kSpecial);
  return opened;
}

Directory Directory::open_directory(std::string_view path) const {
  Opened opened = open(path, kDirectory);
  if (!opened.fd) throw SystemError("open", shown(path), opened.error_number);
  return {std::move(opened.fd), shown(path)};
}

std::optional<UniqueFd> Directory::find(std::string_view path, int flags) const {
  Opened opened = open(path, flags);
  if (opened.error_number == ENOENT || opened.error_number == ENOTDIR) return std::nullopt;
  if (!opened.fd) throw SystemError("open", shown(path), opened.error_number);
  return std::move(opened.fd);
}

std::optional<Directory> Directory::find_directory(std::string_view path) const {
  std::optional<UniqueFd> fd = find(path, kDirectory);
  if (!fd) return std::nullopt;
  return Directory(std::move(*fd), shown(path));
}

std::optional<Directory> Directory::find_directory_or_root(std::string_view path) const {
  return path.empty() ? std::optional(duplicate()) : find_directory(path);
}

Directory Directory::duplicate() const {
  UniqueFd fd(fcntl(fd_.get(), F_DUPFD_CLOEXEC, 3));
  if (!fd) throw SystemError("open", shown(""));
  Directory same(std::move(fd), display_);
  same.above_ = above_;
  return same;
}

UniqueFd Directory::open_again(std::string_view action) const {
  UniqueFd fd(openat(fd_.get(), ".", kDirectory));
  if (!fd) throw SystemError(action, shown(""));
  return fd;
}

FoundFile Directory::open_regular_file(std::string_view path, int flags) const {
  Opened opened = open(path, flags | kFile);
  if (!opened.fd) throw SystemError("open", shown(path), opened.error_number);
  return require_regular(std::move(opened.fd), shown(path));
}

std::optional<FoundFile> Directory::find_regular(std::string_view path) const {
  std::optional<UniqueFd> fd = find(path, O_RDONLY | kFile);
  if (!fd) return std::nullopt;
  return require_regular(std::move(*fd), shown(path));
}

mode_t Directory::group_bits() const {
  if (!group_bits_) {
    const mode_t mode = own_status().mode;
    group_bits_ = (mode & S_ISGID) != 0 ? mode & 070 : 0;
  }
  return *group_bits_;
}

// What O_EXCL has made is a regular file.
UniqueFd Directory::create_file(std::string_view path) const {
  // Asked first: nothing is left behind where that fails.
  const mode_t of_group = path.find('/') == std::string_view::npos ? group_bits() & 060 : 0;
  Opened opened = open(path, O_WRONLY | O_CREAT | O_EXCL | kFile, 0600);
  const int error_number = opened.error_number;
  if (!opened.fd) {
    throw SystemError("create", shown(path), error_number, why_no_room(fd_.get(), error_number));
  }
  if (of_group != 0) set_mode(opened.fd.get(), 0600 | of_group, shown(path));
  return std::move(opened.fd);
}

std::optional<Directory::Place> Directory::find_place(std::string_view path) const {
  const Meant meant = meant_by(path);
  const auto [parent, name] = parts_of(meant.path);
  if (parent.empty()) return Place{UniqueFd(), meant.directory.fd(), std::string(name)};
  std::optional<UniqueFd> opened = meant.directory.find(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (!opened) return std::nullopt;
  const int fd = opened->get();
  return Place{std::move(*opened), fd, std::string(name)};
}

std::optional<FileStatus> Directory::status(std::string_view path) const {
  const auto place = find_place(path);
  if (!place) return std::nullopt;
  return find_status(place->parent, place->name, shown(path));
}

std::optional<FileStatus> Directory::glance(std::string_view path) const {
  const Meant meant = meant_by(path);
  return find_status(meant.directory.fd(), meant.path, shown(path));
}

bool Directory::leads_to_directory(std::string_view name) const {
  struct stat status {};
  return fstatat(fd_.get(), std::string(name).c_str(), &status, 0) == 0 && S_ISDIR(status.st_mode);
}

std::vector<std::string> Directory::list() const {
  std::vector<std::string> names;
  for (NamedType& entry : list_types()) names.push_back(std::move(entry.name));
  return names;
}

std::vector<NamedType> Directory::list_types() const {
  // readdir moves the offset, which duplicates of ours would share.
  UniqueFd fd = open_again("list");
  std::unique_ptr<DIR, int (*)(DIR*)> stream(fdopendir(fd.get()), closedir);
  if (!stream) throw SystemError("list", shown(""));
  static_cast<void>(fd.release());
  std::vector<NamedType> entries;
  errno = 0;  // the only way to tell readdir's error from the end
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") entries.push_back({std::string(name), listed_type(*entry, *this)});
    errno = 0;
  }
  if (errno != 0) throw SystemError("list", shown(""));
  if (closedir(stream.release()) != 0) throw SystemError("list", shown(""));
  std::ranges::sort(entries, {}, &NamedType::name);
  return entries;
}

std::optional<std::string> Directory::read_small_file(std::string_view path, size_t limit, FileStatus* status) const {
  const std::optional<FoundFile> file = find_regular(path);
  if (!file) return std::nullopt;
  if (status != nullptr) *status = file->status;
  std::string bytes(std::min<uint64_t>(file->status.size, limit) + 1, '\0');
  while (true) {
    const size_t size = read_at(file->fd.get(), bytes, 0, shown(path));
    if (size > limit) {
      refuse_damaged(
          fmt::format("cannot read {}: it is larger than {} bytes; move it away", in_quotes(shown(path)), limit));
    }
    const bool grew = size == bytes.size();
    bytes.resize(grew ? limit + 1 : size);
    if (!grew) return bytes;
  }
}

void Directory::sync() const { sync_file(fd_.get(), shown("")); }

std::string Directory::shown(std::string_view path) const {
  if (display_.empty()) return path.empty() ? "." : std::string(path);
  if (path.empty()) return display_;
  std::string text = display_;
  if (!text.ends_with('/')) text += '/';
  return text.append(path);
}

}  // namespace backstep
