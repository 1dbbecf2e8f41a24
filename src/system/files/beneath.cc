// SPDX-License-Identifier: Apache-2.0
#include "system/files/beneath.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/text.h"
#include "system/files/file_status.h"

namespace backstep {
namespace {

// Opened with O_NONBLOCK, a file on which somebody holds a lease answers EAGAIN for as long as the
// holder likes; so the retries that openat2 asks for are bounded.
constexpr int kOpenAttempts = 64;

Opened answer(int fd) {
  const int error_number = errno;
  return fd >= 0 ? Opened{UniqueFd(fd), 0} : Opened{UniqueFd(), error_number};
}

Opened open_by_kernel(int root, const std::string& path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  for (int attempt = 1;; ++attempt) {
    Opened opened = answer(static_cast<int>(syscall(SYS_openat2, root, path.c_str(), &how, sizeof how)));
    const bool again = opened.error_number == EAGAIN || opened.error_number == EINTR;
    if (!again || attempt == kOpenAttempts) return opened;
  }
}

// Asked once and of a directory that is open already: an EPERM that belongs to some file (an
// immutable one, opened for writing) must not be taken for a seccomp profile's.
bool kernel_resolves(int root) {
  static const bool resolves = [root] {
    const Opened opened = open_by_kernel(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    return opened.error_number != ENOSYS && opened.error_number != EPERM;
  }();
  return resolves;
}

// O_DIRECTORY looks at the type before O_NOFOLLOW does, so a symlink is reported as ENOTDIR, which
// callers take for "not there". It has to be ELOOP, as openat2 says it.
Opened open_component(int directory, const std::string& name, int flags, mode_t mode) {
  Opened opened = answer(openat(directory, name.c_str(), flags | O_NOFOLLOW, mode));
  if (opened.error_number == ENOTDIR) {
    const auto found = find_status(directory, name, name);
    if (found && found->type == FileType::kSymlink) opened.error_number = ELOOP;
  }
  return opened;
}

}  // namespace

Opened open_beneath(int root, std::string_view path, int flags, mode_t mode) {
  if (!is_plain_relative_path(path)) return {UniqueFd(), EXDEV};
  if (!kernel_resolves(root)) return open_by_walk(root, path, flags, mode);
  return open_by_kernel(root, std::string(path), flags, mode);
}

Opened open_by_walk(int root, std::string_view path, int flags, mode_t mode) {
  if (!is_plain_relative_path(path)) return {UniqueFd(), EXDEV};
  const std::vector<std::string> components = split(path, '/');
  Opened parent;
  int directory = root;
  for (size_t i = 0; i + 1 < components.size(); ++i) {
    parent = open_component(directory, components[i], O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    if (!parent.fd) return parent;
    directory = parent.fd.get();
  }
  return open_component(directory, components.back(), flags, mode);
}

bool is_plain_relative_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return false;
  while (true) {  // asked of every file: without a list of the components
    const size_t end = std::min(path.find('/'), path.size());
    const std::string_view component = path.substr(0, end);
    if (component.empty() || component == "." || component == "..") return false;
    if (end == path.size()) return true;
    path.remove_prefix(end + 1);
  }
}

bool is_relative_path(std::string_view path) {
  while (path.starts_with("../")) path.remove_prefix(3);
  return is_plain_relative_path(path);
}

std::optional<std::string> path_from(std::string_view base, std::string_view path) {
  // The dot keeps a path that begins with a slash beneath the base.
  const std::filesystem::path whole(fmt::format("./{}/{}", base, path));
  std::string meant = without_trailing_slashes(whole.lexically_normal());
  if (meant == ".." || meant.starts_with("../")) return std::nullopt;
  return meant == "." ? "" : meant;
}

std::string path_towards(std::string_view base, std::string_view path) {
  const std::string relative = std::filesystem::path(path).lexically_relative(base);
  return relative == "." ? "" : relative;
}

PathParts parts_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {{}, path};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

std::string parent_of(const std::string& path) { return std::filesystem::path(path).parent_path(); }

std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

std::string real_path(const std::string& path) {
  std::error_code unresolved;
  return std::filesystem::canonical(path, unresolved);
}

}  // namespace backstep
