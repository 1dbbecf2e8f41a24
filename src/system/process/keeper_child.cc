// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "base/error.h"
#include "system/clock.h"

namespace backstep {
namespace {

UniqueFd watch_children() {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  UniqueFd children(signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!children) throw SystemError("watch", "children");
  return children;
}

void settle_down() {
  prctl(PR_SET_NAME, "backstep-keeper");
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  // An inherited SIG_IGN would have the kernel throw the command's exit status away.
  struct sigaction by_default {};
  by_default.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &by_default, nullptr);
}

void send(int report, const KeeperReport& message) {
  // Nobody may be there any more to read it.
  [[maybe_unused]] const ssize_t written = write(report, &message, sizeof message);
}

// The way of one command, from its start to the report:
//
//   running ──ended by itself──▶ (swept, if asked for) ──▶ reported
//      │──EndRequest──▶ ending ──all gone, or grace over──▶ swept ──▶ reported
//      └──we are dead (end of file), also while ending──▶ swept, nobody to report to
class Watch {
 public:
  Watch(const ProcessSpec& spec, const KeeperLinks& links)
      : spec_(spec),
        control_(links.control),
        output_(links.output),
        input_(links.input),
        drained_(links.drained),
        children_(watch_children()) {}

  void start() {
    Pipe exec_error = make_pipe();
    const pid_t keeper = getpid();
    command_ = fork();
    if (command_ < 0) throw SystemError("start", "command");
    if (command_ == 0) be_command(spec_, {output_.get(), exec_error.write.get(), keeper, input_.get()});
    // Here too, or a request to end could come before the command has made its group.
    setpgid(command_, command_);
    output_.reset();
    input_.reset();
    exec_error_ = std::move(exec_error.read);
  }

  KeeperReport finish() {
    while (!is_over()) wait_for_news();
    const bool ended_by_us = orphaned_ || report_.ended_on_request;
    if (ended_by_us || spec_.leftovers == Leftovers::kSweep) {
      sweep();
    } else if (!all_gone_ && drained_ && has_writers(drained_.get())) {
      leave_drainer();
    }
    return report_;
  }

 private:
  bool is_over() const {
    if (orphaned_) return true;
    return report_.ended_on_request ? all_gone_ || grace_.passed() : command_ended_;
  }

  void wait_for_news() {
    pollfd watched[] = {{control_.get(), POLLIN, 0}, {children_.get(), POLLIN, 0}};
    poll(watched, 2, grace_.poll_timeout());
    // In this order: a command that ended by itself did so, although a request came meanwhile.
    if (watched[1].revents != 0) reap();
    if (watched[0].revents != 0) hear();
  }

  void hear() {
    EndRequest request;
    const ssize_t size = read(control_.get(), &request, sizeof request);
    if (size == ssize_t{sizeof request}) {
      end_politely(Duration(request.grace_ms));
    } else if (size == 0) {
      orphaned_ = true;
    }
  }

  void end_politely(Duration grace) {
    grace_ = earlier(grace_, Deadline::after(grace));
    if (report_.ended_on_request || command_ended_) return;
    report_.ended_on_request = true;
    kill(-command_, SIGTERM);
    const std::vector<pid_t> tree = descendants_of(getpid());
    // The group has its TERM, all at once; these have left it.
    for (const pid_t pid : tree) {
      if (getpgid(pid) != command_) kill(pid, SIGTERM);
    }
    // A stopped process takes its TERM only when it goes on.
    for (const pid_t pid : tree) kill(pid, SIGCONT);
  }

  // As a subreaper we have a child as long as there is any descendant.
  void reap() {
    signalfd_siginfo ignored{};
    while (read(children_.get(), &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
      if (pid != command_) continue;
      command_ended_ = true;
      report_.wait_status = status;
      // The pipe closes on exec: bytes in it mean that exec never happened.
      int error_number = 0;
      if (read(exec_error_.get(), &error_number, sizeof error_number) > 0) {
        report_.error_number = error_number;
      }
    }
    all_gone_ = pid < 0;
  }

  void sweep() {
    // Without /proc only the group can be found. Its number is ours until the command is reaped.
    if (!command_ended_) kill(-command_, SIGKILL);
    const std::vector<pid_t> left = kill_descendants(kSweepLimit);
    const size_t count = std::min(left.size(), report_.survivors.size());
    std::copy_n(left.begin(), count, report_.survivors.begin());
  }

  void leave_drainer() {
    named_writers(drained_.get()).copy(report_.writers.data(), report_.writers.size() - 1);
    report_.drain_error = start_drainer(drained_.get(), control_.get());
  }

  const ProcessSpec& spec_;
  UniqueFd control_;
  UniqueFd output_;
  UniqueFd input_;
  UniqueFd drained_;
  UniqueFd children_;
  UniqueFd exec_error_;
  pid_t command_ = -1;
  bool command_ended_ = false;
  bool all_gone_ = false;
  bool orphaned_ = false;
  Deadline grace_ = Deadline::never();
  KeeperReport report_;
};

}  // namespace

void be_keeper(const ProcessSpec& spec, const KeeperLinks& links) noexcept {
  try {
    settle_down();
    keep_only({links.control, links.report, links.output, links.input, links.lock, links.drained, spec.output_fd});
    Watch watch(spec, links);
    watch.start();
    send(links.report, watch.finish());
  } catch (const SystemError& error) {
    send(links.report, {.error_number = error.error_number()});
  } catch (...) {
    send(links.report, {.error_number = ENOMEM});
  }
  _exit(0);
}

}  // namespace backstep
