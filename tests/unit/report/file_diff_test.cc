// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include "diff_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using SecretVariables = std::map<std::string, std::string, std::less<>>;

TEST_CASE("FileDiff: what is no text is only named", "[report][file_diff]") {
  const DiffScene binary(std::string("a\0b", 3), "text\n");
  CHECK(binary.diff().kind() == "binary");
  CHECK(binary.diff().why_not_shown() == "binary, 3 and 5 bytes");
  CHECK(binary.diff().hunks().empty());
  const DiffScene gone(std::string("a\0b", 3), std::nullopt);
  CHECK(gone.diff().why_not_shown() == "binary, 3 bytes");
}

TEST_CASE("FileDiff: what nobody would read is only named", "[report][file_diff]") {
  const DiffScene long_one("x\n", std::string(600'000, '\n'));
  CHECK(long_one.diff().why_not_shown() == "too large to show line by line, 2 and 600000 bytes");
  const DiffScene large("x\n", std::string((16 << 20) + 1, 'x'));
  CHECK(large.diff().kind() == "too_large");
}

TEST_CASE("FileDiff: too many lines in another order are only counted", "[report][file_diff]") {
  std::string text;
  std::string backwards;
  for (int i = 0; i < 20'000; ++i) {
    text += std::to_string(i) + "\n";
    backwards += std::to_string(20'000 - i) + "\n";
  }
  const DiffScene scene(text, backwards);
  const FileDiff diff = scene.diff();
  CHECK(diff.why_not_shown() == "too different to show line by line, 20000 and 20000 lines");
  CHECK(diff.added() + diff.removed() == 0);
}

TEST_CASE("FileDiff: no regular file is said as what it is", "[report][file_diff]") {
  DiffScene scene("a\n", "b\n");
  scene.to.files[0].sha256 = kNoContent;
  scene.found = differences(scene.from, scene.to);
  CHECK(scene.diff().kind() == "no_file");
  CHECK(scene.diff().why_not_shown() == "no regular file any more");
}

TEST_CASE("FileDiff: a mode alone needs no content", "[report][file_diff]") {
  DiffScene scene("a\n", "a\n", service_path("a"), 0644);
  scene.to.open = [](const FileEntry&) -> UniqueFd { throw std::logic_error("read"); };
  CHECK(scene.diff().kind() == "same");
  CHECK(scene.diff().why_not_shown().empty());
}

TEST_CASE("FileDiff: lines are counted, and shown without what is secret", "[report][file_diff]") {
  const DiffScene scene("a\nTOKEN=one\nz\n", "TOKEN=two\nb\nc\nz");
  const FileDiff diff = scene.diff();
  CHECK(diff.removed() == 3);
  CHECK(diff.added() == 4);
  CHECK(diff.only_masked() == 1);
  CHECK(diff.shown({'-', 1}) == "TOKEN=***");
  CHECK(diff.shown({'+', 0, 0}) == "TOKEN=***");
  CHECK(diff.lacks_newline({'+', 0, 3}));
  CHECK_FALSE(diff.lacks_newline({'-', 2}));
}

TEST_CASE("FileDiff: a secret of the environment differs as a masked value does", "[report][file_diff]") {
  const Secrets secrets(Environment(SecretVariables{{"A_TOKEN", "tok-one"}, {"B_TOKEN", "tok-two"}}));
  const DiffScene scene("echo tok-one\n", "echo tok-two\n");
  const FileDiff diff = scene.diff(secrets);
  CHECK(diff.shown({'-', 0}) == "echo ***");
  CHECK(diff.only_masked() == 1);
  CHECK(scene.diff().only_masked() == 0);
}

TEST_CASE("FileDiff: a newline that went is no masked value", "[report][file_diff]") {
  const DiffScene scene("echo\n", "echo");
  CHECK(scene.diff().only_masked() == 0);
}
