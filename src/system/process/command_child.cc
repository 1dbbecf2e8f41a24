// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string_view>

#include "base/text.h"
#include "system/signals.h"

namespace backstep {
namespace {

constexpr std::string_view kDefaultPath = "/usr/local/bin:/bin:/usr/bin";

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

bool means_look_further(int error_number) {
  return error_number == ENOENT || error_number == ENOTDIR || error_number == EACCES || error_number == ENODEV ||
         error_number == ESTALE || error_number == ETIMEDOUT;
}

// In the order in which they are searched.
std::vector<std::string> directories_of_path() {
  const char* const path = getenv("PATH");
  return split(path != nullptr ? path : kDefaultPath, ':');
}

// Not execvp: that runs a file without an interpreter line through a shell, and it looks for the
// program in the PATH of the caller instead of the command's own.
int search_and_execute(const std::string& name, char* const* argv, char* const* environment) {
  int error_number = ENOENT;
  for (const std::string& directory : directories_of_path()) {
    // An empty entry is the directory that the command runs in.
    const std::string file = (directory.empty() ? "." : directory) + ("/" + name);
    execve(file.c_str(), argv, environment);
    if (!means_look_further(errno)) return errno;
    if (errno == EACCES) error_number = EACCES;
  }
  return error_number;
}

// Where it really lies: outside of the tree, and where only root can put something in its place, or
// into it; else "". In a sticky directory above it, others cannot move away what is root's.
std::string trusted_place(const std::string& path, const std::string& tree) {
  std::error_code missing;
  const std::filesystem::path real = std::filesystem::canonical(path, missing);
  if (missing || (real.string() + '/').starts_with(tree + '/')) return {};
  for (std::filesystem::path at = real;; at = at.parent_path()) {
    struct stat found {};
    if (stat(at.c_str(), &found) != 0 || found.st_uid != 0) return {};
    const bool shared = (found.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    if (shared && (at == real || (found.st_mode & S_ISVTX) == 0)) return {};
    if (at == "/") return real;
  }
}

// "": there is none. In a directory of others, a link could give any program a shell's name.
std::string trusted_program(const std::string& name, const std::string& tree) {
  for (const std::string& directory : directories_of_path()) {
    const std::string place = directory.starts_with('/') ? trusted_place(directory, tree) : "";
    std::string file = place + '/' + name;
    if (!place.empty() && !trusted_place(file, tree).empty()) return file;
  }
  return {};
}

// Returns only on failure, with the reason.
int execute(const ProcessSpec& spec) {
  constexpr const char* kNothing = nullptr;
  const bool trusts_all = spec.untrusted_tree.empty();
  std::vector<std::string> argv = spec.argv;
  if (!trusts_all) argv.at(0) = trusted_program(argv.at(0), spec.untrusted_tree);
  if (argv.empty() || argv[0].empty()) return ENOENT;
  std::vector<std::string> variables = merged_environment(trusts_all ? environ : &kNothing, spec.environment);
  const std::vector<char*> arguments = pointers_to(argv);
  const std::vector<char*> environment = pointers_to(variables);
  environ = const_cast<char**>(environment.data());
  if (argv[0].find('/') == std::string::npos) {
    return search_and_execute(argv[0], arguments.data(), environment.data());
  }
  execve(argv[0].c_str(), arguments.data(), environment.data());
  return errno;
}

int prepare_and_execute(const ProcessSpec& spec, const CommandLinks& links) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A keeper that died before the line above sends nothing any more.
  if (getppid() != links.keeper) _exit(kExitNotFound);
  const int output = spec.output_fd >= 0 ? spec.output_fd : links.output;
  if (dup2(output, STDOUT_FILENO) < 0 || dup2(links.output, STDERR_FILENO) < 0) return errno;
  if (links.input >= 0 && dup2(links.input, STDIN_FILENO) < 0) return errno;
  if (!spec.directory.empty() && chdir(spec.directory.c_str()) != 0) return errno;
  SignalWatch::restore_for_command();
  give_back_core_limit();
  return execute(spec);
}

}  // namespace

void be_command(const ProcessSpec& spec, const CommandLinks& links) noexcept {
  const int error_number = prepare_and_execute(spec, links);
  [[maybe_unused]] const ssize_t written = write(links.exec_error, &error_number, sizeof error_number);
  _exit(kExitNotFound);
}

std::vector<std::string> merged_environment(const char* const* inherited, std::span<const std::string> added) {
  std::map<std::string_view, std::string_view> by_name;
  const auto put = [&](std::string_view entry) { by_name.insert_or_assign(entry.substr(0, entry.find('=')), entry); };
  for (const char* const* entry = inherited; *entry != nullptr; ++entry) put(*entry);
  for (const std::string& entry : added) put(entry);
  std::vector<std::string> merged;
  merged.reserve(by_name.size());
  for (const auto& [name, entry] : by_name) merged.emplace_back(entry);
  return merged;
}

}  // namespace backstep
