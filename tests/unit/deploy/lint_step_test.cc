// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include "story_scene.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;
using Result = Outcome::Result;

namespace {

LiveSet set_of(std::vector<FileEntry> files) {
  LiveSet set;
  set.files = std::move(files);
  return set;
}

// A story whose generator writes scripts as they are given.
struct LintStory : StoryScene {
  void generates(const std::string& service, const std::string& bytes) {
    on("generate", [this, service, bytes] {
      temp.write(service_path(service), bytes, 0755);
      return exited(0);
    });
  }
};

}  // namespace

TEST_CASE("LintStep: scripts that are new or another version, and no others", "[deploy][lint_step]") {
  RunScene scene;
  const LiveSet before =
      set_of({entry_for("app.conf", "a"), entry_for("hook", "a"), entry_for(service_path("a"), "same"),
              entry_for(service_path("b"), "old"), entry_for(service_path("c"), "x", 0644),
              absent_entry(service_path("d")), entry_for(service_path("gone"), "x")});
  const LiveSet now = set_of({entry_for("app.conf", "b"), entry_for("hook", "b"),
                              entry_for(service_path("a"), "same", 0700), entry_for(service_path("b"), "new"),
                              entry_for(service_path("c"), "x", 0755), entry_for(service_path("d"), "x"),
                              entry_for(service_path("e"), "x"), absent_entry(service_path("gone"))});
  scene.temp.write("app.conf", "a = b\n");
  scene.temp.write("hook", "#!/bin/script\n<<<<<<< a\n");
  for (const char* service : {"a", "b", "c", "d", "e"}) scene.temp.write(service_path(service), "x");
  CHECK(lint_changed(scene.run, before, now));
  Names found;
  for (const LintFinding& finding : scene.outcome.lint.findings) {
    if (finding.stops()) found.push_back(finding.file);
  }
  CHECK(found == Names{"hook", service_path("b"), service_path("c"), service_path("d"), service_path("e")});
  CHECK(scene.outcome.lint.scripts == 5);
}

TEST_CASE("LintStep: an error ends the run before its deploy, and the files come back", "[deploy][lint_step]") {
  LintStory scene;
  scene.generates("a", "echo\n");
  scene.run_and_expect(Result::kFilesRestored, 4);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.ran == Names{"generate while armed"});
  REQUIRE(scene.outcome.failure);
  CHECK(scene.outcome.failure->step == "lint");
  CHECK(scene.outcome.failure->described == "found 1 error in 1 script");
  CHECK_THAT(scene.outcome.failure->output_tail, Contains("entrypoint.sh:1: no-shebang: "));
  CHECK_THAT(scene.outcome.next.front().what, Contains("lint_off: no-shebang"));
  CHECK_FALSE(scene.outcome.evidence.empty());
  CHECK(scene.last_event() == "restored");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("LintStep: the interpreter is asked when a crash would restore", "[deploy][lint_step]") {
  LintStory scene;
  scene.generates("a", "#!/bin/sh\n");
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.ran == Names{"generate while armed", "-n while generated", "deploy while deploying",
                           "check while deployed", "rollback while restored", "check while restored"});
  CHECK(scene.listener.has("linted: 1 script, nothing found"));
}

TEST_CASE("LintStep: a signal in the syntax check restores and keeps its number", "[deploy][lint_step]") {
  LintStory scene;
  scene.generates("a", "#!/bin/sh\n");
  scene.on("-n", [] {
    DeployScene::stop(SIGINT);
    return stopped_by(SIGINT);
  });
  scene.run_and_expect(Result::kFilesRestored, 128 + SIGINT);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.outcome.failure->step == "lint");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("LintStep: warnings, lint off and rules that are off go on to the deploy", "[deploy][lint_step]") {
  LintStory scene;
  scene.generates("a", "echo\n");
  SECTION("lint off") {
    scene.config.lint.enabled = false;
    scene.run_and_expect(Result::kRolledBack, 20);
    CHECK(scene.outcome.lint.scripts == 0);
  }
  SECTION("the rule off") {
    scene.config.lint.off = {"no-shebang"};
    scene.run_and_expect(Result::kRolledBack, 20);
    CHECK(scene.outcome.lint.scripts == 1);
  }
  SECTION("a warning") {
    scene.generates("a", "#!/bin/script\na\r\n");
    scene.run_and_expect(Result::kRolledBack, 20);
    CHECK(scene.outcome.lint.warnings() == 1);
  }
}

TEST_CASE("LintStep: with rollback off the files stay, and nothing is deployed", "[deploy][lint_step]") {
  LintStory scene;
  scene.config.rollback.enabled = false;
  scene.generates("a", "echo\n");
  scene.run_and_expect(Result::kNotRolledBack, 4);
  CHECK(scene.temp.read(service_path("a")) == "echo\n");
  CHECK(scene.ran.size() == 1);
}

TEST_CASE("LintStep: of many errors the first are shown and the others counted", "[deploy][lint_step]") {
  LintStory scene;
  scene.on("generate", [&] {
    for (int i = 10; i < 35; ++i) {
      scene.temp.write(service_path("s" + std::to_string(i)), "echo\n", 0755);
    }
    return exited(0);
  });
  scene.run_and_expect(Result::kFilesRestored, 4);
  CHECK(scene.outcome.failure->described == "found 25 errors in 25 scripts");
  CHECK_THAT(scene.outcome.failure->output_tail, Contains("… and 5 more errors"));
}
