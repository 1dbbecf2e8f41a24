// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

#include "file_calls.h"
#include "injection.h"

namespace crash {
namespace {

class Tracee {
 public:
  explicit Tracee(pid_t pid) : pid_(pid) {}

  uint64_t word(uint64_t address) const {
    errno = 0;
    const long value = ptrace(PTRACE_PEEKDATA, pid_, address, nullptr);
    return errno == 0 ? static_cast<uint64_t>(value) : 0;
  }

  std::string text(uint64_t address) const {
    std::string found;
    while (found.size() < 200) {
      const uint64_t eight = word(address + found.size());
      char bytes[8];
      std::memcpy(bytes, &eight, sizeof bytes);
      const size_t length = strnlen(bytes, sizeof bytes);
      found.append(bytes, length);
      if (length < sizeof bytes) break;
    }
    for (char& each : found) {
      if (each < ' ') each = '?';
    }
    return found;
  }

  // Where a descriptor leads, and whether it was opened for writing: the close of such a one
  // counts.
  std::string descriptor(uint64_t fd) const {
    const std::string base = "/proc/" + std::to_string(pid_);
    char target[512];
    const ssize_t size = readlink((base + "/fd/" + std::to_string(fd)).c_str(), target, sizeof target);
    std::string shown = size > 0 ? std::string(target, static_cast<size_t>(size)) : "?";
    FILE* info = std::fopen((base + "/fdinfo/" + std::to_string(fd)).c_str(), "re");
    if (info == nullptr) return shown;
    char line[128];
    while (std::fgets(line, sizeof line, info) != nullptr) {
      if (std::strncmp(line, "flags:", 6) != 0) continue;
      if ((std::strtoul(line + 6, nullptr, 8) & O_ACCMODE) != O_RDONLY) shown += " (written)";
    }
    std::fclose(info);
    return shown;
  }

  std::string subject(const Call& call, const user_regs_struct& registers) const {
    const uint64_t arguments[] = {registers.rdi, registers.rsi, registers.rdx, registers.r10};
    if (call.path_argument >= 0) return text(arguments[call.path_argument]);
    return call.kind == Kind::kDescriptor ? descriptor(registers.rdi) : "";
  }

  // The return addresses that lead here. The program is built without optimisation, so its frames
  // are chained; those of the C library, below them, are found by looking for what points into
  // code. A 0 stands between the two, since a number of ours may look like an address: that of an
  // inode does.
  std::vector<uint64_t> site(const user_regs_struct& registers) const {
    constexpr int kScanned = 64;
    constexpr size_t kFrames = 14;
    std::vector<uint64_t> found;
    for (int i = 0; i < kScanned && found.size() < 4; ++i) {
      const uint64_t value = word(registers.rsp + 8 * static_cast<uint64_t>(i));
      if (follows_a_call(value)) found.push_back(value);
    }
    found.push_back(0);
    uint64_t frame = registers.rbp;
    while (found.size() < kFrames && frame >= registers.rsp && frame < registers.rsp + 1'000'000) {
      const uint64_t back = word(frame + 8);
      if (!is_code(back)) break;
      found.push_back(back);
      const uint64_t next = word(frame);
      if (next <= frame) break;
      frame = next;
    }
    return found;
  }

  void find_code() {
    FILE* maps = std::fopen(("/proc/" + std::to_string(pid_) + "/maps").c_str(), "re");
    if (maps == nullptr) return;
    char line[512];
    while (code_end_ == 0 && std::fgets(line, sizeof line, maps) != nullptr) {
      if (std::strstr(line, "r-xp") == nullptr) continue;
      char* end = nullptr;
      code_begin_ = std::strtoull(line, &end, 16);
      code_end_ = std::strtoull(end + 1, nullptr, 16);
    }
    std::fclose(maps);
  }

 private:
  bool is_code(uint64_t address) const { return address >= code_begin_ && address < code_end_; }

  // By its address (e8), or through a register or memory (ff /2).
  bool follows_a_call(uint64_t address) const {
    if (!is_code(address)) return false;
    const uint64_t before = word(address - 8);
    const auto byte = [&](int back) { return (before >> (8 * (8 - back))) & 0xff; };
    if (byte(5) == 0xe8) return true;
    constexpr std::array kLengths = {2, 3, 6, 7};
    return std::ranges::any_of(kLengths,
                               [&](int length) { return byte(length) == 0xff && (byte(length - 1) & 0x38) == 0x10; });
  }

  pid_t pid_;
  uint64_t code_begin_ = 0;
  uint64_t code_end_ = 0;
};

class Tracing {
 public:
  Tracing(std::vector<Injection>& injections, pid_t pid, FILE* list)
      : injections_(injections), pid_(pid), tracee_(pid), list_(list) {}

  int run() {
    int status = 0;
    if (waitpid(pid_, &status, 0) != pid_ || !WIFSTOPPED(status)) give_up("cannot start it");
    ptrace(PTRACE_SETOPTIONS, pid_, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    int signal = 0;
    while (true) {
      // A kill may come first: then there is nobody to go on, and the wait tells.
      ptrace(PTRACE_SYSCALL, pid_, nullptr, signal);
      if (waitpid(pid_, &status, 0) != pid_) give_up("lost it");
      signal = 0;
      if (WIFEXITED(status)) return WEXITSTATUS(status);
      if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
      if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
        at_call();
      } else if (WSTOPSIG(status) != SIGTRAP) {
        signal = WSTOPSIG(status);
      }
    }
  }

 private:
  void at_call() {
    entering_ = !entering_;
    if (!entering_ && fail_with_ == 0) return;
    user_regs_struct registers{};
    if (ptrace(PTRACE_GETREGS, pid_, nullptr, &registers) != 0) return;
    if (entering_) return enter(registers);
    registers.rax = static_cast<unsigned long long>(-fail_with_);
    ptrace(PTRACE_SETREGS, pid_, nullptr, &registers);
    fail_with_ = 0;
  }

  void enter(user_regs_struct& registers) {
    const long number = static_cast<long>(registers.orig_rax);
    const Call* call = find_call(number);
    if (call == nullptr) give_up("the call " + std::to_string(number) + " is not known to it");
    if (call->kind == Kind::kOther) return;
    const std::string name = name_at(*call, registers.rdi);
    const long count = ++counts_[name];
    if (list_ != nullptr) write_line(*call, name, count, registers);
    for (Injection& each : injections_) inject(each, name, count, registers);
  }

  void write_line(const Call& call, const std::string& name, long count, const user_regs_struct& registers) {
    if (counts_.size() == 1 && count == 1) tracee_.find_code();
    std::fprintf(list_, "%s\t%ld\t", name.c_str(), count);
    for (const uint64_t address : tracee_.site(registers)) {
      std::fprintf(list_, "%llx ", static_cast<unsigned long long>(address));
    }
    std::fprintf(list_, "\t%s\n", tracee_.subject(call, registers).c_str());
  }

  void inject(Injection& each, const std::string& name, long count, user_regs_struct& registers) {
    using Action = Injection::Action;
    if (!each.is_here(name, count)) return;
    each.done = true;
    switch (each.action) {
      case Action::kPowerCut:
        cut_power(each);
        [[fallthrough]];
      case Action::kKill:
        kill(pid_, SIGKILL);
        break;
      case Action::kSignal:
        kill(pid_, each.value);
        break;
      case Action::kError:
      case Action::kAlwaysError:
        // No such call: the kernel does nothing, and the answer is ours.
        if (name != "close") registers.orig_rax = static_cast<unsigned long long>(-1);
        ptrace(PTRACE_SETREGS, pid_, nullptr, &registers);
        fail_with_ = each.value;
        break;
    }
  }

  std::vector<Injection>& injections_;
  pid_t pid_;
  Tracee tracee_;
  FILE* list_;
  std::map<std::string, long> counts_;
  bool entering_ = false;
  int fail_with_ = 0;
};

}  // namespace

int run_traced(char** command, std::vector<Injection>& injections, const char* list) {
  FILE* lines = list == nullptr ? nullptr : std::fopen(list, "we");
  if (list != nullptr && lines == nullptr) give_up("cannot write the list");
  const pid_t pid = fork();
  if (pid < 0) give_up("cannot fork");
  if (pid == 0) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(125);
    execvp(command[0], command);
    _exit(127);
  }
  const int status = Tracing(injections, pid, lines).run();
  if (lines != nullptr) std::fclose(lines);
  return status;
}

}  // namespace crash
