// SPDX-License-Identifier: Apache-2.0
#include "lint/lint.h"

#include <algorithm>
#include <cerrno>

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

const std::string kScript = "services/s/entrypoint.sh";
const std::string kUpToLine2 = R"(mapfile -n 2 lines; printf %s "${lines[@]}" | "$BASH" -n)";

struct LintScene {
  TempDir temp;
  Workspace workspace = workspace_at(temp.path());
  Patterns patterns{"", {"services"}, "entrypoint.sh", {}, {}};
  LintSettings settings;
  FakeProcessRunner runner;
  Found asked;           // "dash -n", kUpToLine2
  Found missing;         // programs
  int mistake_line = 2;  // of what a shell refuses
  std::string said;      // by one that accepts

  // Of all calls only this one accepts the script.
  void only_reads(const std::string& call) {
    asked.clear();
    accepted_ = call;
  }
  LintScene() {
    runner.answer = [this](const ProcessSpec& spec) {
      asked.push_back(spec.argv.at(1) == "-c" ? spec.argv.back() : joined(spec.argv, " "));
      if (std::ranges::find(missing, spec.argv.front()) != missing.end()) return not_started(ENOENT);
      if (accepted_.empty() || asked.back() == accepted_) return exited(0, said);
      return exited(2, "sh: " + std::to_string(mistake_line) + ": \"fi\" unexpected\n");
    };
  }

  LintReport lint_all(const std::vector<std::string>& paths) {
    return lint({workspace, patterns, settings, runner}, paths);
  }
  LintReport lint_one(std::string_view bytes, unsigned mode = 0755) {
    temp.write(kScript, bytes, mode);
    return lint_all({kScript});
  }
  // "s:1: no-shebang: …" a finding.
  static Found lines_of(const LintReport& report) {
    Found lines;
    for (const LintFinding& finding : report.findings) {
      lines.push_back(replaced(described(finding), kScript, "s"));
    }
    return lines;
  }
  Found found(std::string_view bytes, unsigned mode = 0755) { return lines_of(lint_one(bytes, mode)); }
  Found off(const std::string& rule, std::string_view bytes, unsigned mode = 0755) {
    settings.off = {rule};
    return found(bytes, mode);
  }

 private:
  std::string accepted_;  // "": any
};

constexpr std::string_view kGood = "#!/bin/sh\necho\n";

}  // namespace

TEST_CASE("Lint: a good script has nothing, and is read by its interpreter", "[lint][lint]") {
  LintScene scene;
  CHECK(scene.found(kGood).empty());
  REQUIRE(scene.runner.specs.size() == 1);
  CHECK(scene.runner.specs[0].argv == std::vector<std::string>{"dash", "-n"});
  CHECK(scene.runner.specs[0].directory == "/");
  CHECK(scene.runner.specs[0].untrusted_tree == scene.temp.path());
  CHECK(scene.runner.specs[0].environment == std::vector<std::string>{"LC_ALL=C"});
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
  CHECK(scene.found(bytes) == Found{"s:1: bom: a byte order mark hides the first line from the kernel"});
  // The NUL bytes of UTF-16 and its first line are the same mistake.
  CHECK(scene.found(std::string("\xFF\xFE#\0!\0", 6)) ==
        Found{"s:1: bom: it is UTF-16: no kernel and no shell reads it"});
  CHECK(scene.off("bom", bytes).empty());
}

TEST_CASE("Lint: no-shebang", "[lint][lint]") {
  LintScene scene;
  CHECK(scene.found("echo\n") == Found{"s:1: no-shebang: no '#!' line: who executes it gets 'exec format error'"});
  CHECK(scene.found("#!\necho\n") == Found{"s:1: no-shebang: '#!' stands there without an interpreter"});
  CHECK(scene.off("no-shebang", "echo\n").empty());
  CHECK(scene.lint_one("echo\n").skipped.size() == 1);
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
  CHECK(scene.found(bytes) == Found{"s:2: conflict-markers: '<<<<<<< \\x1b[2J', and on 1 more line"});
  CHECK(scene.off("conflict-markers", bytes).empty());
}

TEST_CASE("Lint: syntax is wrong where every shell that the image may have refuses it", "[lint][lint]") {
  LintScene scene;
  scene.only_reads("none of them");
  CHECK(scene.found(kGood) == Found{"s:2: syntax: dash: \"fi\" unexpected"});
  CHECK(scene.asked == Found{"dash -n", "busybox ash -n", "bash --posix -n", "bash --posix -O extglob -n"});
  CHECK(scene.found("#!/usr/bin/env bash\n") == Found{"s:2: syntax: bash: \"fi\" unexpected"});
  scene.asked.clear();
  CHECK(scene.off("syntax", kGood).empty());
  CHECK(scene.asked.empty());
}

TEST_CASE("Lint: a script that one of these shells reads is only warned of", "[lint][lint]") {
  LintScene scene;
  scene.only_reads("bash --posix -n");
  const LintReport report = scene.lint_one(kGood);
  CHECK(LintScene::lines_of(report) ==
        Found{"s:2: syntax: dash: \"fi\" unexpected; bash as sh reads it, and may be what the "
              "service has"});
  CHECK(report.errors() == 0);
  CHECK(report.findings.at(0).line == 2);
  CHECK(scene.asked.size() == 3);
}

TEST_CASE("Lint: a script that a shell may read which is not here is only warned of", "[lint][lint]") {
  LintScene scene;
  scene.only_reads("none of them");
  scene.missing = {"busybox"};
  const LintReport report = scene.lint_one(kGood);
  CHECK(LintScene::lines_of(report) ==
        Found{"s:2: syntax: dash: \"fi\" unexpected; busybox's sh may read it, and is not here to "
              "be asked"});
  CHECK(report.warnings() == 1);
}

TEST_CASE("Lint: where none of these shells is here the script is skipped", "[lint][lint]") {
  LintScene scene;
  scene.missing = {"dash", "busybox", "bash"};
  const LintReport report = scene.lint_one(kGood);
  CHECK(report.findings.empty());
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].what == "PATH has no 'dash' that only root may change");
  scene.asked.clear();
  CHECK(scene.lint_one("#!/usr/bin/python3\n").skipped.at(0).what == "'python3' has no '-n'");
  CHECK(scene.asked.empty());
}

TEST_CASE("Lint: a shell that is missing is looked for once, one that hangs is no answer", "[lint][lint]") {
  LintScene scene;
  scene.missing = {"dash"};
  scene.temp.write("services/a/entrypoint.sh", kGood, 0755);
  scene.temp.write(kScript, kGood, 0755);
  const auto times = [&](const std::string& call) { return std::ranges::count(scene.asked, call); };
  std::vector<std::string> paths(20, kScript);
  CHECK(scene.lint_all(paths).findings.empty());
  CHECK(times("busybox ash -n") == 20);
  CHECK(times("dash -n") <= 8);
  scene.missing.clear();
  scene.runner.results.push_back(timed_out(Duration(10'000)));
  CHECK(scene.lint_one("#!/bin/zsh\n").skipped.at(0).what == "'zsh' timed out after 10s");
}

TEST_CASE("Lint: extglob is asked for first where the script may switch it on", "[lint][lint]") {
  LintScene scene;
  scene.only_reads("bash -O extglob -n");
  CHECK(scene.found("#!/bin/bash\nshopt -s extglob\n").empty());
  CHECK(scene.asked == Found{"bash -O extglob -n"});
  CHECK(scene.lint_one("#!/bin/bash\n").warnings() == 1);
}

TEST_CASE("Lint: what stands behind the script's end is only warned of", "[lint][lint]") {
  LintScene scene;
  scene.only_reads(kUpToLine2);
  const std::string behind = "#!/bin/sh\nexit 0\n";
  const auto only_warns = [&](const std::string& bytes, const std::string& what) {
    const LintReport report = scene.lint_one(bytes);
    CHECK(LintScene::lines_of(report) == Found{what + "; the script ends before, in line 2"});
    CHECK(report.errors() == 0);
  };
  only_warns(behind + std::string("\0", 1), "s:3: nul-bytes: a NUL byte");
  only_warns(behind + ">>>>>>> a\n", "s:3: conflict-markers: '>>>>>>> a'");
  scene.mistake_line = 3;
  only_warns(behind + "fi\n", "s:3: syntax: dash: \"fi\" unexpected");
  CHECK(scene.lint_one(">>>>>>> a\nexit 0\n").errors() == 2);
}

TEST_CASE("Lint: an exit that is not reached by every way is no end", "[lint][lint]") {
  LintScene scene;
  scene.mistake_line = 9;
  scene.only_reads("none of them");  // if true; then exit 0
  CHECK(scene.lint_one("#!/bin/sh\nexit 0\n").errors() == 1);
  CHECK(scene.asked.back() == kUpToLine2);
  scene.only_reads(kUpToLine2);
  scene.said = "bash: warning: here-document delimited by end-of-file";
  CHECK(scene.lint_one("#!/bin/sh\nexit 0\n").errors() == 1);
}

TEST_CASE("Lint: of other files those that begin with #! are scripts", "[lint][lint]") {
  LintScene scene;
  scene.temp.write("hooks/a", "#!/bin/sh\n<<<<<<< a\n", 0644);
  scene.temp.write("hooks/b", "\xEF\xBB\xBF#!/bin/sh\n", 0755);
  scene.temp.write("app.conf", "<<<<<<< a\n", 0644);
  const LintReport report = scene.lint_all({"app.conf", "hooks/a", "hooks/b"});
  CHECK(report.scripts == 2);
  CHECK(LintScene::lines_of(report) == Found{"hooks/a:2: conflict-markers: '<<<<<<< a'",
                                             "hooks/b:1: bom: a byte order mark hides the first line from the kernel"});
}

TEST_CASE("Lint: shells run side by side, and findings come by file", "[lint][lint]") {
  LintScene scene;
  std::vector<std::string> paths;
  for (int i = 10; i < 40; ++i) {
    paths.push_back("services/s" + std::to_string(i) + "/entrypoint.sh");
    scene.temp.write(paths.back(), kGood, i % 2 == 0 ? 0755U : 0644U);
  }
  const LintReport report = scene.lint_all(paths);
  CHECK(scene.runner.most_running == 8);
  CHECK(report.scripts == 30);
  CHECK(report.findings.size() == 15);
  CHECK(std::ranges::is_sorted(report.findings, {}, &LintFinding::file));
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
      scene.lint_one(std::string("\x7F"
                                 "ELF\0\0",
                                 6));
  CHECK(report.findings.empty());
  REQUIRE(report.skipped.size() == 1);
  CHECK(report.skipped[0].what == "it is a program, no script");
  CHECK(scene.runner.specs.empty());
}

TEST_CASE("Lint: a stop signal ends it where it is", "[lint][lint]") {
  LintScene scene;
  scene.temp.write(kScript, kGood, 0755);
  scene.runner.results.push_back(stopped_by(15));
  CHECK(scene.lint_all(std::vector<std::string>(20, kScript)).stopped == 15);
  CHECK(scene.runner.specs.size() == 1);
}

TEST_CASE("Lint: a script that is not there or no file is an error", "[lint][lint]") {
  LintScene scene;
  CHECK_THROWS_AS(scene.lint_all({"missing"}), Error);
  std::filesystem::create_symlink("/etc/passwd", scene.temp / "link");
  CHECK_THROWS_AS(scene.lint_all({"link"}), Error);
}
