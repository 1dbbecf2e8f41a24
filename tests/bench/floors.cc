// SPDX-License-Identifier: Apache-2.0
// The least that the work can cost: the same files, as durable, with the fewest calls and no hash.
// It works in the root of a tree: scripts in `services/`, sets in `backups/`, beside them an index.
//
//     floors backup NUMBER          a complete set: links to the set before, copies of what changed
//     floors restore NUMBER         each script is looked at; those that changed are replaced
//     floors step COMMAND…          four writes that are each made durable, and the command
//     floors disturb FILE SECONDS   writes 1 MB and makes it durable, over and over, and ends by
//     itself
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Seen {
  std::string name;
  int64_t size = 0, mtime = 0, inode = 0;
  bool operator==(const Seen&) const = default;
};

std::vector<char> buffer(size_t{256} * 1024);

int64_t checked(int64_t result, const std::string& what) {
  if (result >= 0) return result;
  std::perror(what.c_str());
  std::exit(1);
}

int open_at(int directory, const std::string& path, int flags, mode_t mode = 0) {
  return static_cast<int>(checked(openat(directory, path.c_str(), flags | O_CLOEXEC, mode), path));
}

int directory_at(int parent, const std::string& path) { return open_at(parent, path, O_DIRECTORY); }

void write_all(int file, const char* data, size_t size) {
  if (write(file, data, size) != static_cast<ssize_t>(size)) checked(-1, "write");
}

void write_file(int directory, const std::string& name, const std::string& text) {
  const int file = open_at(directory, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  write_all(file, text.data(), text.size());
  close(file);
}

std::string script(const std::string& name) { return name + "/entrypoint.sh"; }
std::string staged(const std::string& name) { return name + "/.entrypoint.sh.new"; }
std::string stored(const std::string& name) { return name + "_entrypoint.sh"; }

Seen seen(const std::string& name, const struct stat& status) {
  const int64_t mtime = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
  return {name, status.st_size, mtime, static_cast<int64_t>(status.st_ino)};
}

struct stat look(int services, const std::string& name) {
  struct stat status {};
  checked(fstatat(services, script(name).c_str(), &status, AT_SYMLINK_NOFOLLOW), name);
  return status;
}

std::vector<std::string> names_in(int directory) {
  DIR* stream = fdopendir(dup(directory));
  std::vector<std::string> names;
  while (const dirent* entry = readdir(stream)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  closedir(stream);
  std::ranges::sort(names);
  return names;
}

std::string text_of(const std::vector<Seen>& all) {
  std::string text;
  for (const Seen& one : all) {
    text += one.name + ' ' + std::to_string(one.size) + ' ' + std::to_string(one.mtime) + ' ' +
            std::to_string(one.inode) + '\n';
  }
  return text;
}

void write_index(int backups, const std::vector<Seen>& all) {
  write_file(backups, ".index.new", text_of(all));
  checked(renameat(backups, ".index.new", backups, ".index"), "index");
}

std::vector<Seen> read_index(int backups) {
  const int file = openat(backups, ".index", O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::string text(static_cast<size_t>(lseek(file, 0, SEEK_END)), '\0');
  checked(pread(file, text.data(), text.size(), 0), "index");
  close(file);
  std::vector<Seen> all;
  for (char* at = text.data(); *at != '\0'; ++at) {
    char* space = std::find(at, text.data() + text.size(), ' ');
    Seen one{.name = {at, space}};
    for (int64_t* number : {&one.size, &one.mtime, &one.inode}) {
      *number = std::strtoll(space, &space, 10);
    }
    at = space;
    all.push_back(std::move(one));
  }
  return all;
}

void copy(int from, int to) {
  for (size_t got = buffer.size(); got == buffer.size();) {
    got = static_cast<size_t>(checked(read(from, buffer.data(), buffer.size()), "read"));
    write_all(to, buffer.data(), got);
  }
  close(from);
}

void copy_script(int services, const std::string& name, int set, mode_t mode) {
  const int to = open_at(set, stored(name), O_WRONLY | O_CREAT | O_EXCL, mode & 0777U);
  copy(open_at(services, script(name), O_RDONLY), to);
  close(to);
}

void backup(const std::string& number) {
  const int services = directory_at(AT_FDCWD, "services");
  const int backups = directory_at(AT_FDCWD, "backups");
  const std::vector<Seen> before = read_index(backups);
  const std::string last = std::to_string(std::stoi(number) - 1);
  const int from = before.empty() ? -1 : directory_at(backups, last);
  checked(mkdirat(backups, ".partial", 0700), "mkdir");
  const int partial = directory_at(backups, ".partial");
  std::vector<Seen> now;
  auto known = before.begin();
  for (const std::string& name : names_in(services)) {
    const struct stat status = look(services, name);
    now.push_back(seen(name, status));
    while (known != before.end() && known->name < name) ++known;
    if (known != before.end() && *known == now.back()) {
      const std::string copy = stored(name);
      checked(linkat(from, copy.c_str(), partial, copy.c_str(), 0), copy);
    } else {
      copy_script(services, name, partial, status.st_mode);
    }
  }
  write_file(partial, "_manifest", text_of(now));
  checked(syncfs(partial), "syncfs");
  checked(renameat(backups, ".partial", backups, number.c_str()), number);
  checked(fsync(backups), "fsync");
  write_index(backups, now);
}

// A copy of what is stored beside the script; the status it will have in the script's place.
Seen stage(int services, int set, const std::string& name) {
  struct stat status {};
  const int from = open_at(set, stored(name), O_RDONLY);
  checked(fstat(from, &status), name);
  const int to = open_at(services, staged(name), O_RDWR | O_CREAT | O_EXCL, status.st_mode & 0777U);
  copy(from, to);
  checked(fstat(to, &status), name);
  close(to);
  return seen(name, status);
}

void restore(const std::string& number) {
  const int services = directory_at(AT_FDCWD, "services");
  const int backups = directory_at(AT_FDCWD, "backups");
  std::vector<Seen> all = read_index(backups);
  const int set = directory_at(backups, number);
  std::vector<std::string> changed;
  for (Seen& one : all) {
    if (one == seen(one.name, look(services, one.name))) continue;
    one = stage(services, set, one.name);
    changed.push_back(one.name);
  }
  if (changed.empty()) return;
  checked(syncfs(services), "syncfs");
  for (const std::string& name : changed) {
    checked(renameat(services, staged(name).c_str(), services, script(name).c_str()), name);
  }
  checked(syncfs(services), "syncfs");
  write_index(backups, all);
}

void write_durably(int file, size_t size, off_t place) {
  checked(pwrite(file, buffer.data(), size, place), "pwrite");
  checked(fsync(file), "fsync");
}

void step(char** command) {
  const int file = open_at(AT_FDCWD, ".floor", O_WRONLY | O_CREAT, 0600);
  for (off_t turn = 0; turn < 4; ++turn) write_durably(file, 512, turn * 512);
  execvp(command[0], command);
  checked(-1, command[0]);
}

void disturb(const char* path, int64_t seconds) {
  const int file = open_at(AT_FDCWD, path, O_WRONLY | O_CREAT, 0600);
  buffer.resize(1 << 20);
  const time_t end = time(nullptr) + seconds;
  for (off_t turn = 0; time(nullptr) < end; ++turn) write_durably(file, 1 << 20, turn % 16 << 20);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 2 ? argv[1] : "";
  if (what == "backup") backup(argv[2]);
  if (what == "restore") restore(argv[2]);
  if (what == "step") step(argv + 2);
  if (what == "disturb" && argc == 4) disturb(argv[2], std::atoll(argv[3]));
  return what.empty() ? 2 : 0;
}
