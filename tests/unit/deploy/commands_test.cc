// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include "deploy_scene.h"
#include "support/catch.h"
#include "system/container.h"
#include "system/files/staged_file.h"

using namespace backstep;
using namespace backstep::test;

namespace {

struct CommandsScene : RunScene {
  Commands commands{run};

  const ProcessSpec& spec() const { return runner.specs.at(0); }
};

}  // namespace

TEST_CASE("Commands: a command is told what it runs for", "[deploy][commands]") {
  CommandsScene scene;
  scene.commands.now_live("d1", {"a", "b"});
  scene.commands.run(Step::kDeploy, {"deploy", {}}, Duration(1234));
  const ProcessSpec& spec = scene.spec();
  CHECK(spec.argv == std::vector<std::string>{"/bin/sh", "-ec", "deploy"});
  CHECK(variable(spec, "BACKSTEP_RUN_ID") == scene.journal.run);
  CHECK(variable(spec, "BACKSTEP_PHASE") == "deploy");
  CHECK(variable(spec, "BACKSTEP_BACKUP") == scene.journal.backup.ref.id);
  CHECK(variable(spec, "BACKSTEP_DIGEST") == "d1");
  CHECK(variable(spec, "BACKSTEP_CHANGED_SERVICES") == "a b");
  const std::string file = variable(spec, "BACKSTEP_CHANGED_FILE");
  CHECK(file == scene.temp / "backups/.backstep/.changed.backstep-new");
  CHECK(scene.temp.read("backups/.backstep/.changed.backstep-new") == "a\nb\n");
  CHECK(variable(spec, "BACKSTEP_GOOD_REVISION").empty());
  CHECK(spec.timeout == Duration(1234));
  CHECK(spec.lock_fd == scene.lock.fd());
}

TEST_CASE("Commands: the commit of the newest good set that has one is handed over", "[deploy][commands]") {
  CommandsScene scene;
  const auto good = [&](const std::string& run, const std::string& commit) {
    append_verdict(scene.opened, {.run = uid_of(run), .digest = digest_of_script(run), .good = true, .commit = commit});
  };
  good("one", "abc");
  good("two", "def");
  good("three", "");
  scene.commands.run(Step::kRollback, {"rollback", {}}, Duration(1));
  CHECK(variable(scene.spec(), "BACKSTEP_GOOD_REVISION") == "def");
}

TEST_CASE("Commands: each step has its name, its daemons live on", "[deploy][commands]") {
  CommandsScene scene;
  for (const Step step : {Step::kGenerate, Step::kDeploy, Step::kRollback}) {
    scene.commands.run(step, {"x", {}}, Duration(1));
  }
  std::string phases;
  for (const ProcessSpec& spec : scene.runner.specs) {
    phases += variable(spec, "BACKSTEP_PHASE") + " ";
    CHECK(spec.leftovers == Leftovers::kKeep);
  }
  CHECK(phases == "generate deploy rollback ");
  CHECK(scene.listener.told.at(0) == "began: generate: x");
  CHECK(scene.listener.told.at(1) == "ended: generate: exited with 0");
}

TEST_CASE("Commands: who is left with the output of a command is warned of", "[deploy][commands]") {
  CommandsScene scene;
  ProcessResult left = exited(0);
  left.writers = "4711 (python3)";
  scene.runner.results = {left};
  scene.commands.run(Step::kDeploy, {"deploy", {}}, Duration(1));
  CHECK(scene.listener.told.size() == 3);
  CHECK(scene.listener.has("warning: deploy left processes running that still have its output: 4711 (python3)"));
}

TEST_CASE("Commands: they run where the settings lie", "[deploy][commands]") {
  CommandsScene scene;
  scene.commands.run(Step::kDeploy, {"deploy", {}}, Duration(1));
  scene.workspace.prefix = "app";
  scene.commands.run(Step::kDeploy, {"deploy", {}}, Duration(1));
  CHECK(scene.runner.specs[0].directory == scene.temp.path());
  CHECK(scene.runner.specs[1].directory == scene.temp / "app");
}

TEST_CASE("Commands: a check leaves nothing running, and each attempt is told", "[deploy][commands]") {
  CommandsScene scene;
  scene.journal.settings.health.retries = 2;
  scene.runner.results = {exited(1), exited(0)};
  CHECK(scene.commands.check({}).healthy());
  REQUIRE(scene.runner.specs.size() == 2);
  CHECK(scene.spec().leftovers == Leftovers::kSweep);
  CHECK(scene.spec().timeout == scene.journal.settings.health.timeout);
  CHECK(variable(scene.spec(), "BACKSTEP_PHASE") == "health_check");
  CHECK(scene.listener.told == std::vector<std::string>{"began: health check: check", "attempt 1: exited with 1",
                                                        "attempt 2: exited with 0", "checks: passed (2 attempts)"});
}

TEST_CASE("Commands: the baseline check has ten seconds at most and says nothing", "[deploy][commands]") {
  CommandsScene scene;
  scene.commands.check({}, Thoroughness::kBaseline);
  CHECK(scene.spec().timeout == Duration(10'000));
  CHECK(scene.spec().leftovers == Leftovers::kSweep);
  CHECK(variable(scene.spec(), "BACKSTEP_PHASE") == "baseline");
  CHECK(scene.listener.told.empty());
  scene.journal.settings.health.timeout = Duration(2'000);
  scene.commands.check({}, Thoroughness::kBaseline);
  CHECK(scene.runner.specs.at(1).timeout == Duration(2'000));
}

TEST_CASE("Commands: a URL is shown as it was written, and asked with the host's address", "[deploy][commands]") {
  CommandsScene scene;
  scene.journal.settings.health.test = {};
  scene.journal.settings.health.ask.url = "http://$BACKSTEP_HOST_GATEWAY:8080/";
  scene.journal.settings.health.retries = 1;
  scene.journal.settings.health.start_period = Duration(0);
  scene.runner.results = {exited(23, "cannot connect to 10.0.0.1:8080: Connection refused\n")};
  CHECK_FALSE(scene.commands.check({}).healthy());
  CHECK(scene.listener.told ==
        std::vector<std::string>{"began: health check: http://$BACKSTEP_HOST_GATEWAY:8080/",
                                 "attempt 1: cannot connect to 10.0.0.1:8080: Connection refused",
                                 "checks: cannot connect to 10.0.0.1:8080: Connection refused "
                                 "(1 attempt)"});
  CHECK(variable(scene.spec(), "BACKSTEP_PROBE_URL") == scene.journal.settings.health.ask.url);
  CHECK(variable(scene.spec(), "BACKSTEP_HOST_GATEWAY") == host_gateway(Environment()));
}

TEST_CASE("Commands: where nothing changed the file of names is the empty one", "[deploy][commands]") {
  CommandsScene scene;
  scene.commands.now_live("d1", {});
  scene.commands.run(Step::kDeploy, {"deploy", {}}, Duration(1));
  CHECK(variable(scene.spec(), "BACKSTEP_CHANGED_FILE") == "/dev/null");
}

TEST_CASE("Commands: the file of names has one on each line, and goes with the run", "[deploy][commands]") {
  CommandsScene scene;
  const std::string list = "backups/.backstep/.changed.backstep-new";
  scene.commands.now_live("d1", {"b", "a file", "*\n"});
  CHECK(scene.temp.read(list) == "b\na file\n*\\x0a\n");
  scene.commands.now_live("d1", {"a"});
  CHECK(scene.temp.read(list) == "a\n");
  scene.run.changed_list.reset();
  CHECK_FALSE(std::filesystem::exists(scene.temp / list));
}

TEST_CASE("Commands: a file of names that cannot be written is a warning, before a deploy an error",
          "[deploy][commands]") {
  CommandsScene scene;
  for (const int number : {0, 1, 2}) {
    const std::string name = StagedFile::temporary_name("changed", number);
    std::filesystem::create_directory(scene.temp / ("backups/.backstep/" + name));
  }
  scene.commands.now_live("d1", {"a"});
  scene.commands.run(Step::kRollback, {"rollback", {}}, Duration(1));
  CHECK(variable(scene.spec(), "BACKSTEP_CHANGED_FILE").empty());
  CHECK(scene.listener.has("warning: BACKSTEP_CHANGED_FILE names nothing: "));
  CHECK_THROWS_AS(write_changed_list(scene.run, {"a"}), Error);
}
