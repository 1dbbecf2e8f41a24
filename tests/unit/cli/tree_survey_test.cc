// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include <filesystem>

#include "support/catch.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;
using backstep::test::matchers::StartsWith;
using Names = std::vector<std::string>;

namespace {

struct SurveyScene {
  test::TempDir temp;
  void file(const std::string& path, const std::string& text = "x") const { temp.write(path, text); }
  TreeSurvey survey() const { return survey_tree(test::workspace_at(temp.path(), "")); }
};

}  // namespace

TEST_CASE("TreeSurvey: an empty tree has nothing", "[cli][tree_survey]") {
  const TreeSurvey survey = SurveyScene().survey();
  CHECK_FALSE(survey.has_services());
  CHECK(survey.compose.files.empty());
  CHECK(survey.warnings.empty());
}

TEST_CASE("TreeSurvey: services lie beneath services/, and nowhere else", "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("apps/a/entrypoint.sh");
  scene.file("services/b/start.sh");
  CHECK(scene.survey().services.empty());
  CHECK(scene.survey().yet_to_come == Names{"b"});
  scene.file("services/c/entrypoint.sh");
  scene.file("services/a/entrypoint.sh");
  CHECK(scene.survey().services == Names{"a", "c"});
  CHECK(scene.survey().yet_to_come == Names{"b"});
}

TEST_CASE("TreeSurvey: what a backup would refuse is a warning", "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("services/a/entrypoint.sh");
  std::filesystem::create_directories(scene.temp / "services/b");
  std::filesystem::create_symlink("../a/entrypoint.sh", scene.temp / "services/b/entrypoint.sh");
  const TreeSurvey survey = scene.survey();
  CHECK(survey.services == Names{"a"});
  REQUIRE(survey.warnings.size() == 1);
  CHECK_THAT(survey.warnings.front(), StartsWith("a backup would be refused as it is: "));
}

TEST_CASE("TreeSurvey: a mount counts where it is a service's script", "[cli][tree_survey]") {
  SurveyScene scene;
  scene.file("compose.yml",
             "services:\n  web: {volumes: ['./services/a/entrypoint.sh:/e']}\n"
             "  db: {volumes: ['./services/a/other.sh:/e', './services/a:/s']}\n");
  const TreeSurvey survey = scene.survey();
  REQUIRE(survey.mounted.size() == 1);
  CHECK(survey.mounted.front().service == "web");
  CHECK(survey.mounted.front().path == "services/a/entrypoint.sh");
}
