// SPDX-License-Identifier: Apache-2.0
// The commands of the pipeline that is killed ten thousand times, in one small static program: a
// shell with its tools would take longer than what is tested.
//
//   workload generate          makes the changes that `fresh/changes` lists: each file is written,
//   never
//                              flushed, and put in place by a rename
//   workload check WORD FILE   whether FILE holds WORD
//   workload exit STATUS
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::string content_of(const char* path) {
  std::string content;
  const int fd = open(path, O_RDONLY);
  if (fd < 0) return content;
  std::array<char, 65536> piece{};
  for (ssize_t count = 0; (count = read(fd, piece.data(), piece.size())) > 0;) {
    content.append(piece.data(), static_cast<size_t>(count));
  }
  close(fd);
  return content;
}

void put_copy(const std::string& from, const std::string& to) {
  struct stat status {};
  if (stat(from.c_str(), &status) != 0) return;
  const std::string content = content_of(from.c_str());
  const std::string copy = from + ".copy";
  const int fd = open(copy.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  fchmod(fd, status.st_mode & 07777);
  for (size_t at = 0; at < content.size();) {
    const ssize_t count = write(fd, content.data() + at, content.size() - at);
    if (count <= 0) std::_Exit(3);
    at += static_cast<size_t>(count);
  }
  close(fd);
  std::rename(copy.c_str(), to.c_str());
}

// Lines "FROM TO"; FROM "-" removes.
int generate() {
  const std::string changes = content_of("fresh/changes");
  for (size_t at = 0; at < changes.size();) {
    const size_t end = changes.find('\n', at);
    const size_t space = changes.find(' ', at);
    const std::string from = changes.substr(at, space - at);
    const std::string to = changes.substr(space + 1, end - space - 1);
    if (from == "-") {
      unlink(to.c_str());
    } else {
      put_copy(from, to);
    }
    at = end + 1;
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::string_view verb = count > 1 ? words[1] : "";
  if (verb == "generate") return generate();
  if (verb == "check" && count == 4) {
    return content_of(words[3]).find(words[2]) == std::string::npos ? 1 : 0;
  }
  if (verb == "exit" && count == 3) return std::atoi(words[2]);
  return 2;
}
