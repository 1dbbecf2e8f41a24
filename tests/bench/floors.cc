// SPDX-License-Identifier: Apache-2.0
// The least that the work can cost: the same files, as durable, with the fewest calls and no hash.
// It works in the root of a tree: scripts in `services/`, sets in `backups/`, beside them an index.
//
//     floors backup NUMBER          a complete set: links to the set before, copies of what changed
//     floors restore NUMBER         each script is looked at; those that changed are replaced
//     floors safe-backup NUMBER     the same, with what we promise: see below
//     floors safe-restore NUMBER
//     floors step COMMAND…          four writes that are each made durable, and the command
//     floors disturb FILE SECONDS   writes 1 MB and makes it durable, over and over, and ends by
//     itself
#define OPENSSL_API_COMPAT 0x10100000L  // the plain functions, without a warning

#include <dirent.h>
#include <fcntl.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
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

struct stat status_at(int directory, const std::string& name) {
  struct stat status {};
  checked(fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW), name);
  return status;
}

struct stat look(int services, const std::string& name) {
  return status_at(services, script(name));
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

// "" where it is not there.
std::string whole_text(int directory, const std::string& name) {
  const int file = openat(directory, name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::string text(static_cast<size_t>(lseek(file, 0, SEEK_END)), '\0');
  checked(pread(file, text.data(), text.size(), 0), name);
  close(file);
  return text;
}

void write_index(int backups, const std::string& text) {
  write_file(backups, ".index.new", text);
  checked(renameat(backups, ".index.new", backups, ".index"), "index");
}

std::vector<Seen> read_index(int backups) {
  std::string text = whole_text(backups, ".index");
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
  write_index(backups, text_of(now));
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
  write_index(backups, text_of(all));
}

// The same with what we promise, and no more calls than that takes: whatever is stored has a hash, which is
// asked before a live file is touched; the directories are looked at; what a restore replaces is kept; and it
// is on the disk what is being done, until it is done, and that it was.

struct Known {
  Seen seen;
  int64_t copy_inode = 0, copy_mtime = 0;
  std::string hash;
};

std::string hash_of(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, bytes.data(), bytes.size());
  SHA256_Final(hash.data(), &state);
  std::string text;
  for (const unsigned char byte : hash) (text += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
  return text;
}

// With the hash of all of it as the last line.
std::string text_of(const std::vector<Known>& all) {
  std::string text;
  for (const Known& one : all) {
    text += one.seen.name + ' ';
    for (const int64_t number : {one.seen.size, one.seen.mtime, one.seen.inode, one.copy_inode, one.copy_mtime}) {
      text += std::to_string(number) + ' ';
    }
    text += one.hash + '\n';
  }
  return text + hash_of(text) + '\n';
}

std::vector<Known> read_known(int directory, const std::string& name) {
  std::string text = whole_text(directory, name);
  if (text.empty()) return {};
  const size_t hash_line = text.size() - 2 * SHA256_DIGEST_LENGTH - 1;
  const std::string_view lines = std::string_view(text).substr(0, hash_line);
  if (hash_of(lines) + '\n' != text.substr(hash_line)) checked(-1, name);
  std::vector<Known> all;
  for (char* at = text.data(); at != text.data() + hash_line; ++at) {
    char* space = std::find(at, text.data() + hash_line, ' ');
    Known one;
    one.seen.name.assign(at, space);
    for (int64_t* number : {&one.seen.size, &one.seen.mtime, &one.seen.inode, &one.copy_inode, &one.copy_mtime}) {
      *number = std::strtoll(space, &space, 10);
    }
    one.hash.assign(space + 1, 2 * SHA256_DIGEST_LENGTH);
    at = space + 1 + one.hash.size();
    all.push_back(std::move(one));
  }
  return all;
}

struct stat status_of(int file) {
  struct stat status {};
  checked(fstat(file, &status), "fstat");
  return status;
}

// Its hash, and a copy where `to` is one. It may change meanwhile, so it is looked at twice.
std::string read_hashed(int directory, const std::string& name, int to = -1) {
  const int file = open_at(directory, name, O_RDONLY);
  std::string bytes(static_cast<size_t>(status_of(file).st_size), '\0');
  checked(pread(file, bytes.data(), bytes.size(), 0), name);
  if (to >= 0) write_all(to, bytes.data(), bytes.size());
  if (static_cast<size_t>(status_of(file).st_size) != bytes.size()) checked(-1, name);
  close(file);
  return hash_of(bytes);
}

// A copy in the set, or beside the script.
void copy_known(int from, const std::string& name, int to, const std::string& copy, Known& known) {
  const int file = open_at(to, copy, O_WRONLY | O_CREAT | O_EXCL, 0755);
  known.hash = read_hashed(from, name, file);
  const struct stat status = status_of(file);
  known.copy_inode = static_cast<int64_t>(status.st_ino);
  known.copy_mtime = seen("", status).mtime;
  close(file);
}

void safe_backup(const std::string& number) {
  const int services = directory_at(AT_FDCWD, "services");
  const int backups = directory_at(AT_FDCWD, "backups");
  const std::vector<Known> before = read_known(backups, ".index");
  const int from = before.empty() ? -1 : directory_at(backups, std::to_string(std::stoi(number) - 1));
  checked(mkdirat(backups, ".partial", 0700), "mkdir");
  const int partial = directory_at(backups, ".partial");
  std::vector<Known> now;
  auto known = before.begin();
  for (const std::string& name : names_in(services)) {
    Known one;
    one.seen = seen(name, look(services, name));
    status_at(services, name);
    while (known != before.end() && known->seen.name < name) ++known;
    const std::string copy = stored(name);
    if (known != before.end() && known->seen == one.seen) {
      one = *known;
      const struct stat status = status_at(from, copy);
      if (static_cast<int64_t>(status.st_ino) != one.copy_inode) checked(-1, copy);
      checked(linkat(from, copy.c_str(), partial, copy.c_str(), 0), copy);
    } else {
      copy_known(services, script(name), partial, copy, one);
    }
    now.push_back(std::move(one));
  }
  write_file(partial, "_manifest", text_of(now));
  checked(syncfs(partial), "syncfs");
  checked(renameat(backups, ".partial", backups, number.c_str()), number);
  checked(fsync(backups), "fsync");
  write_index(backups, text_of(now));
}

void append_durably(int directory, const std::string& name, const std::string& line) {
  const int file = open_at(directory, name, O_WRONLY | O_CREAT | O_APPEND, 0600);
  write_all(file, line.data(), line.size());
  checked(fdatasync(file), name);
  close(file);
}

void keep_replaced(int services, int backups, const std::vector<Known*>& changed, const std::vector<Known>& all) {
  checked(mkdirat(backups, ".failed.partial", 0700), "mkdir");
  const int failed = directory_at(backups, ".failed.partial");
  for (const Known* one : changed) {
    const std::string copy = stored(one->seen.name);
    checked(linkat(services, script(one->seen.name).c_str(), failed, copy.c_str(), 0), copy);
  }
  write_file(failed, "_manifest", text_of(all));
  checked(syncfs(failed), "syncfs");
  const std::string name = ".failed." + std::to_string(getpid());
  checked(renameat(backups, ".failed.partial", backups, name.c_str()), name);
  checked(fsync(backups), "fsync");
}

void replace_all(int services, int backups, int set, std::vector<Known>& all, const std::vector<Known*>& changed) {
  for (const Known* one : changed) {
    const std::string& name = one->seen.name;
    read_hashed(services, script(name));
    if (read_hashed(set, stored(name)) != one->hash) checked(-1, name);
    checked(faccessat(services, name.c_str(), W_OK | X_OK, AT_EACCESS), name);
  }
  checked(syncfs(services), "syncfs");
  append_durably(backups, ".journal", "restoring\n");
  checked(fsync(backups), "fsync");
  for (Known* one : changed) {
    const std::string name = one->seen.name;
    Known copied;
    copy_known(set, stored(name), services, staged(name), copied);
    const int live = open_at(services, script(name), O_RDONLY);
    flistxattr(live, buffer.data(), buffer.size());
    close(live);
    one->seen = seen(name, status_at(services, staged(name)));
  }
  keep_replaced(services, backups, changed, all);
  for (const Known* one : changed) {
    const std::string& name = one->seen.name;
    checked(renameat(services, staged(name).c_str(), services, script(name).c_str()), name);
  }
  checked(syncfs(services), "syncfs");
  append_durably(backups, ".journal", "restored\n");
  write_index(backups, text_of(all));
}

void safe_restore(const std::string& number) {
  const int services = directory_at(AT_FDCWD, "services");
  const int backups = directory_at(AT_FDCWD, "backups");
  std::vector<Known> all = read_known(backups, ".index");
  const int set = directory_at(backups, number);
  const std::vector<Known> wanted = read_known(set, "_manifest");
  const std::vector<std::string> names = names_in(services);
  if (names.size() != wanted.size()) checked(-1, "names");
  std::vector<Known*> changed;
  for (size_t i = 0; i < all.size(); ++i) {
    const std::string& name = names[i];
    if (seen(name, look(services, name)) == all[i].seen && all[i].hash == wanted[i].hash) continue;
    all[i].hash = wanted[i].hash;
    changed.push_back(&all[i]);
  }
  if (!changed.empty()) replace_all(services, backups, set, all, changed);
  append_durably(backups, ".history", "restored " + number + "\n");
  if (changed.empty()) return;
  append_durably(backups, ".journal", "ended\n");
  checked(unlinkat(backups, ".journal", 0), "journal");
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
  if (what == "safe-backup") safe_backup(argv[2]);
  if (what == "safe-restore") safe_restore(argv[2]);
  if (what == "step") step(argv + 2);
  if (what == "disturb" && argc == 4) disturb(argv[2], std::atoll(argv[3]));
  return what.empty() ? 2 : 0;
}
