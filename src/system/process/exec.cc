// SPDX-License-Identifier: Apache-2.0
#include "system/process/exec.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace backstep {

int become(const std::vector<std::string>& argv) {
  std::vector<char*> words;
  // execvp takes them as char* for C's sake and does not write to them.
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execvp(words.front(), words.data());
  return errno;
}

UniqueFd open_own_binary() {
  const char* path = "/proc/self/exe";
  UniqueFd fd(::open(path, O_RDONLY | O_CLOEXEC));
  if (!fd) throw SystemError("open", path);
  return fd;
}

}  // namespace backstep
