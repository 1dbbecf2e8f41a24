// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

#include "diff_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

std::string text_of(const DiffScene& scene, DiffLook look = {.coloured = false, .exact = true}) {
  std::string text;
  write_diff(scene.from, scene.to, Secrets(), look, [&](const std::string& piece) { text += piece; });
  return text;
}

}  // namespace

TEST_CASE("DiffText: no control byte reaches a terminal, and every one a file", "[report][diff_text]") {
  const DiffScene scene("old\n", "\tnew \x1b[2J\r\xff\n");
  CHECK_THAT(text_of(scene), Contains("\n+\tnew \x1b[2J\r\xff\n"));
  CHECK_THAT(text_of(scene, {}), Contains("\n+\tnew \\x1b[2J\\x0d\\xff\n"));
  CHECK_THAT(text_of(scene, {.coloured = true, .exact = false}),
             Contains("\n\x1b[31m-old\x1b[0m\n\x1b[32m+\tnew \\x1b[2J\\x0d\\xff\x1b[0m\n"));
}

TEST_CASE("DiffText: a name cannot forge a line, and git reads it in its quotes", "[report][diff_text]") {
  const std::string text = text_of({"a\n", "b\n", "x\n+++ b/y \"z\""});
  CHECK_THAT(text, Contains("\nc    x\\x0a+++ b/y \"z\"\n"));
  CHECK_THAT(text, Contains("\n--- \"a/x\\012+++ b/y \\\"z\\\"\"\t\n"));
  CHECK_THAT(text_of({"a\n", "b\n", "é.yml"}), Contains("\n--- a/é.yml\n"));
}

TEST_CASE("DiffText: a file that is missing on one side is /dev/null there", "[report][diff_text]") {
  const std::string came = text_of({std::nullopt, "a\nb"});
  CHECK_THAT(came, Contains("\nnew file mode 100755\n--- /dev/null\n+++ b/services/a/") &&
                       Contains("\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"));
  const std::string went = text_of({"a\n", std::nullopt});
  CHECK_THAT(went, Contains("\ndeleted file mode 100755\n--- a/services/a/entrypoint.sh\n+++ "
                            "/dev/null\n@@ -1 +0,0 @@\n-a\n"));
}

TEST_CASE("DiffText: an empty file that came has no hunk", "[report][diff_text]") {
  const std::string text = text_of({std::nullopt, ""});
  CHECK_THAT(text, Contains("new file mode 100755\n\n1 file differs: 0 lines added, 0 removed\n"));
  CHECK_THAT(text, !Contains("+++"));
}

TEST_CASE("DiffText: a mode is told to git where git knows it", "[report][diff_text]") {
  CHECK_THAT(text_of({"a\n", "a\n", "x", 0644}),
             Contains("p    x (mode 0755 → 0644)\n") && Contains("old mode 100755\nnew mode 100644\n"));
  CHECK_THAT(text_of({"a\n", "a\n", "x", 0700}), !Contains("diff --git"));
}

TEST_CASE("DiffText: a long text comes in pieces of whole lines", "[report][diff_text]") {
  std::string lines;
  for (int i = 0; i < 50'000; ++i) lines += "line " + std::to_string(i) + "\n";
  const DiffScene scene(std::nullopt, lines);
  size_t pieces = 0;
  write_diff(scene.from, scene.to, Secrets(), {.coloured = false, .exact = true}, [&](const std::string& piece) {
    ++pieces;
    REQUIRE(piece.size() < 70'000);
    REQUIRE(piece.ends_with('\n'));
  });
  CHECK(pieces > 5);
}

TEST_CASE("DiffText: nothing that differs is one sentence", "[report][diff_text]") {
  CHECK(text_of({"a\n", "a\n"}) == "No difference between 2024-03-10_14-23-00 and what lies there now\n");
}
