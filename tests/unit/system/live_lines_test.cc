// SPDX-License-Identifier: Apache-2.0
#include "system/process/command_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using backstep::LiveLines;
using backstep::Output;

namespace {

struct LogFile {
  backstep::Pipe pipe = backstep::make_pipe();
  Output output{pipe.write.get()};

  std::string text() {
    std::string bytes(4096, '\0');
    pipe.write.reset();
    const ssize_t size = read(pipe.read.get(), bytes.data(), bytes.size());
    bytes.resize(size > 0 ? static_cast<size_t>(size) : 0);
    return bytes;
  }
};

}  // namespace

TEST_CASE("LiveLines: without an output nothing happens", "[system][live_lines]") {
  LiveLines lines(nullptr, "| ");
  lines.add("text");
  REQUIRE_NOTHROW(lines.end());
}

TEST_CASE("LiveLines: a line that comes in pieces has one prefix", "[system][live_lines]") {
  LogFile shown;
  LiveLines lines(&shown.output, "| ");
  lines.add("on");
  lines.add("e\n\ntw");
  lines.add("o\n");
  lines.end();
  REQUIRE(shown.text() == "| one\n| \n| two\n");
}

TEST_CASE("LiveLines: a carriage return ends a line, as in a log", "[system][live_lines]") {
  LogFile shown;
  LiveLines lines(&shown.output, "| ");
  lines.add("10%\r20%\r");
  lines.add("\nnext\r\nx\r");
  lines.add("\x1b[0Klast\r");
  lines.end();
  REQUIRE(shown.text() == "| 10%\r| 20%\r\n| next\r\n| x\r| \x1b[0Klast\r\n");
}

TEST_CASE("LiveLines: an open last line is ended once", "[system][live_lines]") {
  LogFile shown;
  LiveLines lines(&shown.output, "");
  lines.add("one\ntwo");
  lines.end();
  lines.end();
  REQUIRE(shown.text() == "one\ntwo\n");
}

TEST_CASE("LiveLines: past its limit the rest is counted, not shown", "[system][live_lines]") {
  const backstep::test::TempDir temp;
  temp.write("log", "");
  const backstep::UniqueFd log(open((temp / "log").c_str(), O_WRONLY | O_CLOEXEC));
  Output output(log.get());
  LiveLines lines(&output, "| ");
  const std::string megabyte(LiveLines::kLimit, 'x');
  lines.add(megabyte);
  lines.add(megabyte);
  lines.end();
  REQUIRE(temp.read("log") == "| " + megabyte + "\n| [... 1048576 more bytes are not shown ...]\n");
}
