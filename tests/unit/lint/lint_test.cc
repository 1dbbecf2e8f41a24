// SPDX-License-Identifier: Apache-2.0
#include "lint/lint.h"

#include "base/error.h"
#include "base/text.h"
#include "support/catch.h"
#include "support/fake_process_runner.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;
using namespace backstep::test;
using Found = std::vector<std::string>;

namespace {

struct LintScene {
  TempDir temp;
  Workspace workspace = workspace_at(temp.path());
  LintSettings settings;
  FakeProcessRunner runner;

  LintReport lint(std::string_view bytes, unsigned mode = 0755) {
    temp.write("s", bytes, mode);
    const std::vector<std::string> scripts{"s"};
    return Linter(workspace, settings, runner).lint(scripts);
  }
  // "s:1: no-shebang: …" a finding.
  Found found(std::string_view bytes, unsigned mode = 0755) {
    Found lines;
    for (const LintFinding& finding : lint(bytes, mode).findings) {
      lines.push_back(described(finding));
    }
    return lines;
  }
  Found off(const std::string& rule, std::string_view bytes, unsigned mode = 0755) {
    settings.off = {rule};
    return found(bytes, mode);
  }
};

constexpr std::string_view kGood = "#!/bin/sh\necho\n";

}  // namespace

TEST_CASE("Lint: a good script has nothing, and is read by its interpreter", "[lint][lint]") {
  LintScene scene;
  CHECK(scene.found(kGood).empty());
  REQUIRE(scene.runner.specs.size() == 1);
  CHECK(scene.runner.specs[0].argv == std::vector<std::string>{"/bin/sh", "-n"});
  CHECK(scene.runner.specs[0].directory == scene.temp.path());
}

TEST_CASE("Lint: empty", "[lint][lint]") {
  LintScene scene;
  CHECK(scene.found("") == Found{"s: empty: it holds nothing"});
  CHECK(scene.found("\n \r\n") == Found{"s: empty: it holds nothing"});
  CHECK(scene.off("empty", "").empty());
}

TEST_CASE("Lint: nul-bytes", "[lint][lint]") {
  LintScene scene;
  const std::string bytes = std::string("#!/bin/sh\na\0b\n\0", 15);
  CHECK(scene.found(bytes) == Found{"s:2: nul-bytes: a NUL byte, and on 1 more line"});
  CHECK(scene.off("nul-bytes", bytes).empty());
}

TEST_CASE("Lint: bom", "[lint][lint]") {
  LintScene scene;
  const std::string bytes = "\xEF\xBB\xBF#!/bin/sh\n";
  CHECK(scene.found(bytes) ==
        Found{"s:1: bom: a byte order mark hides the first line from the kernel"});
  // The NUL bytes of UTF-16 and its first line are the same mistake.
  CHECK(scene.found(std::string("\xFF\xFE#\0!\0", 6)) ==
        Found{"s:1: bom: it is UTF-16: no kernel and no shell reads it"});
  CHECK(scene.off("bom", bytes).empty());
}

TEST_CASE("Lint: no-shebang", "[lint][lint]") {
  LintScene scene;
  CHECK(scene.found("echo\n") ==
        Found{"s:1: no-shebang: no '#!' line: who executes it gets 'exec format error'"});
  CHECK(scene.found("#!\necho\n") ==
        Found{"s:1: no-shebang: '#!' stands there without an interpreter"});
  CHECK(scene.off("no-shebang", "echo\n").empty());
  CHECK(scene.lint("echo\n").skipped.size() == 1);
}

TEST_CASE("Lint: crlf-shebang", "[lint][lint]") {
  LintScene scene;
  const std::string bytes = "#!/bin/sh -e\r\necho\r\n";
  CHECK(scene.found(bytes) == Found{"s:1: crlf-shebang: a carriage return in "
                                    "'#!/bin/sh -e\\x0d': 'no such file or directory'"});
  CHECK(scene.off("crlf-shebang", bytes) == Found{"s:2: crlf: the line ends in CRLF"});
}

TEST_CASE("Lint: conflict-markers", "[lint][lint]") {
  LintScene scene;
  const std::string bytes = "#!/bin/sh\n<<<<<<< \x1b[2J\n=======\n>>>>>>> b\n";
  CHECK(scene.found(bytes) ==
        Found{"s:2: conflict-markers: '<<<<<<< \\x1b[2J', and on 1 more line"});
  CHECK(scene.off("conflict-markers", bytes).empty());
}

TEST_CASE("Lint: syntax", "[lint][lint]") {
  LintScene scene;
  const auto refuse = [&] {
    scene.runner.results.push_back(exited(2, "/bin/sh: 2: Syntax error: \"fi\" unexpected\n"));
  };
  refuse();
  CHECK(scene.found(kGood) == Found{"s:2: syntax: sh: Syntax error: \"fi\" unexpected"});
  refuse();
  CHECK(scene.off("syntax", kGood).empty());
  CHECK(scene.runner.specs.size() == 1);
}

TEST_CASE("Lint: not-executable", "[lint][lint]") {
  LintScene scene;
  const Found wanted{"s: not-executable: mode 0644: who executes it gets 'permission denied'"};
  CHECK(scene.found(kGood, 0644) == wanted);
  CHECK(scene.off("not-executable", kGood, 0644).empty());
}

TEST_CASE("Lint: crlf", "[lint][lint]") {
  LintScene scene;
  const std::string bytes = "#!/bin/sh\necho\r\na\nb\r\nc\r\n";
  CHECK(scene.found(bytes) == Found{"s:2: crlf: the line ends in CRLF, and on 2 more lines"});
  CHECK(scene.off("crlf", bytes).empty());
}

TEST_CASE("Lint: relative-interpreter", "[lint][lint]") {
  LintScene scene;
  CHECK(scene.found("#!bin/sh\n") == Found{"s:1: relative-interpreter: 'bin/sh' is looked for "
                                           "where the service is started"});
  CHECK(scene.off("relative-interpreter", "#!bin/sh\n").empty());
}

TEST_CASE("Lint: the interpreter is not asked about what is wrong already", "[lint][lint]") {
  LintScene scene;
  scene.found("#!/bin/sh\n<<<<<<< a\n");
  CHECK(scene.runner.specs.empty());
  scene.found("#!/bin/sh\necho\r\n", 0644);
  CHECK(scene.runner.specs.size() == 1);
}

TEST_CASE("Lint: a program needs no first line", "[lint][lint]") {
  LintScene scene;
  const LintReport report =
      scene.lint(std::string("\x7F"
                             "ELF\0\0",
                             6));
  CHECK(report.findings.empty());
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].why == "it is a program, no script");
  CHECK(scene.runner.specs.empty());
}

TEST_CASE("Lint: a stop signal ends it where it is", "[lint][lint]") {
  LintScene scene;
  scene.temp.write("t", kGood, 0755);
  scene.temp.write("s", kGood, 0755);
  scene.runner.results.push_back(stopped_by(15));
  const std::vector<std::string> scripts{"s", "t"};
  const LintReport report = Linter(scene.workspace, scene.settings, scene.runner).lint(scripts);
  CHECK(report.stopped == 15);
  CHECK(report.scripts == 1);
}

TEST_CASE("Lint: a script that is not there or no file is an error", "[lint][lint]") {
  LintScene scene;
  const Linter linter(scene.workspace, scene.settings, scene.runner);
  const auto lint = [&](const std::string& path) {
    const std::vector<std::string> scripts{path};
    return linter.lint(scripts);
  };
  CHECK_THROWS_AS(lint("missing"), Error);
  std::filesystem::create_symlink("/etc/passwd", scene.temp / "link");
  CHECK_THROWS_AS(lint("link"), Error);
}
