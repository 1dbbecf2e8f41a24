// SPDX-License-Identifier: Apache-2.0
// Runs a program and, at one of its calls on files, kills it, lets the call fail, sends it a signal
// or takes the power away.
//
//   injector --list FILE -- COMMAND…                 a line a call: NAME N ADDRESS… SUBJECT
//   injector --at CALL N ACTION [--at …] -- COMMAND… ACTION: kill | signal=15 | error=28 |
//                                                    always-error=28 (this one and all after it)
//                                                    | power-cut=DIRECTORY:FLAG
//
// Exits as the program did, or with 99 when an injection did not come.
//
// strace can inject too, but it stops at every call twice, which takes 40 ms for one run; with its
// --seccomp-bpf, which would spare that, its kills silently never come.
#include "injection.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>

namespace crash {

bool Injection::is_here(const std::string& name, long count) const {
  return name == call && (count == number || (action == Action::kAlwaysError && done));
}

void give_up(const std::string& why) {
  constexpr int kNotDone = 99;
  std::fprintf(stderr, "injector: %s\n", why.c_str());
  std::_Exit(kNotDone);
}

void cut_power(const Injection& injection) {
  const int fd = open(injection.directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  uint32_t flag = static_cast<uint32_t>(injection.value);
  if (fd < 0 || ioctl(fd, _IOR('X', 125, uint32_t), &flag) != 0) {
    give_up("this file system cannot be shut down");
  }
  close(fd);
}

namespace {

struct Options {
  const char* list = nullptr;
  std::vector<Injection> injections;
  char** command = nullptr;
};

void read_action(Injection& injection, const std::string& text) {
  const size_t equals = text.find('=');
  const std::string word = text.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
  using Action = Injection::Action;
  const std::map<std::string, Action> actions = {{"kill", Action::kKill},
                                                 {"signal", Action::kSignal},
                                                 {"error", Action::kError},
                                                 {"always-error", Action::kAlwaysError},
                                                 {"power-cut", Action::kPowerCut}};
  const auto found = actions.find(word);
  if (found == actions.end()) give_up("no such action: " + text);
  injection.action = found->second;
  const size_t colon = value.rfind(':');
  if (injection.action == Action::kPowerCut) injection.directory = value.substr(0, colon);
  injection.value = std::atoi(value.c_str() + (colon == std::string::npos ? 0 : colon + 1));
}

Options read_options(int count, char** words) {
  Options options;
  int i = 1;
  for (; i < count && std::string_view(words[i]) != "--"; ++i) {
    const std::string_view word = words[i];
    if (word == "--list" && i + 1 < count) {
      options.list = words[++i];
    } else if (word == "--at" && i + 3 < count) {
      Injection injection;
      injection.call = words[i + 1];
      injection.number = std::atol(words[i + 2]);
      read_action(injection, words[i + 3]);
      options.injections.push_back(injection);
      i += 3;
    } else {
      give_up("not understood: " + std::string(word));
    }
  }
  if (i + 1 >= count) give_up("no command");
  options.command = words + i + 1;
  return options;
}

// The kernel frees the number of a descriptor whatever close answers, so that such a call is done
// and only its answer changed: the notified way cannot.
bool is_failing_close(const Injection& each) {
  using Action = Injection::Action;
  return each.call == "close" && (each.action == Action::kError || each.action == Action::kAlwaysError);
}

int run(Options options) {
  int status = -1;
  const auto& all = options.injections;
  const bool traced = options.list != nullptr || std::any_of(all.begin(), all.end(), is_failing_close);
  if (!traced) status = run_notified(options.command, options.injections);
  if (status < 0) status = run_traced(options.command, options.injections, options.list);
  for (const Injection& each : options.injections) {
    if (!each.done) give_up(each.call + " #" + std::to_string(each.number) + " never came");
  }
  return status;
}

}  // namespace
}  // namespace crash

int main(int count, char** words) { return crash::run(crash::read_options(count, words)); }
