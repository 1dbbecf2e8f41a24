// SPDX-License-Identifier: Apache-2.0
// The least that a backup or a restore of these trees can cost: neither durable nor verified, no
// hash, no manifest, one thread.
//
//     floors list   FROM     each script is looked at
//     floors files  FROM TO  a copy each, by six system calls
//     floors packed FROM TO  all of them in one file
//     floors back   FROM TO  the copies of `files` written over the scripts
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr size_t kBuffer = size_t{256} * 1024;
std::vector<char> buffer(kBuffer);

[[noreturn]] void fail(const std::string& what) {
  std::perror(what.c_str());
  std::exit(1);
}

int checked(int result, const std::string& what) {
  if (result < 0) fail(what);
  return result;
}

std::vector<std::string> names_in(const std::string& directory) {
  DIR* stream = opendir(directory.c_str());
  if (stream == nullptr) fail(directory);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(stream)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  closedir(stream);
  return names;
}

void copy(int from, int to, off_t size) {
  for (off_t done = 0; done < size;) {
    const ssize_t got = read(from, buffer.data(), buffer.size());
    if (got <= 0 || write(to, buffer.data(), static_cast<size_t>(got)) != got) fail("copy");
    done += got;
  }
}

// open, fstat, read, open, write, and two of close.
void copy_file(const std::string& from, const std::string& to) {
  const int source = checked(open(from.c_str(), O_RDONLY | O_CLOEXEC), from);
  struct stat status {};
  checked(fstat(source, &status), from);
  const int target = checked(open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755), to);
  copy(source, target, status.st_size);
  checked(close(source), from);
  checked(close(target), to);
}

std::string script_in(const std::string& services, const std::string& name) {
  return services + '/' + name + "/entrypoint.sh";
}

void list(const std::string& services) {
  for (const std::string& name : names_in(services)) {
    struct stat status {};
    checked(stat(script_in(services, name).c_str(), &status), name);
  }
}

void files(const std::string& services, const std::string& to) {
  checked(mkdir(to.c_str(), 0755), to);
  for (const std::string& name : names_in(services)) {
    copy_file(script_in(services, name), to + '/' + name);
  }
}

void packed(const std::string& services, const std::string& to) {
  const int target = checked(open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644), to);
  for (const std::string& name : names_in(services)) {
    const std::string from = script_in(services, name);
    const int source = checked(open(from.c_str(), O_RDONLY | O_CLOEXEC), from);
    struct stat status {};
    checked(fstat(source, &status), from);
    copy(source, target, status.st_size);
    checked(close(source), from);
  }
  checked(close(target), to);
}

void back(const std::string& services, const std::string& copies) {
  for (const std::string& name : names_in(copies)) {
    copy_file(copies + '/' + name, script_in(services, name));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 2 ? argv[1] : "";
  if (what == "list") {
    list(argv[2]);
  } else if (what == "files" && argc == 4) {
    files(argv[2], argv[3]);
  } else if (what == "packed" && argc == 4) {
    packed(argv[2], argv[3]);
  } else if (what == "back" && argc == 4) {
    back(argv[2], argv[3]);
  } else {
    return 2;
  }
  return 0;
}
