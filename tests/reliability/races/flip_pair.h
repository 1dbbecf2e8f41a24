// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace backstep::test {

// A name in the tree that is now the real thing and now a symlink leading outside. What it is not
// at the moment lies at `partner`, in a place that nobody under test looks at.
struct FlipPair {
  std::string place;
  std::string partner;
  std::string outside;  // where the symlink leads

  bool flip() const { return renameat2(AT_FDCWD, place.c_str(), AT_FDCWD, partner.c_str(), RENAME_EXCHANGE) == 0; }

  // The real thing at its place and the symlink beside: whatever the program under test made of
  // the two meanwhile (it may have replaced or removed either).
  void settle() const {
    if (is_symlink(place) && exists(partner) && !is_symlink(partner)) flip();
    if (is_symlink(place)) remove(place);
    if (!exists(place) && exists(partner) && !is_symlink(partner)) move(partner, place);
    if (is_symlink(partner)) return;
    if (exists(partner)) remove(partner);
    if (symlink(outside.c_str(), partner.c_str()) != 0) fail("symlink", partner);
  }

 private:
  static bool exists(const std::string& path) {
    struct stat status {};
    return lstat(path.c_str(), &status) == 0;
  }
  static bool is_symlink(const std::string& path) {
    struct stat status {};
    return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
  }
  static void move(const std::string& from, const std::string& to) {
    if (rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT) fail("rename", from);
  }
  static void remove(const std::string& path);
  [[noreturn]] static void fail(const char* what, const std::string& path) {
    throw std::runtime_error(std::string(what) + " " + path + ": " + strerror(errno));
  }
};

}  // namespace backstep::test
