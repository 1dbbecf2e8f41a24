// SPDX-License-Identifier: Apache-2.0
#include "cli/init/tree_survey.h"

#include <filesystem>

#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using Names = std::vector<std::string>;

namespace {

struct SurveyScene {
  test::TempDir temp;
  void file(const std::string& path, unsigned mode = 0644) const { temp.write(path, "x", mode); }
  TreeSurvey survey() const { return survey_tree(Directory::open_root(temp.path(), "")); }
  static Names commands(const std::vector<SuggestedCommand>& suggested) {
    Names names;
    for (const SuggestedCommand& each : suggested) {
      names.push_back(each.command + (each.sure ? "" : "?"));
    }
    return names;
  }
};

}  // namespace

TEST_CASE("TreeSurvey: an empty tree has nothing", "[cli][tree_survey]") {
  const TreeSurvey survey = SurveyScene().survey();
  CHECK(survey.services_dir.empty());
  CHECK(survey.services.empty());
  CHECK(survey.deploy.empty());
  CHECK(survey.unreadable.empty());
}

TEST_CASE("TreeSurvey: what is no plain file or directory is passed over", "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("elsewhere/a/entrypoint.sh");
  std::filesystem::create_symlink("elsewhere", scene.temp / "services");
  std::filesystem::create_directories(scene.temp / "compose.yml");
  std::filesystem::create_symlink("elsewhere/a/entrypoint.sh", scene.temp / "deploy.sh");
  const TreeSurvey survey = scene.survey();
  CHECK(survey.services_dir == "elsewhere");
  CHECK(survey.compose.empty());
  CHECK(survey.deploy.empty());
}

TEST_CASE("TreeSurvey: other people's heaps and hidden directories are not entered",
          "[cli][tree_survey]") {
  SurveyScene scene;
  for (const char* heap : {"node_modules", ".cache", "backups", "vendor", "x/node_modules"}) {
    scene.file(std::string(heap) + "/a/entrypoint.sh");
  }
  CHECK(scene.survey().services_dir.empty());
}

TEST_CASE("TreeSurvey: the default wins, then whoever has more, then whoever comes first",
          "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("b/one/entrypoint.sh");
  scene.file("a/one/entrypoint.sh");
  CHECK(scene.survey().services_dir == "a");
  scene.file("b/two/entrypoint.sh");
  CHECK(scene.survey().services_dir == "b");
  scene.file("services/only/entrypoint.sh");
  scene.file("services/later/other.txt");
  const TreeSurvey survey = scene.survey();
  CHECK(survey.services_dir == "services");
  CHECK(survey.services == Names{"only"});
  CHECK(survey.yet_to_come == Names{"later"});
}

TEST_CASE("TreeSurvey: a script's name counts when all services share it", "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("services/a/run.sh");
  scene.file("services/a/docker-entrypoint.sh");
  scene.file("services/b/run.sh");
  SECTION("the one that says what it is comes first") {
    scene.file("services/b/docker-entrypoint.sh");
    CHECK(scene.survey().entrypoint_file == "docker-entrypoint.sh");
  }
  SECTION("the only one that all of them have") {
    CHECK(scene.survey().entrypoint_file == "run.sh");
  }
  SECTION("and none when one of them has another") {
    scene.file("services/c/start.sh");
    const TreeSurvey survey = scene.survey();
    CHECK(survey.services.empty());
    CHECK(survey.entrypoint_file == "entrypoint.sh");
    CHECK(survey.yet_to_come == Names{"a", "b", "c"});
  }
}

TEST_CASE("TreeSurvey: a command is started as its file allows", "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("generate_entrypoints.py");
  scene.file("scripts/generate-entrypoints.sh", 0755);
  scene.file("tools/generate.sh");
  scene.file("deploy.sh", 0755);
  scene.file("docker-compose.yaml");
  scene.file("docker-compose.override.yml");
  const TreeSurvey survey = scene.survey();
  CHECK(SurveyScene::commands(survey.generate) == Names{"python3 generate_entrypoints.py",
                                                        "./scripts/generate-entrypoints.sh",
                                                        "sh tools/generate.sh?"});
  CHECK(SurveyScene::commands(survey.deploy) ==
        Names{"./deploy.sh", "docker compose up -d --build --remove-orphans"});
  CHECK(survey.compose == Names{"docker-compose.yaml", "docker-compose.override.yml"});
}
