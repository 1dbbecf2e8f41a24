// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

enum class FileType { kRegular, kDirectory, kSymlink, kOther };
FileType type_of(mode_t mode);

struct Owner {
  uid_t uid = 0;
  gid_t gid = 0;
  bool operator==(const Owner&) const = default;
};

inline constexpr uid_t kAnybody = static_cast<uid_t>(-1);  // the number of no user

// What statx says of a file, never following a symlink. Times are nanoseconds since the epoch.
struct FileStatus {
  FileType type = FileType::kOther;
  mode_t mode = 0;  // permission bits with setuid, setgid and sticky: 07777
  uid_t uid = 0;
  gid_t gid = 0;
  uint64_t size = 0;
  int64_t mtime_ns = 0;
  int64_t ctime_ns = 0;
  int64_t birth_ns = 0;  // 0 where the file system knows none
  uint64_t inode = 0;
  uint64_t device = 0;
  uint64_t links = 1;
  bool mount_point = false;  // a bind-mounted file cannot be renamed over (EBUSY)
  bool immutable = false;    // chattr +i
  bool append_only = false;  // chattr +a: in such a directory names are made, never replaced
  uint64_t mount_id = 0;     // 0 before Linux 5.8; one device may be mounted twice, once read-only

  Owner owner() const { return {uid, gid}; }
  uid_t author() const { return (mode & S_IWOTH) != 0 ? kAnybody : uid; }  // who can write it
};

// The type of the file system, as statfs has it; 0: it does not say.
int64_t file_system_type(int fd);

// Whether this process may give files away (CAP_CHOWN).
bool may_change_owner();
// Whether a file of ours could come nearer to the wanted owner: without CAP_CHOWN by a group of our
// own alone. No other difference is compared, for nothing could be done about it.
bool could_give(Owner present, Owner wanted);

// The user as whom this process reaches files.
uid_t effective_user();

// The status of an open file. Throws SystemError.
FileStatus status_of(int fd, std::string_view subject);

// The status of a name in an open directory; nullopt: ENOENT or ENOTDIR. `name` has one component.
std::optional<FileStatus> find_status(int directory_fd, const std::string& name, std::string_view subject);

// Whether it was written to between two looks.
bool changed_meanwhile(const FileStatus& before, const FileStatus& after);

// Changes the owner, or where no more is permitted the group alone. False: a difference stays. Both
// only for what the caller has just made: another name may lead to a file of ours.
bool give_to(int made, const FileStatus& status, Owner owner, std::string_view subject);
void set_mode(int made, mode_t mode, std::string_view subject);

// Throws Error for a file that must not be written in place: it has a second name, or it lies in
// the directory of another user, who could not write to it himself and so may have moved it there.
void require_ours(const FileStatus& file, const FileStatus& directory, std::string_view subject);

// What a file has beside content, owner and mode: an ACL, labels, other extended attributes. A file
// that takes the place of another gets that one's: they say who may use what lies in this place. A
// file capability belongs to the content: it comes from the manifest.
//
// Order of calls, by the rules of the kernel: write and change the owner (both take a capability
// away), carry_attributes() (an ACL changes the mode), change the mode, give_capability().

// In hex; "": it has none. Throws SystemError.
std::string capability_of(int fd, std::string_view subject);

// Gives the new file `to` what `from` has, and takes away an ACL that it inherited where that one
// has none. What the kernel and file systems keep for themselves is left alone. Returns what was
// carried, but for labels; what was not is added to `lost`, each with its reason.
std::vector<std::string> carry_attributes(int from, int to, std::vector<std::string>& lost);

// Whether there is one and it was given.
bool give_capability(int fd, std::string_view hex, std::vector<std::string>& lost);

// The clock that stamps files when they change. The kernel reads it once a tick, so two changes
// within a tick show the same times; whoever takes equal times for equal content misses the second.
//
// Asked before a file is read, it says until when that file was at rest: with stamps below the
// answer, any later change shows other stamps. 2 s less than now where the stamps are coarse or are
// given by another machine's clock.
class StampClock {
 public:
  explicit StampClock(int directory_fd);

  int64_t now() const;
  // Until what was stamped before the call is at rest: some milliseconds, 50 at most.
  void wait_past_this_moment() const;
  // What `now` said, as far as it holds for this file.
  int64_t at_rest_before(int64_t now, const FileStatus& file) const;

 private:
  bool local_ = false;
  uint64_t device_ = 0;
};

}  // namespace backstep
