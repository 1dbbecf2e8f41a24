// SPDX-License-Identifier: Apache-2.0
#include "system/files/file_status.h"

#include <fmt/format.h>
#include <sys/xattr.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <span>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr const char* kAcl = "system.posix_acl_access";
constexpr const char* kCapability = "security.capability";
constexpr size_t kLargest = size_t{64} * 1024;  // of a list and of a value, by the kernel's limit
constexpr std::array kLeftAlone = {"security.capability", "security.ima",  "security.evm",
                                   "trusted.overlay.",    "user.overlay.", "trusted.SGI_ACL_"};

bool is_left_alone(const std::string& name) {
  return std::ranges::any_of(kLeftAlone, [&](std::string_view start) { return name.starts_with(start); });
}

std::string for_people(const std::string& name) { return name == kAcl ? "ACL" : printable(name); }

std::string with_reason(const std::string& what, int error_number = errno) {
  return fmt::format("{} ({})", what, std::strerror(error_number));
}

// An error number, 0: read.
int read_value(int fd, const std::string& name, std::string& value) {
  value.resize(kLargest);
  const ssize_t size = fgetxattr(fd, name.c_str(), value.data(), value.size());
  if (size < 0) return errno;
  value.resize(static_cast<size_t>(size));
  return 0;
}

// A label that may not be set can be the one that every new file here has.
int copy_value(int from, int to, const std::string& name) {
  std::string value;
  if (const int unread = read_value(from, name, value)) return unread;
  if (fsetxattr(to, name.c_str(), value.data(), value.size(), 0) == 0) return 0;
  const int error_number = errno;
  std::string there;
  return read_value(to, name, there) == 0 && there == value ? 0 : error_number;
}

}  // namespace

std::string capability_of(int fd, std::string_view subject) {
  std::array<unsigned char, 64> value{};
  const ssize_t size = fgetxattr(fd, kCapability, value.data(), value.size());
  if (size < 0 && errno != ENODATA && errno != EOPNOTSUPP) {
    throw SystemError("read the capability of", subject);
  }
  const auto bytes = std::span(value).first(static_cast<size_t>(std::max<ssize_t>(size, 0)));
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

std::vector<std::string> carry_attributes(int from, int to, std::vector<std::string>& lost) {
  std::string list(kLargest, '\0');
  const ssize_t size = flistxattr(from, list.data(), list.size());
  if (size < 0 && errno != EOPNOTSUPP) lost.push_back(with_reason("attributes"));
  list.resize(static_cast<size_t>(std::max<ssize_t>(size, 0)));
  std::vector<std::string> names = words_in(list, std::string_view("\0", 1));
  std::erase_if(names, is_left_alone);
  std::ranges::sort(names);
  const bool has_acl = std::ranges::find(names, kAcl) != names.end();
  if (size >= 0 && !has_acl && fremovexattr(to, kAcl) != 0 && errno != ENODATA && errno != EOPNOTSUPP) {
    lost.push_back(with_reason("having no ACL"));
  }
  std::vector<std::string> carried;
  for (const std::string& name : names) {
    const int error_number = copy_value(from, to, name);
    if (error_number != 0) {
      lost.push_back(with_reason(for_people(name), error_number));
    } else if (!name.starts_with("security.")) {
      carried.push_back(for_people(name));
    }
  }
  return carried;
}

bool give_capability(int fd, std::string_view hex, std::vector<std::string>& lost) {
  std::string value;
  for (; hex.size() >= 2; hex.remove_prefix(2)) {
    unsigned char byte = 0;
    std::from_chars(hex.data(), hex.data() + 2, byte, 16);
    value += static_cast<char>(byte);
  }
  if (value.empty()) return false;
  if (fsetxattr(fd, kCapability, value.data(), value.size(), 0) == 0) return true;
  lost.push_back(with_reason("capability"));
  return false;
}

}  // namespace backstep
