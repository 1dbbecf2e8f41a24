// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <fcntl.h>

#include <optional>

#include "support/catch.h"
#include "support/processes.h"
#include "system/fd.h"

using backstep::Duration;
using backstep::Keeper;
using backstep::KeeperReport;
using backstep::Leftovers;
using backstep::ProcessSpec;
using backstep::request_end;
using backstep::start_keeper;
using backstep::UniqueFd;
using backstep::test::eventually;
using backstep::test::MarkedTree;

namespace {

struct Bench {
  MarkedTree tree;
  UniqueFd null = UniqueFd(open("/dev/null", O_WRONLY | O_CLOEXEC));

  ProcessSpec shell(const std::string& script) const {
    ProcessSpec spec;
    spec.argv = {"sh", "-ec", script};
    spec.environment = {tree.mark()};
    return spec;
  }
  Keeper start(const std::string& script) const { return start_keeper(shell(script), null.get()); }
  bool running() const {
    return eventually([&] { return !tree.alive().empty(); });
  }
};

// The report and the end of file after it; nullopt when there is none, or not long before the
// grace that these tests give.
std::optional<KeeperReport> report_of(const Keeper& keeper) {
  KeeperReport report;
  pollfd watched{keeper.report.get(), POLLIN, 0};
  if (poll(&watched, 1, 10'000) != 1) return std::nullopt;
  const ssize_t size = read(keeper.report.get(), &report, sizeof report);
  char more = 0;
  const bool ended = read(keeper.report.get(), &more, 1) == 0;
  waitpid(keeper.pid, nullptr, 0);
  if (size != ssize_t{sizeof report} || !ended) return std::nullopt;
  return report;
}

}  // namespace

TEST_CASE("Keeper: a program that is missing is reported as an error, not as an exit", "[system][keeper]") {
  const Bench bench;
  ProcessSpec spec;
  spec.argv = {"/no/such/program"};
  const auto report = report_of(start_keeper(spec, bench.null.get()));
  REQUIRE(report);
  REQUIRE(report->error_number == ENOENT);
}

TEST_CASE("Keeper: the end of a command is reported, and the keeper is gone after it", "[system][keeper]") {
  const Bench bench;
  const auto report = report_of(bench.start("exit 127"));
  REQUIRE(report);
  REQUIRE(report->error_number == 0);
  REQUIRE_FALSE(report->ended_on_request);
  REQUIRE(WEXITSTATUS(report->wait_status) == 127);
}

TEST_CASE("Keeper: an exit status is not lost where CHLD was ignored before us", "[system][keeper]") {
  const Bench bench;
  const auto previous = signal(SIGCHLD, SIG_IGN);
  const Keeper keeper = bench.start("exit 7");
  const auto report = report_of(keeper);
  signal(SIGCHLD, previous);
  REQUIRE(report);
  REQUIRE(WEXITSTATUS(report->wait_status) == 7);
}

TEST_CASE("Keeper: a request ends the tree, politely first", "[system][keeper]") {
  const Bench bench;
  // The child is forked before the trap is set: with the shell's handler still in place for a
  // moment it would swallow a TERM of that moment, and live through the grace.
  const Keeper keeper = bench.start("setsid sleep 60 & trap 'exit 9' TERM; wait");
  REQUIRE(eventually([&] { return bench.tree.alive().size() == 2; }));
  request_end(keeper, Duration(30'000));
  const auto report = report_of(keeper);
  REQUIRE(report);
  REQUIRE(report->ended_on_request);
  REQUIRE(report->survivors[0] == 0);
  REQUIRE(bench.tree.gone());
}

TEST_CASE("Keeper: a second request shortens the grace", "[system][keeper]") {
  const Bench bench;
  const Keeper keeper = bench.start("trap '' TERM; while :; do sleep 60; done");
  REQUIRE(eventually([&] { return bench.tree.alive().size() == 2; }));
  request_end(keeper, Duration(30'000));
  request_end(keeper, Duration(10));
  REQUIRE(report_of(keeper));
  REQUIRE(bench.tree.gone());
}

TEST_CASE("Keeper: the end of its control pipe kills the tree without any grace", "[system][keeper]") {
  const Bench bench;
  Keeper keeper = bench.start("trap '' TERM; setsid sleep 60 & sleep 60");
  REQUIRE(bench.running());
  keeper.control.reset();
  REQUIRE(report_of(keeper));
  REQUIRE(bench.tree.gone());
}

TEST_CASE("Keeper: the end of its control pipe cuts a grace short", "[system][keeper]") {
  const Bench bench;
  Keeper keeper = bench.start("trap '' TERM; sleep 60; sleep 60");
  REQUIRE(eventually([&] { return bench.tree.alive().size() == 2; }));
  request_end(keeper, Duration(30'000));
  keeper.control.reset();
  REQUIRE(report_of(keeper));
  REQUIRE(bench.tree.gone());
}

TEST_CASE("Keeper: a request that comes after the command's own end changes nothing", "[system][keeper]") {
  const Bench bench;
  const Keeper keeper = bench.start("exit 5");
  REQUIRE(eventually([&] {
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(keeper.pid), &ended, WEXITED | WNOHANG | WNOWAIT);
    return ended.si_pid == keeper.pid;
  }));
  const auto previous = signal(SIGPIPE, SIG_IGN);
  request_end(keeper, Duration(0));
  signal(SIGPIPE, previous);
  const auto report = report_of(keeper);
  REQUIRE(report);
  REQUIRE_FALSE(report->ended_on_request);
  REQUIRE(WEXITSTATUS(report->wait_status) == 5);
}
