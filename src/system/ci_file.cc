// SPDX-License-Identifier: Apache-2.0
#include "system/ci_file.h"

#include <fcntl.h>

#include "base/error.h"
#include "base/text.h"
#include "system/directory.h"

namespace backstep {

void append_to_ci_file(const std::string& path, std::string_view text) {
  // O_NONBLOCK: a FIFO in its place must not stop the deploy.
  UniqueFd file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644));
  if (!file) throw SystemError("open", path);
  if (status_of(file.get(), path).type != FileType::kRegular) {
    throw Error(ExitCode::kInternal, "cannot write " + in_quotes(path) + ": no regular file");
  }
  write_all(file.get(), text, path);
  file.close(path);
}

}  // namespace backstep
