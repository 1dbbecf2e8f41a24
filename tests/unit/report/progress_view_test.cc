// SPDX-License-Identifier: Apache-2.0
#include "report/log/progress_view.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "report/log/console.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using std::chrono::seconds;
using Manner = ProgressView::Manner;

namespace {

constexpr Task kThousand{.doing = "backing up", .count = 1'000};

struct ProgressScene {
  explicit ProgressScene(Manner manner)
      : file(open((temp / "out").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)),
        view(file.get(), clock, manner) {}

  // The work moves each 10 ms until then.
  void work_until(Duration end) {
    for (; clock.steady() < end; clock.advance(Duration(10))) {
      view.moved({++count, 0});
    }
  }
  // What is waited for is told each second, from now until then.
  void wait_until(Duration end) {
    for (; clock.steady() < end; clock.advance(seconds(1))) {
      view.waits("deploy " + std::to_string(clock.steady().count() / 1000));
    }
  }
  std::string shown() const { return temp.read("out"); }
  size_t times(char wanted) const {
    const std::string text = shown();
    return static_cast<size_t>(std::count(text.begin(), text.end(), wanted));
  }

  TempDir temp;
  UniqueFd file;
  FakeClock clock;
  ProgressView view;
  uint64_t count = 0;
};

// A terminal of so many columns.
struct Terminal {
  explicit Terminal(unsigned short columns) : master(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    REQUIRE(grantpt(master.get()) == 0);
    REQUIRE(unlockpt(master.get()) == 0);
    slave = UniqueFd(open(ptsname(master.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
    const winsize size{24, columns, 0, 0};
    REQUIRE(ioctl(slave.get(), TIOCSWINSZ, &size) == 0);
  }
  std::string printed() const {
    std::string text(4096, '\0');
    text.resize(static_cast<size_t>(std::max<ssize_t>(read(master.get(), text.data(), 4096), 0)));
    return text;
  }

  UniqueFd master;
  UniqueFd slave;
};

}  // namespace

TEST_CASE("ProgressView: work of less than a second is not seen", "[report][progress_view]") {
  ProgressScene scene(GENERATE(Manner::kRedrawn, Manner::kLines));
  scene.view.began(kThousand);
  scene.work_until(Duration(999));
  scene.view.ended();
  CHECK(scene.shown().empty());
}

TEST_CASE("ProgressView: a second piece of work has its own second", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  for (int piece = 0; piece < 3; ++piece) {
    scene.view.began(kThousand);
    scene.work_until(scene.clock.steady() + Duration(900));
    scene.view.ended();
  }
  CHECK(scene.shown().empty());
}

TEST_CASE("ProgressView: it is redrawn ten times a second, and gone at the end", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  scene.view.began(kThousand);
  scene.work_until(seconds(3));
  CHECK(scene.times('\r') == 2 * 20);
  CHECK_THAT(scene.shown(), Contains("\r  backing up 101 of 1000 files, 10 %, 1.0 s\r"));
  scene.view.ended();
  const std::string shown = scene.shown();
  CHECK(scene.times('\n') == 0);
  CHECK(scene.times('\x1b') == 0);
  const std::string last = "  backing up 291 of 1000 files, 29 %, 2.9 s";
  CHECK(shown.ends_with("\r" + last + "\r\r" + std::string(last.size(), ' ') + "\r"));
}

TEST_CASE("ProgressView: a shorter line leaves nothing of a longer one", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  scene.view.began({.doing = "importing", .noun = ""});
  scene.clock.advance(seconds(1));
  scene.view.moved({0, 123'000});
  scene.clock.advance(seconds(1));
  scene.view.moved({0, 123'456'789});
  CHECK(scene.shown() == "\r  importing, 123.0 kB, 1.0 s\r\r  importing, 123.5 MB, 2.0 s\r");
  scene.clock.advance(seconds(1));
  scene.view.moved({0, 1});
  CHECK_THAT(scene.shown(), Contains("\r  importing, 1 byte, 3.0 s  \r"));
}

TEST_CASE("ProgressView: in a log the lines come ever more seldom", "[report][progress_view]") {
  ProgressScene scene(Manner::kLines);
  scene.view.began({.doing = "verifying"});
  scene.work_until(seconds(300));
  scene.view.ended();
  const std::string shown = scene.shown();
  CHECK(shown.starts_with("  verifying 301 files, 3.0 s\n  verifying 1301 files, 13 s\n"));
  // At 3, 13, 28, 51, 84, 135, 195 and 255 seconds.
  CHECK(scene.times('\n') == 8);
  CHECK(scene.times('\r') == 0);
}

TEST_CASE("ProgressView: what is said meanwhile has a line of its own", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  Output output(scene.file.get());
  output.tell([&](std::string_view bytes) { scene.view.make_way_for(bytes); });
  LogDialect dialect;
  Console console(output, dialect);
  scene.view.began(kThousand);
  scene.work_until(Duration(1'005));
  console.warning("odd");
  scene.work_until(Duration(1'105));
  console.step_began(Step::kDeploy, {"true", {}});
  const std::string drawn = "  backing up 101 of 1000 files, 10 %, 1.0 s";
  const std::string blank(drawn.size(), ' ');
  CHECK_THAT(scene.shown(), Contains("\r" + blank + "\r⚠️ Warning: odd\n\r  backing up 111"));
  CHECK(scene.shown().ends_with("\r" + blank + "\r▶ deploy: true\n"));
}

TEST_CASE("ProgressView: the line that waits for the disk is not left out", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  scene.view.began(kThousand);
  scene.clock.advance(seconds(1));
  scene.view.moved({992, 0});
  scene.view.moved({1'000, 0});
  CHECK_THAT(scene.shown(), Contains("1000 of 1000 files, waiting for the disk"));
}

TEST_CASE("ProgressView: work within other work is part of it", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  scene.view.began(kThousand);
  scene.clock.advance(seconds(2));
  scene.view.began({.doing = "verifying"});
  scene.view.moved({8, 0});
  scene.view.ended();
  CHECK(scene.shown().empty());
  scene.view.moved({8, 0});
  CHECK_THAT(scene.shown(), Contains("backing up 8 of 1000 files"));
}

TEST_CASE("ProgressView: who waits has a line that is redrawn each second and goes away", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  scene.wait_until(seconds(4));
  CHECK(scene.shown() == "\r  deploy 1\r\r  deploy 2\r\r  deploy 3\r");
  scene.view.waits("");
  CHECK(scene.shown().ends_with("\r" + std::string(10, ' ') + "\r"));
}

TEST_CASE("ProgressView: a wait of less than a second is not seen", "[report][progress_view]") {
  ProgressScene scene(GENERATE(Manner::kRedrawn, Manner::kLines));
  scene.view.waits("deploy");
  scene.clock.advance(Duration(999));
  scene.view.waits("deploy");
  scene.view.waits("");
  CHECK(scene.shown().empty());
}

TEST_CASE("ProgressView: the line of who waits comes behind no line that is still open", "[report][progress_view]") {
  ProgressScene scene(Manner::kRedrawn);
  Output output(scene.file.get());
  output.tell([&](std::string_view bytes) { scene.view.make_way_for(bytes); });
  scene.wait_until(seconds(2));
  output.pass("half");
  scene.wait_until(seconds(4));
  const std::string cleared = "\r  deploy 1\r\r" + std::string(10, ' ') + "\r";
  CHECK(scene.shown() == cleared + "half");
  output.pass(" a line\n");
  scene.wait_until(seconds(5));
  CHECK(scene.shown() == cleared + "half a line\n\r  deploy 4\r");
}

TEST_CASE("ProgressView: in a log a line of who waits comes after ever longer silence", "[report][progress_view]") {
  ProgressScene scene(Manner::kLines);
  Output output(scene.file.get());
  output.tell([&](std::string_view bytes) { scene.view.make_way_for(bytes); });
  scene.wait_until(seconds(30));
  CHECK(scene.shown() == "  deploy 10\n  deploy 20\n");
  output.pass("said\n");
  scene.wait_until(seconds(54));
  CHECK(scene.shown().ends_with("said\n  deploy 53\n"));
}

TEST_CASE("ProgressView: a line fits the terminal, its last column free", "[report][progress_view]") {
  const auto columns = GENERATE(as<unsigned short>(), 1, 2, 3, 10, 40, 132);
  const Terminal terminal(columns);
  FakeClock clock;
  ProgressView view(terminal.slave.get(), clock, Manner::kRedrawn);
  view.began(kThousand);
  clock.advance(seconds(1));
  view.moved({8, 0});
  std::string printed = terminal.printed();
  std::erase(printed, '\r');
  const std::string whole = "  backing up 8 of 1000 files, 0 %, 1.0 s";
  CHECK(printed.size() < columns);
  if (columns > whole.size()) CHECK(printed == whole);
  if (columns == 10) CHECK(printed == "  backing");
}

TEST_CASE("ProgressView: only a person's terminal is redrawn", "[report][progress_view]") {
  using Values = std::map<std::string, std::string, std::less<>>;
  const auto manner = [](const Values& values, bool on_terminal) {
    return progress_manner(Environment(values), on_terminal);
  };
  CHECK(manner({{"TERM", "xterm"}}, true) == Manner::kRedrawn);
  CHECK(manner({{"TERM", "xterm"}, {"NO_COLOR", "1"}}, true) == Manner::kRedrawn);
  CHECK(manner({{"TERM", "xterm"}}, false) == Manner::kLines);
  CHECK(manner({{"TERM", "dumb"}}, true) == Manner::kLines);
  CHECK(manner({}, true) == Manner::kLines);
  CHECK(manner({{"TERM", "xterm"}, {"CI", "true"}}, true) == Manner::kLines);
  CHECK(manner({{"TERM", "xterm"}, {"GITHUB_ACTIONS", "true"}}, true) == Manner::kLines);
}
