// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/files/directory.h"

using namespace backstep;

namespace {

ScriptText text_of(const std::string& bytes) {
  const test::TempDir temp;
  temp.write("script", bytes);
  const Directory directory = Directory::open_root(temp.path(), "");
  return read_script(directory.open_file("script").get(), "script");
}

const std::string kPiece(LinePiece::kLongestPiece, 'x');

}  // namespace

TEST_CASE("ScriptText: blank is what holds no more than white space", "[lint][script_text]") {
  CHECK(text_of("").blank);
  CHECK(text_of(" \n\t\r\n").blank);
  CHECK_FALSE(text_of("\n\n#").blank);
  CHECK_FALSE(text_of(std::string(1, '\0')).blank);
}

TEST_CASE("ScriptText: the first line stands behind a byte order mark, and is bounded", "[lint][script_text]") {
  CHECK(text_of("\xEF\xBB\xBF#!/bin/sh\n").mark == ScriptText::Mark::kUtf8);
  CHECK(text_of("\xEF\xBB\xBF#!/bin/sh\n").first_line == "#!/bin/sh");
  CHECK(text_of("\xFF\xFE#").mark == ScriptText::Mark::kUtf16);
  CHECK(text_of("#!/bin/sh\n\xEF\xBB\xBF").mark == ScriptText::Mark::kNone);
  CHECK(text_of("#!/bin/sh\r\n").first_line == "#!/bin/sh\r");
  CHECK(text_of(kPiece + kPiece).first_line.size() == 4096);
}

TEST_CASE("ScriptText: what the kernel runs by itself is a program", "[lint][script_text]") {
  CHECK(text_of("\x7F"
                "ELF\x02")
            .is_program);
  CHECK_FALSE(text_of("#!/bin/sh\n\x7F"
                      "ELF")
                  .is_program);
}

TEST_CASE("ScriptText: NUL bytes and line ends are counted by line", "[lint][script_text]") {
  const std::string zeros(3, '\0');
  const ScriptText text = text_of("#!/bin/sh\r\n" + zeros + "\r\necho\n\r\n" + zeros);
  CHECK(text.nul.line == 2);
  CHECK(text.nul.lines == 2);
  CHECK(text.crlf.line == 2);
  CHECK(text.crlf.lines == 2);
  CHECK_FALSE(text_of("#!/bin/sh\r\necho a\rb\n").crlf.found());
  CHECK(text_of("#!/bin/sh\n" + kPiece + "\r\n").crlf.line == 2);
  CHECK(text_of("#!/bin/sh\n" + kPiece.substr(1) + "\r\n").crlf.line == 2);
}

TEST_CASE("ScriptText: only git's own markers are a conflict", "[lint][script_text]") {
  const ScriptText text = text_of("#!/bin/sh\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n");
  CHECK(text.conflict.line == 2);
  CHECK(text.conflict.lines == 2);
  CHECK(text.conflict.text == "<<<<<<< HEAD");
  CHECK(text_of(">>>>>>>\n").conflict.found());
  CHECK(text_of("<<<<<<< x\r\n").conflict.found());
  for (const char* line : {"<<<<<<", "<<<<<<<<", " <<<<<<< a", "=======", "cat <<<<<<< a"}) {
    CAPTURE(line);
    CHECK_FALSE(text_of(line).conflict.found());
  }
}

TEST_CASE("ScriptText: a script of many megabytes takes no more memory than a small one", "[lint][script_text]") {
  std::string bytes = "#!/bin/sh\n";
  for (int i = 0; i < 80; ++i) bytes += kPiece;
  const ScriptText text = text_of(bytes + "\r\n");
  CHECK(text.crlf.line == 2);
  CHECK(text.first_line == "#!/bin/sh");
}

TEST_CASE("ScriptText: lines in which the shell may end before a mistake", "[lint][script_text]") {
  const auto ends = [](const std::string& bytes, size_t line) {
    const test::TempDir temp;
    temp.write("script", bytes);
    const Directory directory = Directory::open_root(temp.path(), "");
    return ends_before(directory.open_file("script").get(), line);
  };
  using Lines = std::vector<size_t>;
  CHECK(ends("exit\nexit 1\nexec \"$@\"\nmain; exit $?\nexit\n", 5) == Lines{1, 2, 3, 4});
  CHECK(ends("exec a \\\n --b \\\n c\nx\n", 4) == Lines{3});
  CHECK(ends("exec a 2>&1\nexec a >log\n", 9) == Lines{1, 2});
  CHECK(ends("exit 1\nexit 2\nexit 3\nexit 4\nexit 5\nexit 6\n", 6) == Lines{2, 3, 4, 5});
  for (const char* line : {"# exit", "exec 3>&1", "exec >log", "exec a | tee log", "exec a &", "exec", "echo 'exit",
                           "exited 1", "x && exit", "a \\\nexit 0", "echo \"a; exit 0\"", "# a; exit 0"}) {
    CAPTURE(line);
    CHECK(ends(line, 9).empty());
  }
}
