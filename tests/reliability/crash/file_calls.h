// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/syscall.h>

#include <array>
#include <cstdint>
#include <string>

namespace crash {

enum class Kind {
  kPath,        // a file by its name
  kDescriptor,  // an open file
  kOther,       // no file: memory, signals, processes, clocks
};

struct Call {
  long number;
  const char* name;
  Kind kind;
  int path_argument = -1;
};

// Every call that the program makes must be here: one that is not ends the trace with an error, so
// that a new call (another C library, a new feature) cannot stay untested unnoticed. `poll` and
// `mmap` take descriptors, but their number depends on timing, or they belong to the start of the
// process.
inline constexpr std::array kCalls{
    Call{SYS_openat2, "openat2", Kind::kPath, 1},
    Call{SYS_openat, "openat", Kind::kPath, 1},
    Call{SYS_open, "open", Kind::kPath, 0},
    Call{SYS_statx, "statx", Kind::kPath, 1},
    Call{SYS_newfstatat, "newfstatat", Kind::kPath, 1},
    Call{SYS_stat, "stat", Kind::kPath, 0},
    Call{SYS_lstat, "lstat", Kind::kPath, 0},
    Call{SYS_access, "access", Kind::kPath, 0},
    Call{SYS_faccessat, "faccessat", Kind::kPath, 1},
    Call{SYS_faccessat2, "faccessat2", Kind::kPath, 1},
    Call{SYS_readlink, "readlink", Kind::kPath, 0},
    Call{SYS_readlinkat, "readlinkat", Kind::kPath, 1},
    Call{SYS_getcwd, "getcwd", Kind::kPath},
    Call{SYS_chdir, "chdir", Kind::kPath, 0},
    Call{SYS_statfs, "statfs", Kind::kPath, 0},
    Call{SYS_renameat, "renameat", Kind::kPath, 1},
    Call{SYS_renameat2, "renameat2", Kind::kPath, 1},
    Call{SYS_rename, "rename", Kind::kPath, 0},
    Call{SYS_linkat, "linkat", Kind::kPath, 1},
    Call{SYS_symlinkat, "symlinkat", Kind::kPath, 0},
    Call{SYS_unlinkat, "unlinkat", Kind::kPath, 1},
    Call{SYS_unlink, "unlink", Kind::kPath, 0},
    Call{SYS_mkdirat, "mkdirat", Kind::kPath, 1},
    Call{SYS_mkdir, "mkdir", Kind::kPath, 0},
    Call{SYS_fchownat, "fchownat", Kind::kPath, 1},
    Call{SYS_fchmodat, "fchmodat", Kind::kPath, 1},
    Call{SYS_utimensat, "utimensat", Kind::kPath, 1},
    Call{SYS_read, "read", Kind::kDescriptor},
    Call{SYS_pread64, "pread64", Kind::kDescriptor},
    Call{SYS_readv, "readv", Kind::kDescriptor},
    Call{SYS_write, "write", Kind::kDescriptor},
    Call{SYS_pwrite64, "pwrite64", Kind::kDescriptor},
    Call{SYS_writev, "writev", Kind::kDescriptor},
    Call{SYS_close, "close", Kind::kDescriptor},
    Call{SYS_close_range, "close_range", Kind::kDescriptor},
    Call{SYS_fstat, "fstat", Kind::kDescriptor},
    Call{SYS_fstatfs, "fstatfs", Kind::kDescriptor},
    Call{SYS_lseek, "lseek", Kind::kDescriptor},
    Call{SYS_getdents64, "getdents64", Kind::kDescriptor},
    Call{SYS_fsync, "fsync", Kind::kDescriptor},
    Call{SYS_fdatasync, "fdatasync", Kind::kDescriptor},
    Call{SYS_syncfs, "syncfs", Kind::kDescriptor},
    Call{SYS_sync_file_range, "sync_file_range", Kind::kDescriptor},
    Call{SYS_ftruncate, "ftruncate", Kind::kDescriptor},
    Call{SYS_fallocate, "fallocate", Kind::kDescriptor},
    Call{SYS_fchmod, "fchmod", Kind::kDescriptor},
    Call{SYS_fchown, "fchown", Kind::kDescriptor},
    Call{SYS_fgetxattr, "fgetxattr", Kind::kDescriptor},
    Call{SYS_flistxattr, "flistxattr", Kind::kDescriptor},
    Call{SYS_fsetxattr, "fsetxattr", Kind::kDescriptor},
    Call{SYS_fremovexattr, "fremovexattr", Kind::kDescriptor},
    Call{SYS_flock, "flock", Kind::kDescriptor},
    Call{SYS_fcntl, "fcntl", Kind::kDescriptor},
    Call{SYS_ioctl, "ioctl", Kind::kDescriptor},
    Call{SYS_dup, "dup", Kind::kDescriptor},
    Call{SYS_dup2, "dup2", Kind::kDescriptor},
    Call{SYS_dup3, "dup3", Kind::kDescriptor},
    Call{SYS_pipe2, "pipe2", Kind::kDescriptor},
    Call{SYS_signalfd4, "signalfd4", Kind::kDescriptor},
    Call{SYS_socketpair, "socketpair", Kind::kDescriptor},
    Call{SYS_fadvise64, "fadvise64", Kind::kDescriptor},
    Call{SYS_copy_file_range, "copy_file_range", Kind::kDescriptor},
    Call{SYS_poll, "poll", Kind::kOther},
    Call{SYS_ppoll, "ppoll", Kind::kOther},
    Call{SYS_mmap, "mmap", Kind::kOther},
    Call{SYS_munmap, "munmap", Kind::kOther},
    Call{SYS_mremap, "mremap", Kind::kOther},
    Call{SYS_mprotect, "mprotect", Kind::kOther},
    Call{SYS_madvise, "madvise", Kind::kOther},
    Call{SYS_brk, "brk", Kind::kOther},
    Call{SYS_execve, "execve", Kind::kOther},
    Call{SYS_clone, "clone", Kind::kOther},
    Call{SYS_clone3, "clone3", Kind::kOther},
    Call{SYS_fork, "fork", Kind::kOther},
    Call{SYS_wait4, "wait4", Kind::kOther},
    Call{SYS_waitid, "waitid", Kind::kOther},
    Call{SYS_exit_group, "exit_group", Kind::kOther},
    Call{SYS_kill, "kill", Kind::kOther},
    Call{SYS_tgkill, "tgkill", Kind::kOther},
    Call{SYS_rt_sigaction, "rt_sigaction", Kind::kOther},
    Call{SYS_rt_sigprocmask, "rt_sigprocmask", Kind::kOther},
    Call{SYS_rt_sigreturn, "rt_sigreturn", Kind::kOther},
    Call{SYS_restart_syscall, "restart_syscall", Kind::kOther},
    Call{SYS_getpid, "getpid", Kind::kOther},
    Call{SYS_gettid, "gettid", Kind::kOther},
    Call{SYS_getppid, "getppid", Kind::kOther},
    Call{SYS_setpgid, "setpgid", Kind::kOther},
    Call{SYS_getpgid, "getpgid", Kind::kOther},
    Call{SYS_setsid, "setsid", Kind::kOther},
    Call{SYS_getuid, "getuid", Kind::kOther},
    Call{SYS_geteuid, "geteuid", Kind::kOther},
    Call{SYS_getgid, "getgid", Kind::kOther},
    Call{SYS_getegid, "getegid", Kind::kOther},
    Call{SYS_getgroups, "getgroups", Kind::kOther},
    Call{SYS_capget, "capget", Kind::kOther},
    Call{SYS_prctl, "prctl", Kind::kOther},
    Call{SYS_arch_prctl, "arch_prctl", Kind::kOther},
    Call{SYS_prlimit64, "prlimit64", Kind::kOther},
    Call{SYS_set_tid_address, "set_tid_address", Kind::kOther},
    Call{SYS_set_robust_list, "set_robust_list", Kind::kOther},
    Call{SYS_rseq, "rseq", Kind::kOther},
    Call{SYS_futex, "futex", Kind::kOther},
    Call{SYS_getrandom, "getrandom", Kind::kOther},
    Call{SYS_uname, "uname", Kind::kOther},
    Call{SYS_umask, "umask", Kind::kOther},
    Call{SYS_clock_gettime, "clock_gettime", Kind::kOther},
    Call{SYS_clock_nanosleep, "clock_nanosleep", Kind::kOther},
    Call{SYS_sysinfo, "sysinfo", Kind::kOther},
};

inline const Call* find_call(long number) {
  for (const Call& call : kCalls) {
    if (call.number == number) return &call;
  }
  return nullptr;
}

// What is printed may fail without consequences: such a write has a name of its own.
inline std::string name_at(const Call& call, uint64_t first_argument) {
  const bool output = call.number == SYS_write && (first_argument == 1 || first_argument == 2);
  return output ? "write-output" : call.name;
}

}  // namespace crash
