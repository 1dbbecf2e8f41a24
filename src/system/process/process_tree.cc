// SPDX-License-Identifier: Apache-2.0
#include "system/process/process.h"

#include <dirent.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/text.h"
#include "system/clock.h"

namespace backstep {
namespace {

constexpr int kQuickLooks = 8;

struct Link {
  pid_t parent = 0;
  pid_t pid = 0;
  char state = '?';
};

// "PID (NAME) STATE PARENT ...", "" when the process has gone meanwhile. The name is the program's
// own and may hold spaces and `)`, so the fields are counted from the last one.
std::string read_status(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string status;
  std::getline(file, status, '\0');
  return status;
}

std::optional<Link> read_link(pid_t pid) {
  const std::string status = read_status(pid);
  std::istringstream behind_name(status.substr(status.rfind(')') + 1));
  Link link{.pid = pid};
  if (behind_name >> link.state >> link.parent) return link;
  return std::nullopt;
}

// Empty where /proc is not mounted.
std::vector<pid_t> all_processes() {
  std::vector<pid_t> pids;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir("/proc"), closedir);
  if (!directory) return pids;
  while (const dirent* entry = readdir(directory.get())) {
    const long pid = strtol(entry->d_name, nullptr, 10);  // 0: it is no process's
    if (pid > 0) pids.push_back(static_cast<pid_t>(pid));
  }
  return pids;
}

std::vector<Link> links_below(pid_t root) {
  std::vector<Link> links;
  for (const pid_t pid : all_processes()) {
    // The links are not read at one moment; they may seem to lead back to where they began.
    if (const auto link = read_link(pid); link && pid != root) links.push_back(*link);
  }
  std::ranges::sort(links, {}, &Link::parent);
  std::vector<Link> found;
  pid_t parent = root;
  for (size_t next = 0;; parent = found[next++].pid) {
    std::ranges::copy(std::ranges::equal_range(links, parent, {}, &Link::parent), std::back_inserter(found));
    if (next == found.size()) return found;
  }
}

std::vector<pid_t> pids_of(const std::vector<Link>& links) {
  std::vector<pid_t> pids;
  pids.reserve(links.size());
  for (const Link& link : links) pids.push_back(link.pid);
  std::ranges::sort(pids);
  return pids;
}

// A line is "ID PARENT MAJOR:MINOR ROOT PLACE ...". A network's file system may never answer.
std::optional<FileId> mounted_in(const std::string& process, const std::set<FileId>& files) {
  std::ifstream table(process + "/mountinfo");
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line);
    std::string id, parent, device, root, place;
    words >> id >> parent >> device >> root >> place;
    const bool is_of_ours = std::ranges::any_of(files, [&](const FileId& file) {
      return device == fmt::format("{}:{}", major(file.first), minor(file.first));
    });
    struct stat status {};
    if (root == "/" || !is_of_ours || stat((process + "/root" + place).c_str(), &status) != 0) continue;
    if (files.contains({status.st_dev, status.st_ino})) return FileId{status.st_dev, status.st_ino};
  }
  return std::nullopt;
}

// False when no child is left. For a subreaper that means no descendant either.
bool reap_children() {
  pid_t reaped = 0;
  do {
    reaped = waitpid(-1, nullptr, WNOHANG);
  } while (reaped > 0);
  return reaped == 0;
}

// A look through all of /proc takes milliseconds, in which one that forks and exits all the time
// has long changed its number. Whose parent has died is our child: those the kernel lists.
void kill_own_children() {
  const std::string path = fmt::format("/proc/{0}/task/{0}/children", getpid());
  for (int look = 0; look < kQuickLooks; ++look) {
    std::ifstream children(path);
    for (pid_t pid = 0; children >> pid;) kill(pid, SIGKILL);
  }
}

// Returns those that live and may not be signalled.
std::vector<pid_t> stop_and_kill(const std::vector<Link>& links) {
  for (const Link& link : links) kill(link.pid, SIGSTOP);
  std::vector<pid_t> refused;
  for (const Link& link : links) {
    if (kill(link.pid, SIGKILL) != 0 && errno == EPERM && link.state != 'Z') {
      refused.push_back(link.pid);
    }
  }
  return refused;
}

// Until a child ends, or a moment has passed: a grandchild's end is told to its own parent only.
void await_a_death() {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  const timespec moment{0, 5'000'000};
  sigtimedwait(&child_ended, nullptr, &moment);
}

}  // namespace

std::vector<pid_t> descendants_of(pid_t root) { return pids_of(links_below(root)); }

std::string named_process(pid_t pid) {
  const std::string status = read_status(pid);
  return printable(status.substr(0, status.rfind(')') + 1));
}

std::optional<std::pair<pid_t, FileId>> process_that_mounts(const std::set<FileId>& files) {
  std::set<ino_t> seen;  // most processes share one table
  for (const pid_t pid : all_processes()) {
    const std::string process = fmt::format("/proc/{}", pid);
    struct stat space {};
    if (stat((process + "/ns/mnt").c_str(), &space) != 0 || !seen.insert(space.st_ino).second) continue;
    if (const auto file = mounted_in(process, files)) return std::pair(pid, *file);
  }
  return std::nullopt;
}

std::vector<pid_t> kill_descendants(Duration limit) {
  const Deadline deadline = Deadline::after(limit);
  std::vector<pid_t> previous;
  while (reap_children()) {
    kill_own_children();
    const std::vector<Link> links = links_below(getpid());
    std::vector<pid_t> refused = stop_and_kill(links);
    std::vector<pid_t> pids = pids_of(links);
    if (deadline.passed()) return pids;
    // Waiting is for those who were killed already: somebody new may be forking at this moment.
    if (pids == previous) {
      if (!pids.empty() && refused.size() == pids.size()) return refused;
      await_a_death();
    }
    previous = std::move(pids);
  }
  return {};
}

}  // namespace backstep
