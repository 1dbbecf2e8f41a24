// SPDX-License-Identifier: Apache-2.0
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <map>

#include "file_calls.h"
#include "injection.h"

namespace crash {
namespace {

// Between the three processes: the program before its exec, who waits for it, who answers.
struct Shared {
  std::atomic<int> listener{-1};
  std::atomic<int> refused{0};
  std::atomic<bool> taken{false};
  std::atomic<bool> done[8];
};

Shared* shared_memory() {
  void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) give_up("no memory to share");
  return new (memory) Shared();
}

std::vector<long> numbers_of(const std::vector<Injection>& injections) {
  std::vector<long> numbers;
  for (const Injection& each : injections) {
    const std::string name = each.call == "write-output" ? "write" : each.call;
    for (const Call& call : kCalls) {
      if (name == call.name) numbers.push_back(call.number);
    }
  }
  return numbers;
}

int listen_to(const std::vector<long>& numbers) {
  std::vector<sock_filter> program;
  program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
  for (const long number : numbers) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<uint32_t>(number), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return static_cast<int>(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter));
}

// No call on a file between the filter and the exec, for they would be counted; so the number of
// the listener goes through memory. It closes itself on exec.
[[noreturn]] void become(char** command, const std::vector<long>& numbers, Shared& shared) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int listener = listen_to(numbers);
  if (listener < 0) shared.refused = errno;
  shared.listener = listener;
  if (listener < 0) _exit(125);
  while (!shared.taken) sched_yield();
  execvp(command[0], command);
  _exit(127);
}

class Answering {
 public:
  Answering(int listener, pid_t program, std::vector<Injection>& injections, Shared& shared)
      : listener_(listener), program_(program), injections_(injections), shared_(shared) {}

  // Until nobody is left whom the filter binds: a keeper lives longer than the program that was
  // killed, and without an answer its calls would fail.
  void answer_all() {
    pollfd asked{listener_, POLLIN, 0};
    while (poll(&asked, 1, -1) > 0 && (asked.revents & POLLIN) != 0) answer_one();
  }

 private:
  void answer_one() {
    seccomp_notif question{};
    if (ioctl(listener_, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0) return;
    seccomp_notif_resp answer{};
    answer.id = question.id;
    answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    if (static_cast<pid_t>(question.pid) == program_) inject(question.data, answer);
    // With an answer the call might still be done before the kill takes effect.
    if (!killed_) ioctl(listener_, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    killed_ = false;
  }

  void inject(const seccomp_data& data, seccomp_notif_resp& answer) {
    const Call* call = find_call(data.nr);
    if (call == nullptr) return;
    const std::string name = name_at(*call, data.args[0]);
    const long count = ++counts_[name];
    for (size_t i = 0; i < injections_.size(); ++i) {
      if (!injections_[i].is_here(name, count)) continue;
      // Before it happens: who waits for the program looks at this when it is dead.
      injections_[i].done = true;
      shared_.done[i] = true;
      act(injections_[i], answer);
    }
  }

  void act(const Injection& each, seccomp_notif_resp& answer) {
    using Action = Injection::Action;
    if (each.action == Action::kPowerCut) cut_power(each);
    if (each.action == Action::kPowerCut || each.action == Action::kKill) {
      kill(program_, SIGKILL);
      killed_ = true;
    }
    if (each.action == Action::kSignal) kill(program_, each.value);
    if (each.action == Action::kError || each.action == Action::kAlwaysError) {
      answer.flags = 0;
      answer.error = -each.value;
    }
  }

  int listener_;
  pid_t program_;
  std::vector<Injection>& injections_;
  Shared& shared_;
  std::map<std::string, long> counts_;
  bool killed_ = false;
};

// Its own session and directory: it outlives the call, and must not be taken for what it watches.
void answer_elsewhere(int listener, pid_t program, std::vector<Injection>& injections, Shared& shared) {
  const pid_t answering = fork();
  if (answering < 0) give_up("cannot fork");
  if (answering > 0) return;
  setsid();
  if (chdir("/") != 0) _exit(1);
  Answering(listener, program, injections, shared).answer_all();
  _exit(0);
}

int take_listener(pid_t program, Shared& shared) {
  while (shared.listener < 0 && shared.refused == 0) sched_yield();
  if (shared.refused != 0) return -1;
  const int process = static_cast<int>(syscall(SYS_pidfd_open, program, 0));
  const int listener = static_cast<int>(syscall(SYS_pidfd_getfd, process, shared.listener.load(), 0));
  close(process);
  return listener;
}

}  // namespace

int run_notified(char** command, std::vector<Injection>& injections) {
  Shared& shared = *shared_memory();
  const std::vector<long> numbers = numbers_of(injections);
  const pid_t program = fork();
  if (program < 0) give_up("cannot fork");
  if (program == 0) become(command, numbers, shared);
  const int listener = take_listener(program, shared);
  if (listener < 0) {
    kill(program, SIGKILL);
    waitpid(program, nullptr, 0);
    return -1;
  }
  answer_elsewhere(listener, program, injections, shared);
  close(listener);
  shared.taken = true;
  int status = 0;
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  for (size_t i = 0; i < injections.size(); ++i) injections[i].done = shared.done[i];
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace crash
