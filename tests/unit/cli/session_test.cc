// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include "captured_stdout.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

struct SessionScene {
  TempDir temp;
  Invocation invocation{{}, Environment(), temp.path()};

  SessionScene() { temp.write("services/a/entrypoint.sh", "x", 0755); }
};

}  // namespace

TEST_CASE("Session: a mistake in the settings ends it before anything is made", "[cli][session]") {
  SessionScene scene;
  scene.temp.write("backstep.yml", "deploi: x\n");
  CHECK_THAT(refusal([&] { Session session(scene.invocation); }), Contains("did you mean 'deploy'"));
  CHECK_FALSE(scene.temp.has("backups"));
}

TEST_CASE("Session: looking makes no store", "[cli][session]") {
  SessionScene scene;
  const Session session(scene.invocation);
  CHECK_FALSE(session.find_store());
  CHECK(session.live().files.size() == 1);
  CHECK_FALSE(scene.temp.has("backups"));
}

TEST_CASE("Session: a look does not fail because of an odd file", "[cli][session]") {
  SessionScene scene;
  std::filesystem::create_directories(scene.temp / "services/b/entrypoint.sh");
  CHECK(Session(scene.invocation).live().files.size() == 2);
}

TEST_CASE("Session: settings are found upwards, and paths begin where they lie", "[cli][session]") {
  SessionScene scene;
  scene.temp.write("app/backstep.yml", "services_dir: svc\nowner: me\n");
  scene.invocation.environment = Environment(Variables{{"GITHUB_WORKSPACE", scene.temp.path()}});
  scene.temp.write("app/deep/er/x", "");
  scene.invocation.current_directory = scene.temp / "app/deep/er";
  Session session(scene.invocation);
  CHECK(session.workspace().root == scene.temp.path());
  CHECK(session.patterns().services_dirs == std::vector<std::string>{"svc"});
  CHECK(session.workspace().prefix == "app");
  CHECK(session.place().path == "backups");
  CHECK(session.context().owner == "me");
  CHECK(session.context().patterns == session.patterns());
}

TEST_CASE("Session: an outcome's exit status is what the verb returns", "[cli][session]") {
  SessionScene scene;
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.live = "the old version";
  int status = 0;
  const auto conclude = [&] { status = Session(scene.invocation).conclude(outcome); };
  CHECK_THAT(captured_stdout(conclude), Contains("live now: the old version"));
  CHECK(status == 20);
  scene.invocation.flags.switches.insert("json");
  const Json json = Json::parse(captured_stdout(conclude));
  CHECK(json.number("exit_code") == 20);
}
