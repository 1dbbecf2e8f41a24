// SPDX-License-Identifier: Apache-2.0
// Runs a program as under a seccomp profile that does not know openat2: the kernel's answer is
// ENOSYS, or EPERM as older container engines give it. Usage: without_openat2 ENOSYS|EPERM PROGRAM…
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const unsigned answer = strcmp(arguments[1], "EPERM") == 0 ? EPERM : ENOSYS;
  std::array<sock_filter, 4> rules{{
      {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
      {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_openat2},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | answer},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
  }};
  const sock_fprog program{rules.size(), rules.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    perror("skipped: no seccomp filter may be set here");
    return 125;
  }
  execvp(arguments[2], arguments + 2);
  perror(arguments[2]);
  return 127;
}
