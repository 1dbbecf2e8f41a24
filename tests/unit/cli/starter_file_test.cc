// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include "config/file/file_values.h"
#include "config/settings.h"
#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

// As the tool reads it; throws where a line is not valid.
Config read(const std::string& text) {
  Config config;
  const FileValues values = values_in_file("backstep.yml", parse_yaml("backstep.yml", text));
  for (const GivenValue& given : values.settings) {
    given.setting->assign(config, given.value);
  }
  return config;
}

// With every suggestion taken in.
std::string taken_in(const std::string& text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool line_start = i == 0 || text[i - 1] == '\n';
    const bool prose = text.compare(i, 2, "# ") == 0 && text.compare(i, 3, "#  ") != 0;
    if (line_start && text[i] == '#' && !prose) continue;
    result += text[i];
  }
  return result;
}

TreeSurvey full_survey() {
  TreeSurvey survey;
  survey.services = {"a", "b"};
  survey.compose.files = {"compose.yml"};
  survey.compose.checks = {{"web", "http://127.0.0.1:8080/health", {{"interval", "9s"}}}};
  return survey;
}

}  // namespace

TEST_CASE("StarterFile: what was not found is commented out, and valid when it is taken in", "[cli][starter_file]") {
  const std::string text = starter_file({});
  CHECK(read(text).deploy.empty());
  const Config config = read(taken_in(text));
  CHECK(config.generate.text == "./generate_entrypoints.sh");
  CHECK(config.deploy.text == "./deploy.sh");
  CHECK(config.health.test.text == "curl -fsS http://localhost:8080/health");
  CHECK(config.health.interval == HealthCheck().interval);
  CHECK(config.rollback.command.text == "./deploy.sh");
}

TEST_CASE("StarterFile: what was found stands in it", "[cli][starter_file]") {
  const std::string text = starter_file(full_survey());
  const Config config = read(text);
  CHECK(config.files == std::vector<std::string>{"compose.yml"});
  CHECK(config.deploy.text == "docker compose up -d --build --remove-orphans");
  CHECK(config.rollback.command.empty());
  CHECK(config.health.ask.url == "http://127.0.0.1:8080/health");
  CHECK(config.health.interval == std::chrono::seconds(9));
  CHECK(read(taken_in(text)).health.interval == std::chrono::seconds(9));
  CHECK_THAT(text, Contains("\n# 2 services: a, b\n") && Contains("published port: web\n"));
}

TEST_CASE("StarterFile: several checks are asked one after the other", "[cli][starter_file]") {
  TreeSurvey survey = full_survey();
  survey.compose.checks.push_back({"x", "http://127.0.0.1:81/?a&b", {{"interval", "1s"}}});
  const Config config = read(starter_file(survey));
  CHECK(config.health.test.text ==
        "backstep probe http://127.0.0.1:8080/health && backstep probe 'http://127.0.0.1:81/?a&b'");
  CHECK(config.health.interval == HealthCheck().interval);
}

TEST_CASE("StarterFile: a mounted script makes containers anew", "[cli][starter_file]") {
  TreeSurvey survey = full_survey();
  survey.mounted = {{"web", "services/a/entrypoint.sh"},
                    {"web", "services/b/entrypoint.sh"},
                    {"x\ndeploy: rm", "services/b/entrypoint.sh"}};
  const std::string text = starter_file(survey);
  CHECK(read(text).deploy.text == "docker compose up -d --build --force-recreate --remove-orphans");
  CHECK_THAT(text, Contains("So it is with: web, x\\x0adeploy: rm\n"));
}

TEST_CASE("StarterFile: where Compose's file is not known, what to look for is said", "[cli][starter_file]") {
  TreeSurvey survey = full_survey();
  survey.compose.unread = "compose.yml:1:1: anchors are not allowed";
  CHECK_THAT(starter_file(survey), Contains("Compose's file could not be read here."));
}

TEST_CASE("StarterFile: a long list of services is counted", "[cli][starter_file]") {
  TreeSurvey survey = full_survey();
  survey.services.assign(500, "a_service");
  CHECK_THAT(starter_file(survey), Contains("# 500 services: a_service, ") && Contains(" and 492 more\n"));
}

TEST_CASE("StarterFile: the values in it are the defaults", "[cli][starter_file]") {
  const Config config = read(starter_file({}));
  for (const Setting& setting : settings()) {
    CAPTURE(setting.name);
    CHECK(setting.show(config) == default_text(setting));
  }
}

TEST_CASE("StarterFile: no line is wider than a page", "[cli][starter_file]") {
  const std::string text = starter_file(full_survey());
  for (size_t start = 0; start < text.size();) {
    const size_t end = text.find('\n', start);
    const bool is_address = text.compare(start, 6, "# yaml") == 0;
    CHECK((is_address || end - start <= 100));
    start = end + 1;
  }
}
