// SPDX-License-Identifier: Apache-2.0
#include "system/output.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <map>

#include "support/catch.h"
#include "system/fd.h"

using backstep::Duration;
using backstep::Output;
using backstep::UniqueFd;

namespace {

using Steady = std::chrono::steady_clock;

// SIGPIPE is ignored, as SignalWatch has it while a run lasts.
struct PrintedPipe {
  explicit PrintedPipe(int flags = O_CLOEXEC) {
    previous = signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{-1, -1};
    REQUIRE(pipe2(ends.data(), flags) == 0);
    read_end = UniqueFd(ends[0]);
    write_end = UniqueFd(ends[1]);
  }
  ~PrintedPipe() { signal(SIGPIPE, previous); }
  PrintedPipe(const PrintedPipe&) = delete;
  PrintedPipe& operator=(const PrintedPipe&) = delete;

  // All that is in the pipe now; the write end stays open.
  std::string drain() const {
    std::string text;
    std::array<char, 65536> buffer{};
    fcntl(read_end.get(), F_SETFL, O_NONBLOCK);
    for (ssize_t size = 1; size > 0;) {
      size = read(read_end.get(), buffer.data(), buffer.size());
      if (size > 0) text.append(buffer.data(), static_cast<size_t>(size));
    }
    return text;
  }

  UniqueFd read_end;
  UniqueFd write_end;
  void (*previous)(int) = nullptr;
};

// A terminal: what a program on it writes to, and the end of whoever shows it.
struct Terminal {
  Terminal() : shown(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    REQUIRE(grantpt(shown.get()) == 0);
    REQUIRE(unlockpt(shown.get()) == 0);
    written = UniqueFd(open(ptsname(shown.get()), O_RDWR | O_NOCTTY | O_CLOEXEC));
    REQUIRE(written);
    // Raw, or what nobody reads would be thrown away by the kernel; line ends as usual.
    termios mode{};
    tcgetattr(written.get(), &mode);
    cfmakeraw(&mode);
    mode.c_oflag |= OPOST | ONLCR;
    tcsetattr(written.get(), TCSANOW, &mode);
  }

  UniqueFd shown;
  UniqueFd written;
};

const std::string kMoreThanAPipe(300'000, 'x');

// A child that lets the writer wait for room once, and wants one byte more than kMoreThanAPipe.
[[noreturn]] void read_once_full(PrintedPipe& pipe) {
  pipe.write_end.reset();
  const int capacity = fcntl(pipe.read_end.get(), F_GETPIPE_SZ);
  // A page that was begun by a small write is not filled up: full is less than the capacity.
  for (int held = 0; held < capacity - 4096;) ioctl(pipe.read_end.get(), FIONREAD, &held);
  fcntl(pipe.read_end.get(), F_SETFL, 0);
  std::array<char, 65536> buffer{};
  size_t total = 0;
  for (ssize_t size = 1; size > 0; total += static_cast<size_t>(size)) {
    size = read(pipe.read_end.get(), buffer.data(), buffer.size());
  }
  _exit(total == kMoreThanAPipe.size() + 1 ? 0 : 1);
}

}  // namespace

TEST_CASE("Output: a closed pipe ends the output and nothing else", "[system][output]") {
  PrintedPipe pipe;
  pipe.read_end.reset();
  Output output(pipe.write_end.get());
  output.pass("a\n");
  REQUIRE(output.failed());
  output.pass("b\n");
}

TEST_CASE("Output: a full disk ends the output", "[system][output]") {
  const UniqueFd full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  Output output(full.get());
  output.pass("a\n");
  REQUIRE(output.failed());
}

TEST_CASE("Output: a descriptor that is none ends the output", "[system][output]") {
  const auto start = Steady::now();
  Output output(GENERATE(-1, 1'000'000));
  output.pass("a\n");
  REQUIRE(output.failed());
  REQUIRE(Steady::now() - start < Duration(10'000));
}

TEST_CASE("Output: comes back by itself when nobody reads, and then waits no more", "[system][output]") {
  const int flags = GENERATE(O_CLOEXEC, O_CLOEXEC | O_NONBLOCK);
  const PrintedPipe pipe(flags);
  Output output(pipe.write_end.get(), Duration(100));
  const auto start = Steady::now();
  output.pass(kMoreThanAPipe);
  const auto first = Steady::now();
  REQUIRE(first - start >= Duration(100));
  REQUIRE(first - start < Duration(10'000));
  REQUIRE(output.failed());
  for (int i = 0; i < 50; ++i) output.pass("dropped\n");
  REQUIRE(Steady::now() - first < Duration(4'000));
}

TEST_CASE("Output: comes back from a terminal that nobody reads, or that is stopped", "[system][output]") {
  const Terminal terminal;
  const bool stopped = GENERATE(false, true);
  if (stopped) tcflow(terminal.written.get(), TCOOFF);
  // A master is not opened again, so that it is like a terminal of another user's.
  const bool ours = GENERATE(true, false);
  Output output((ours ? terminal.written : terminal.shown).get(), Duration(100));
  REQUIRE(output.is_terminal());
  const auto start = Steady::now();
  const std::clock_t before = std::clock();
  output.pass(kMoreThanAPipe);
  const auto first = Steady::now();
  CHECK(output.failed());
  CHECK(first - start < Duration(10'000));
  for (int i = 0; i < 50; ++i) output.pass("dropped\n");
  CHECK(Steady::now() - first < Duration(4'000));
  CHECK(std::clock() - before < CLOCKS_PER_SEC / 2);
  CHECK((fcntl(terminal.written.get(), F_GETFL) & O_NONBLOCK) == 0);
}

TEST_CASE("Output: shows on a terminal all that is written", "[system][output]") {
  const Terminal terminal;
  const pid_t reader = fork();
  if (reader == 0) {
    size_t total = 0;
    std::array<char, 4096> buffer{};
    while (total < kMoreThanAPipe.size()) {
      const ssize_t size = read(terminal.shown.get(), buffer.data(), buffer.size());
      if (size <= 0) _exit(1);
      total += static_cast<size_t>(size);
    }
    _exit(0);
  }
  Output output(terminal.written.get(), Duration(20'000));
  output.pass(kMoreThanAPipe);
  int status = 1;
  waitpid(reader, &status, 0);
  CHECK(status == 0);
  CHECK_FALSE(output.failed());
}

TEST_CASE("Output: goes on when the reader does", "[system][output]") {
  const PrintedPipe pipe;
  Output output(pipe.write_end.get(), Duration(50));
  output.pass(kMoreThanAPipe);
  output.pass("dropped\n");
  REQUIRE(pipe.drain().find("dropped") == std::string::npos);
  output.pass("back again\n");
  REQUIRE(pipe.drain() == "back again\n");
  REQUIRE(output.failed());
}

TEST_CASE("Output: once the reader is back, it is waited for again", "[system][output]") {
  int status = 1;
  for (const int patience : {500, 5'000, 20'000}) {  // as long as a busy reader may take
    PrintedPipe pipe;
    Output output(pipe.write_end.get(), Duration(patience));
    output.pass(kMoreThanAPipe);
    pipe.drain();
    output.pass("x");
    const pid_t reader = fork();
    if (reader == 0) read_once_full(pipe);
    output.pass(kMoreThanAPipe);
    pipe.write_end.reset();
    waitpid(reader, &status, 0);
    if (status == 0) break;
  }
  REQUIRE(status == 0);
}

TEST_CASE("Output: writes everything, in order, and has not failed", "[system][output]") {
  const PrintedPipe pipe;
  Output output(pipe.write_end.get());
  std::string expected;
  for (int i = 0; i < 3'000; ++i) expected += "line " + std::to_string(i) + "\n";
  output.pass(expected);
  REQUIRE(pipe.drain() == expected);
  REQUIRE_FALSE(output.failed());
  REQUIRE_FALSE(output.is_terminal());
}

TEST_CASE("Output: what we say is escaped and masked, what a platform obeys is neither", "[system][output]") {
  const PrintedPipe pipe;
  Output output(pipe.write_end.get());
  const std::map<std::string, std::string, std::less<>> variables = {{"A_TOKEN", "endgroup"}};
  output.hide(backstep::Secrets(backstep::Environment(variables)));
  output.say("a\x1b endgroup\n");
  output.say_lines("b\r\n\tendgroup\n");
  output.pass("c\x1b endgroup\n");
  output.obeyed("::endgroup::\n");
  REQUIRE(pipe.drain() == "a\\x1b ***\\x0a\nb\\x0d\n\t***\nc\x1b ***\n::endgroup::\n");
}

TEST_CASE("Output: our lines have the colour of their mark, and others' bytes have none", "[system][output]") {
  PrintedPipe pipe;
  Output output(pipe.write_end.get());
  output.say("✅ plain");
  CHECK(pipe.drain() == "✅ plain\n");
  Output::choose(Output::Colours::kAlways);
  output.say_lines("▶ deploy\n  ⚠️ a\nx ❌\n\n");
  output.say("❌ no");
  output.pass("✅ theirs\n");
  output.obeyed("❌ theirs\n");
  Output::choose(Output::Colours::kOnTerminal);
  output.say("✔ in a log");
  Output::choose(Output::Colours::kNever);
  CHECK(pipe.drain() ==
        "\x1b[1m▶ deploy\x1b[0m\n\x1b[33m  ⚠️ a\x1b[0m\nx ❌\n\n"
        "\x1b[31m❌ no\x1b[0m\n✅ theirs\n❌ theirs\n✔ in a log\n");
}

TEST_CASE("Output: a secret of several lines is hidden before the lines are coloured", "[system][output]") {
  PrintedPipe pipe;
  Output output(pipe.write_end.get());
  using Values = std::map<std::string, std::string, std::less<>>;
  const backstep::Environment environment(Values{{"A_TOKEN", "first-line-of\n❌ second"}});
  output.hide(backstep::Secrets(environment));
  Output::choose(Output::Colours::kAlways);
  output.say_lines("✅ first-line-of\n❌ second\n");
  Output::choose(Output::Colours::kNever);
  CHECK(pipe.drain() == "\x1b[32m✅ ***\x1b[0m\n***\n");
}

TEST_CASE("Output: who watches is told of all bytes before they are written", "[system][output]") {
  PrintedPipe pipe;
  Output output(pipe.write_end.get());
  std::string told;
  output.tell([&](std::string_view bytes) {
    CHECK(pipe.drain().empty());
    told += bytes;
  });
  output.pass("half");
  CHECK(pipe.drain() == "half");
  output.say(" a line");
  CHECK(told == "half a line\n");
}
