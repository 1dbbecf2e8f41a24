// SPDX-License-Identifier: Apache-2.0
#include "system/files/ci_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/text.h"
#include "system/files/directory.h"

namespace backstep {
namespace {

// `printf a=b >>"$GITHUB_ENV"` of somebody before us: our first line would be the end of theirs.
bool ends_amid_line(int fd, const std::string& path) {
  const uint64_t size = status_of(fd, path).size;
  char last = '\n';
  if (size == 0) return false;
  if (::pread(fd, &last, 1, static_cast<off_t>(size - 1)) < 0) throw SystemError("read", path);
  return last != '\n';
}

}  // namespace

void append_to_ci_file(const std::string& path, std::string_view text) {
  // O_NONBLOCK: a FIFO in its place must not stop the deploy.
  UniqueFd file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644));
  if (!file) throw SystemError("open", path);
  if (status_of(file.get(), path).type != FileType::kRegular) {
    throw Error(ExitCode::kInternal, "cannot write " + in_quotes(path) + ": no regular file");
  }
  if (ends_amid_line(file.get(), path)) write_all(file.get(), "\n", path);
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
