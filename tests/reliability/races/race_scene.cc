// SPDX-License-Identifier: Apache-2.0
#include "reliability/races/race_scene.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "system/files/digest.h"

namespace backstep::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecret = "SECRET-FROM-OUTSIDE";
constexpr std::array kControlFiles = {"lock", "index", "journal.json", "history.jsonl", "verdicts.jsonl"};

// O_NOATIME: what we look at must not look as if the program under test had.
std::string read_unseen(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NOATIME | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return "";
  std::string text(1 << 16, '\0');
  const ssize_t size = read(fd, text.data(), text.size());
  close(fd);
  text.resize(size < 0 ? 0 : static_cast<size_t>(size));
  return text;
}

std::vector<std::string> list_unseen(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOATIME | O_CLOEXEC);
  DIR* stream = fd < 0 ? nullptr : fdopendir(fd);
  if (stream == nullptr) throw std::runtime_error("cannot list " + path);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(stream)) names.emplace_back(entry->d_name);
  closedir(stream);
  std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
  return names;
}

std::string newest_set(const std::string& backups) {
  std::string newest;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(backups, ignored)) {
    const std::string name = entry.path().filename();
    if (name.front() != '.') newest = std::max(newest, name);
  }
  return newest;
}

// A read changes a time of access that is older than the last change, whatever `relatime` says.
void forget_access(const std::string& path) {
  const std::array<timespec, 2> times{timespec{1, 0}, timespec{0, UTIME_OMIT}};
  utimensat(AT_FDCWD, path.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
}

}  // namespace

RaceScene::RaceScene() {
  fs::create_directories(dir_ / "partners");
  begin_again();
  hide_secrets();
  before_ = look_outside();
}

void RaceScene::write_tree(const std::string& work, const std::string& word) {
  for (const char* path : {"services/a/entrypoint.sh", "services/b/entrypoint.sh", "conf/x.conf"}) {
    const std::string place = work + "/" + path;
    fs::create_directories(fs::path(place).parent_path());
    const std::string fresh = place + ".fresh";
    FILE* file = fopen(fresh.c_str(), "w");
    if (file == nullptr) throw std::runtime_error("cannot write " + fresh);
    fprintf(file, "#!/bin/sh\necho %s %s\n", word.c_str(), path);
    fclose(file);
    chmod(fresh.c_str(), 0755);
    fs::rename(fresh, place);
  }
}

void RaceScene::begin_again() const {
  fs::remove_all(work());
  write_tree("v0");
}

// Everything that the program looks for in the workspace is there under the same names.
void RaceScene::hide_secrets() {
  std::vector<std::string> files{"services/a/entrypoint.sh", "services/b/entrypoint.sh", "conf/x.conf",
                                 "set/_manifest.jsonl",      "set/a_entrypoint.sh",      "set/b_entrypoint.sh",
                                 "set/_files/conf/x.conf"};
  for (const char* name : kControlFiles) {
    files.push_back(fmt::format("backups/.backstep/{}", name));
  }
  for (const std::string& file : files) {
    dir_.write("outside/" + file, fmt::format("{} {}\n", kSecret, file), 0755);
  }
  for (const char* shelf : {"good", "failed"}) {
    fs::create_directories(dir_ / "outside/backups/.backstep/" + shelf);
  }
  secrets_.emplace_back(kSecret);
  for (const std::string& file : files) {
    secrets_.push_back(sha256_hex(fmt::format("{} {}\n", kSecret, file)));
  }
  // First all names, then all times: listing a directory is an access too.
  for (const auto& [path, facts] : look_outside()) forget_access(path);
}

std::vector<FlipPair> RaceScene::pairs() const {
  std::vector<FlipPair> pairs;
  const auto add = [&](const std::string& place, const std::string& outside) {
    pairs.push_back({work() + "/" + place, beside("half"), dir_ / "outside/" + outside});
  };
  // What every call goes through is flipped most.
  for (int times = 0; times < 3; ++times) {
    for (const char* path : {"services", "services/a", "services/a/entrypoint.sh", "conf", "conf/x.conf", "backups",
                             "backups/.backstep", "backups/.backstep/good", "backups/.backstep/failed"}) {
      add(path, path);
    }
  }
  add("services/a/.entrypoint.sh.backstep-new", "services/a/entrypoint.sh");
  for (const char* name : kControlFiles) {
    add(fmt::format("backups/.backstep/{}", name), fmt::format("backups/.backstep/{}", name));
    add(fmt::format("backups/.backstep/.{}.backstep-new", name), fmt::format("backups/.backstep/{}", name));
  }
  const std::string newest = newest_set(work() + "/backups");
  if (newest.empty()) return pairs;
  add("backups/" + newest, "set");
  add("backups/" + newest + "/_files", "set/_files");
  for (const char* name : {"_manifest.jsonl", "a_entrypoint.sh", "_files/conf/x.conf"}) {
    add(fmt::format("backups/{}/{}", newest, name), fmt::format("set/{}", name));
  }
  return pairs;
}

RaceScene::Listing RaceScene::look_outside() const {
  Listing found;
  std::vector<std::string> pending{dir_ / "outside"};
  while (!pending.empty()) {
    const std::string path = pending.back();
    pending.pop_back();
    struct stat at {};
    if (lstat(path.c_str(), &at) != 0) throw std::runtime_error("cannot see " + path);
    Facts& facts = found[path];
    facts.status = fmt::format("{} {:o} {} {} {}.{} {}.{} {}.{}", at.st_ino, at.st_mode, at.st_nlink, at.st_size,
                               at.st_atim.tv_sec, at.st_atim.tv_nsec, at.st_mtim.tv_sec, at.st_mtim.tv_nsec,
                               at.st_ctim.tv_sec, at.st_ctim.tv_nsec);
    if (!S_ISDIR(at.st_mode)) {
      facts.content = read_unseen(path);
      continue;
    }
    for (const std::string& name : list_unseen(path)) pending.push_back(path + "/" + name);
  }
  return found;
}

std::vector<std::string> RaceScene::secrets_in(const std::string& tree) const {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(tree)) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    const std::string text = read_unseen(entry.path());
    for (const std::string& secret : secrets_) {
      if (text.find(secret) != std::string::npos) {
        found.push_back(fmt::format("{} holds {}", entry.path().string(), secret));
      }
    }
  }
  return found;
}

std::vector<std::string> RaceScene::escapes() {
  std::vector<std::string> found = secrets_in(dir_ / "work");
  for (std::string& text : secrets_in(dir_ / "partners")) found.push_back(std::move(text));
  Listing now = look_outside();
  for (const auto& [path, facts] : now) {
    const auto known = before_.find(path);
    if (known == before_.end()) {
      found.push_back(path + " is new");
    } else if (known->second != facts) {
      found.push_back(fmt::format("{} was {}, is {}", path, known->second.status, facts.status));
    }
  }
  for (const auto& [path, facts] : before_) {
    if (!now.contains(path)) found.push_back(path + " is gone");
  }
  before_ = std::move(now);
  return found;
}

}  // namespace backstep::test
