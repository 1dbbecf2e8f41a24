// SPDX-License-Identifier: Apache-2.0
// Bugs that the harness must find, each the mistake that a tired person makes. They are put between
// the rooms by the linker (--wrap), so the sources know nothing of them, and CRASH_SEEDED_BUG
// chooses one; without it this is the program as it is.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "backup/restore/restore_plan.h"
#include "backup/tracked/live_set.h"
#include "journal/journal.h"
#include "store/sets/set_reader.h"
#include "system/files/beneath.h"
#include "system/files/digest.h"
#include "system/files/staged_file.h"
#include "system/process/keeper.h"
#include "system/process/process.h"

namespace {

bool has_bug(std::string_view name) {
  const char* chosen = std::getenv("CRASH_SEEDED_BUG");
  return chosen != nullptr && name == chosen;
}

bool is_directory(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
}

std::string content_of(int directory, const char* name) {
  std::string content;
  const int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = read(fd, piece.data(), piece.size())) > 0;) {
    content.append(piece.data(), static_cast<size_t>(count));
  }
  close(fd);
  return content;
}

// Open, empty, fill: a reader in between sees half a script.
int write_over(int from, const char* name, int to, const char* new_name) {
  struct stat status {};
  if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return -1;
  const std::string content = content_of(from, name);
  const int fd = openat(to, new_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, status.st_mode);
  const ssize_t written = write(fd, content.data(), content.size());
  fchmod(fd, status.st_mode & 07777);
  close(fd);
  return written < 0 ? -1 : unlinkat(from, name, 0);
}

// Whatever any run's command started in this directory, the daemons of earlier deploys among them.
bool comes_from_a_command_here(pid_t pid) {
  const std::string process = "/proc/" + std::to_string(pid);
  std::array<char, 4096> here{};
  std::array<char, 4096> there{};
  if (readlink("/proc/self/cwd", here.data(), here.size() - 1) < 0) return false;
  if (readlink((process + "/cwd").c_str(), there.data(), there.size() - 1) < 0) return false;
  if (std::string_view(here.data()) != there.data()) return false;
  return content_of(AT_FDCWD, (process + "/environ").c_str()).find("BACKSTEP_RUN_ID=") != std::string::npos;
}

// What the manifest says of the stored file that was opened last: a check against it always agrees.
struct Expected {
  int fd = -1;
  backstep::ContentHash sha256;
};
Expected& expected() {
  static Expected last;
  return last;
}

}  // namespace

extern "C" {

int __real_fsync(int fd);
int __wrap_fsync(int fd) {
  if (has_bug("no-fsync-of-files") && !is_directory(fd)) return 0;
  if (has_bug("no-fsync-of-directories") && is_directory(fd)) return 0;
  return __real_fsync(fd);
}

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd) { return has_bug("no-fsync-of-the-journal") ? 0 : __real_fdatasync(fd); }

int __real_close(int fd);
int __wrap_close(int fd) {
  const int answer = __real_close(fd);
  return has_bug("unchecked-close") ? 0 : answer;
}

dirent* __real_readdir(DIR* directory);
dirent* __wrap_readdir(DIR* directory) {
  dirent* entry = __real_readdir(directory);
  if (entry == nullptr && has_bug("unchecked-readdir")) errno = 0;
  return entry;
}

ssize_t __real_write(int fd, const void* bytes, size_t size);
ssize_t __wrap_write(int fd, const void* bytes, size_t size) {
  const ssize_t count = __real_write(fd, bytes, size);
  return count < 0 && has_bug("unchecked-write") ? static_cast<ssize_t>(size) : count;
}

int __real_renameat(int from, const char* name, int to, const char* new_name);
int __wrap_renameat(int from, const char* name, int to, const char* new_name) {
  if (has_bug("written-in-place")) return write_over(from, name, to, new_name);
  return __real_renameat(from, name, to, new_name);
}

}  // extern "C"

namespace backstep {

#define REAL(name) asm("__real_" name)
#define WRAP(name) asm("__wrap_" name)

#define SAVE_JOURNAL "_ZN8backstep12save_journalERKNS_5StoreERKNS_7JournalE"
void real_save_journal(const Store& store, const Journal& journal) REAL(SAVE_JOURNAL);
void wrap_save_journal(const Store& store, const Journal& journal) WRAP(SAVE_JOURNAL);
void wrap_save_journal(const Store& store, const Journal& journal) {
  if (has_bug("journal-armed-too-late") && journal.phase == Phase::kArmed) return;
  real_save_journal(store, journal);
}

#define IS_AS_RECORDED                                                                       \
  "_ZN8backstep14is_as_recordedERKSt6vectorINS_12RecordedFileESaIS1_EERKNSt7__cxx1112basic_" \
  "stringIcSt11char_traitsIcESaIcEEEPKNS_9FileEntryE"
bool real_is_as_recorded(const std::vector<RecordedFile>& recorded, const std::string& path, const FileEntry* live)
    REAL(IS_AS_RECORDED);
bool wrap_is_as_recorded(const std::vector<RecordedFile>& recorded, const std::string& path, const FileEntry* live)
    WRAP(IS_AS_RECORDED);
bool wrap_is_as_recorded(const std::vector<RecordedFile>& recorded, const std::string& path, const FileEntry* live) {
  return !has_bug("settled-otherwise-the-second-time") && real_is_as_recorded(recorded, path, live);
}

#define FLUSH_LIVE "_ZN8backstep10flush_liveERKNS_4TreeERKSt6vectorINS_9FileEntryESaIS4_EERKNS_7LiveSetE"
void real_flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live) REAL(FLUSH_LIVE);
void wrap_flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live) WRAP(FLUSH_LIVE);
void wrap_flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live) {
  if (!has_bug("no-flush-of-what-commands-wrote")) real_flush_live(tree, before, live);
}

#define OPEN_STORED "_ZNK8backstep9StoredSet4openERKNS_9FileEntryE"
FoundFile real_open_stored(const StoredSet* set, const FileEntry& entry) REAL(OPEN_STORED);
FoundFile wrap_open_stored(const StoredSet* set, const FileEntry& entry) WRAP(OPEN_STORED);
FoundFile wrap_open_stored(const StoredSet* set, const FileEntry& entry) {
  FoundFile opened = real_open_stored(set, entry);
  expected() = {opened.fd.get(), entry.sha256};
  return opened;
}

#define COPY_FROM "_ZN8backstep10StagedFile9copy_fromEimSt17basic_string_viewIcSt11char_traitsIcEE"
ContentHash real_copy_from(StagedFile* file, int source, uint64_t size, std::string_view subject) REAL(COPY_FROM);
ContentHash wrap_copy_from(StagedFile* file, int source, uint64_t size, std::string_view subject) WRAP(COPY_FROM);
ContentHash wrap_copy_from(StagedFile* file, int source, uint64_t size, std::string_view subject) {
  const ContentHash copied = real_copy_from(file, source, size, subject);
  return has_bug("no-verify-before-restore") ? expected().sha256 : copied;
}

#define SHA256_OF_FILE "_ZN8backstep14sha256_of_fileEiSt17basic_string_viewIcSt11char_traitsIcEEm"
ContentHash real_sha256_of_file(int fd, std::string_view subject, uint64_t size) REAL(SHA256_OF_FILE);
ContentHash wrap_sha256_of_file(int fd, std::string_view subject, uint64_t size) WRAP(SHA256_OF_FILE);
ContentHash wrap_sha256_of_file(int fd, std::string_view subject, uint64_t size) {
  const bool stored = has_bug("no-verify-before-restore") && fd == expected().fd;
  expected().fd = -1;
  return stored ? expected().sha256 : real_sha256_of_file(fd, subject, size);
}

// Looks first and opens then, which is one step too late.
#define OPEN_BENEATH "_ZN8backstep12open_beneathEiSt17basic_string_viewIcSt11char_traitsIcEEij"
Opened real_open_beneath(int root, std::string_view path, int flags, mode_t mode) REAL(OPEN_BENEATH);
Opened wrap_open_beneath(int root, std::string_view path, int flags, mode_t mode) WRAP(OPEN_BENEATH);
Opened wrap_open_beneath(int root, std::string_view path, int flags, mode_t mode) {
  const Opened looked = real_open_beneath(root, path, O_PATH | O_CLOEXEC, 0);
  if (!has_bug("lstat-then-open") || !looked.fd) return real_open_beneath(root, path, flags, mode);
  const int fd = openat(root, std::string(path).c_str(), flags & ~O_NOFOLLOW, mode);
  return fd < 0 ? Opened{UniqueFd(), errno} : Opened{UniqueFd(fd), 0};
}

#define KILL_DESCENDANTS "_ZN8backstep16kill_descendantsENSt6chrono8durationIlSt5ratioILl1ELl1000EEEE"
std::vector<pid_t> real_kill_descendants(Duration limit) REAL(KILL_DESCENDANTS);
std::vector<pid_t> wrap_kill_descendants(Duration limit) WRAP(KILL_DESCENDANTS);
std::vector<pid_t> wrap_kill_descendants(Duration limit) {
  if (has_bug("kill-of-the-group-only")) return {};
  std::vector<pid_t> left = real_kill_descendants(limit);
  if (!has_bug("sweep-too-wide")) return left;
  for (const pid_t pid : descendants_of(1)) {
    if (pid != getpid() && comes_from_a_command_here(pid)) kill(pid, SIGKILL);
  }
  return left;
}

#define BE_KEEPER "_ZN8backstep9be_keeperERKNS_11ProcessSpecERKNS_11KeeperLinksE"
[[noreturn]] void real_be_keeper(const ProcessSpec& spec, const KeeperLinks& links) REAL(BE_KEEPER);
[[noreturn]] void wrap_be_keeper(const ProcessSpec& spec, const KeeperLinks& links) WRAP(BE_KEEPER);
void wrap_be_keeper(const ProcessSpec& spec, const KeeperLinks& links) {
  KeeperLinks without_lock = links;
  if (has_bug("inherited-lock-dropped")) {
    close(links.lock);
    without_lock.lock = open("/dev/null", O_RDONLY | O_CLOEXEC);
  }
  real_be_keeper(spec, without_lock);
}

}  // namespace backstep
