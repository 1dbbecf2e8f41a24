// SPDX-License-Identifier: Apache-2.0

#include "deploy/run/records.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kBegunRun = journal_of_run().run;

}  // namespace

TEST_CASE("BeginNote: files of the platform that cannot be written are a warning", "[deploy][begin_note]") {
  RunScene scene;
  scene.environment = Environment(
      Variables{{"GITHUB_ENV", scene.temp / "nowhere/env"}, {"GITHUB_STATE", scene.temp / "nowhere/state"}});
  note_begin(scene.run);
  CHECK(scene.listener.has("GITHUB_ENV was not written"));
  CHECK(scene.listener.has("GITHUB_STATE was not written"));
  CHECK(scene.last_event() == "begun");
}

TEST_CASE("BeginNote: later steps find the run by the platform's files", "[deploy][begin_note]") {
  RunScene scene;
  scene.temp.write("env", "A=1\n");
  scene.temp.write("state", "");
  scene.environment =
      Environment(Variables{{"GITHUB_ENV", scene.temp / "env"}, {"GITHUB_STATE", scene.temp / "state"}});
  scene.journal.tree.path = "/srv/shop";
  scene.journal.settings.config_file = "production.yml";
  note_begin(scene.run);
  CHECK(scene.temp.read("env") == "A=1\nBACKSTEP_BEGUN=" + kBegunRun +
                                      "\nBACKSTEP_BEGUN_IN=/srv/shop"
                                      "\nBACKSTEP_BEGUN_SETTINGS=/srv/shop/production.yml\n");
  CHECK(scene.temp.read("state") == "begun=" + kBegunRun + "\n");
  CHECK(scene.listener.told.empty());
}

TEST_CASE("BeginNote: a begin without an end is lost, by the history or the environment", "[deploy][begin_note]") {
  RunScene scene;
  CHECK_FALSE(lost_begin(scene.context, nullptr));
  CHECK_FALSE(lost_begin(scene.context, &scene.opened));
  scene.environment = Environment(Variables{{GENERATE("BACKSTEP_BEGUN", "STATE_begun"), kBegunRun}});
  CHECK(lost_begin(scene.context, nullptr) == kBegunRun);
  CHECK(lost_begin(scene.context, &scene.opened) == kBegunRun);
  scene.environment = Environment();
  note_begin(scene.run);
  CHECK(lost_begin(scene.context, &scene.opened) == kBegunRun);
  scene.context.owner = "you";
  CHECK_FALSE(lost_begin(scene.context, &scene.opened));
}

TEST_CASE("BeginNote: a begin that ended is not lost", "[deploy][begin_note]") {
  RunScene scene;
  note_begin(scene.run);
  append_history(scene.opened, history_line(scene.run, HistoryLine::Event::kAccepted, 0));
  scene.environment = Environment(Variables{{"BACKSTEP_BEGUN", kBegunRun}});
  CHECK_FALSE(lost_begin(scene.context, &scene.opened));
}
