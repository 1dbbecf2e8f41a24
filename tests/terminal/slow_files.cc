// SPDX-License-Identifier: Apache-2.0
// Runs a program as on a slow disk: each file that it opens takes so many milliseconds more. The
// kernel asks us before each openat2 (seccomp's user notification), we wait, and let it go on.
// Usage: slow_files MILLISECONDS PROGRAM…
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>

namespace {

constexpr int kSkipped = 125;

// The filter's descriptor, or -1. Only openat2 is asked about: the program opens all beneath its
// root by it.
int install_filter() {
  std::array<sock_filter, 4> rules{{
      {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
      {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_openat2},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_USER_NOTIF},
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
  }};
  const sock_fprog program{rules.size(), rules.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  return static_cast<int>(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
}

union Control {
  cmsghdr header;
  std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

msghdr message(iovec& data, Control& control) {
  msghdr header{};
  header.msg_iov = &data;
  header.msg_iovlen = 1;
  header.msg_control = control.bytes.data();
  header.msg_controllen = control.bytes.size();
  return header;
}

void hand_over(int socket, int fd) {
  char byte = 0;
  iovec data{&byte, 1};
  Control control{};
  msghdr header = message(data, control);
  cmsghdr* part = CMSG_FIRSTHDR(&header);
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(part), &fd, sizeof fd);
  sendmsg(socket, &header, 0);
}

int take_over(int socket) {
  char byte = 0;
  iovec data{&byte, 1};
  Control control{};
  msghdr header = message(data, control);
  if (recvmsg(socket, &header, MSG_CMSG_CLOEXEC) <= 0) return -1;
  const cmsghdr* part = CMSG_FIRSTHDR(&header);
  if (part == nullptr) return -1;
  int fd = -1;
  memcpy(&fd, CMSG_DATA(part), sizeof fd);
  return fd;
}

[[noreturn]] void be_program(int socket, char** arguments) {
  const int filter = install_filter();
  if (filter < 0) {
    perror("skipped: no seccomp filter may be set here");
    _exit(kSkipped);
  }
  hand_over(socket, filter);
  close(filter);
  close(socket);
  execvp(arguments[0], arguments);
  perror(arguments[0]);
  _exit(127);
}

void wait_milliseconds(long milliseconds) {
  timespec left{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
  while (nanosleep(&left, &left) != 0) {
  }
}

void answer_one(int filter, long milliseconds) {
  seccomp_notif asked{};
  if (ioctl(filter, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0) return;
  wait_milliseconds(milliseconds);
  seccomp_notif_resp answer{};
  answer.id = asked.id;
  answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ioctl(filter, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

int status_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const long milliseconds = strtol(arguments[1], nullptr, 10);
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return 2;
  const pid_t child = fork();
  if (child == 0) be_program(ends[1], arguments + 2);
  close(ends[1]);
  const int filter = take_over(ends[0]);
  int status = 0;
  while (waitpid(child, &status, filter < 0 ? 0 : WNOHANG) == 0) {
    pollfd entry{filter, POLLIN, 0};
    if (poll(&entry, 1, 20) > 0 && (entry.revents & POLLIN) != 0) {
      answer_one(filter, milliseconds);
    }
  }
  return status_of(status);
}
