// SPDX-License-Identifier: Apache-2.0
#include "config/file/load.h"

#include "config/settings.h"
#include "support/catch.h"
#include "support/refusal.h"
#include "support/temp_dir.h"

using namespace backstep;

namespace {

using Values = std::map<std::string, std::string, std::less<>>;
using FlagValues = std::map<std::string, std::string>;

struct Given {
  std::string file = {};  // of backstep.yml; "" for none
  Values variables = {};
  FlagValues flags = {};
};

LoadedConfig load(const test::TempDir& directory, const Given& given) {
  if (!given.file.empty()) directory.write("backstep.yml", given.file);
  return load_settings(directory.path(), given.flags, Environment(given.variables)).loaded;
}

LoadedConfig load(const Given& given) {
  const test::TempDir directory;
  return load(directory, given);
}

std::string refused_settings(const Given& given) {
  return test::refusal([&] { load(given); });
}

ShownSetting shown(const LoadedConfig& loaded, const std::string& name) {
  for (const ShownSetting& setting : loaded.shown) {
    if (setting.name == name) return setting;
  }
  FAIL("not shown: " << name);
  return {};
}

}  // namespace

TEST_CASE("Load: a bad value in the file is named with its place and setting", "[config][load]") {
  REQUIRE(refused_settings({.file = "health_check:\n  retries: 010\n"}) ==
          "backstep.yml:2:12: health_retries: '010' is ambiguous: write it without the leading "
          "zero");
  REQUIRE(refused_settings({.file = "deploy: x\nlock_wait: 3 weeks\n"}) ==
          "backstep.yml:2:12: lock_wait: '3 weeks' is not a duration (unknown unit); write it like "
          "500ms, 30s, 1m30s, 2h or 30d");
  REQUIRE(refused_settings({.file = "backups_dir: [a]\n"}) ==
          "backstep.yml:1:14: backups_dir: a path is expected, not a list");
  REQUIRE(refused_settings({.file = "rollback: [a]\n"}) ==
          "backstep.yml:1:11: rollback: true or false is expected, not a list");
  REQUIRE(refused_settings({.file = "files: [a, c/../b]\n"}) ==
          "backstep.yml:1:8: files: 'c/../b' leads down and up again: '..' may only begin a path");
}

TEST_CASE("Load: a bad value in a variable or a flag is named with its origin", "[config][load]") {
  const std::string why = ": 'x' is not a whole number from 1 to 100000";
  REQUIRE(refused_settings({.variables = {{"BACKSTEP_HEALTH_RETRIES", "x"}}}) == "BACKSTEP_HEALTH_RETRIES" + why);
  REQUIRE(refused_settings({.variables = {{"INPUT_HEALTH_RETRIES", "x"}}}) == "INPUT_HEALTH_RETRIES" + why);
  REQUIRE(refused_settings({.variables = {{"PLUGIN_HEALTH_RETRIES", "x"}}}) == "PLUGIN_HEALTH_RETRIES" + why);
  REQUIRE(refused_settings({.flags = {{"health_retries", "x"}}}) == "flag --health-retries" + why);
}

TEST_CASE("Load: a bad value is refused even where a stronger one hides it", "[config][load]") {
  REQUIRE(refused_settings({.file = "keep_last: x\n", .flags = {{"keep_last", "3"}}}) ==
          "backstep.yml:1:12: keep_last: 'x' is not a whole number from 0 to 100000");
}

TEST_CASE("Load: a misspelt variable of ours is refused", "[config][load]") {
  REQUIRE(refused_settings({.variables = {{"BACKSTEP_HELTH_CHECK", "x"}}}) ==
          "unknown variable 'BACKSTEP_HELTH_CHECK' (did you mean 'BACKSTEP_HEALTH_CHECK'?)");
  REQUIRE(refused_settings({.variables = {{"BACKSTEP_FILE", "x"}}}) ==
          "unknown variable 'BACKSTEP_FILE' (did you mean 'BACKSTEP_FILES'?)");
}

TEST_CASE("Load: variables that are not settings are left alone", "[config][load]") {
  Values variables = {{"INPUT_HELTH_CHECK", "x"}, {"PLUGIN_DEPLOYY", "x"},      {"INPUT_ENTRYPOINT", "x"},
                      {"BACKSTEP_VERSION", "x"},  {"BACKSTEP_HELTH_CHECK", ""}, {"backstep_deploy", "x"}};
  for (const char* name : {"RUN_ID", "PHASE", "BACKUP", "DIGEST", "CHANGED_SERVICES", "CHANGED_FILE", "GOOD_REVISION",
                           "HOST_GATEWAY", "BEGUN"}) {
    variables["BACKSTEP_" + std::string(name)] = "x";
  }
  for (const ShownSetting& setting : load({.variables = variables}).shown) {
    INFO(setting.name);
    REQUIRE(setting.origin == "default");
  }
}

TEST_CASE("Load: a named file that does not exist is an error", "[config][load]") {
  REQUIRE(refused_settings({.flags = {{"config", "other.yml"}}}) == "flag --config: 'other.yml' does not exist");
  REQUIRE(refused_settings({.variables = {{"BACKSTEP_CONFIG", "no/such.yml"}}}) ==
          "BACKSTEP_CONFIG: 'no/such.yml' does not exist");
  REQUIRE(refused_settings({.flags = {{"config", "/nonexistent-file.yml"}}}) ==
          "flag --config: '/nonexistent-file.yml' does not exist");
  REQUIRE(refused_settings({.flags = {{"config", "../x.yml"}}}) == "flag --config: '../x.yml' does not exist");
}

TEST_CASE("Load: a directory in place of the file is an error that says so", "[config][load]") {
  const test::TempDir directory;
  directory.write("backstep.yml/x", "");
  REQUIRE(test::refusal([&] { load(directory, {}); }) ==
          "cannot read the settings: 'backstep.yml' is a directory where a file of settings is "
          "expected");
}

TEST_CASE("Load: a file larger than a mebibyte is an error", "[config][load]") {
  const std::string why = refused_settings({.file = std::string((size_t{1} << 20) + 1, '#')});
  REQUIRE_THAT(why, backstep::test::matchers::StartsWith("cannot read the settings: "));
}

TEST_CASE("Load: values that cannot work together are refused", "[config][load]") {
  REQUIRE(refused_settings({.file = "health_check: {min_healthy_time: 10m, deadline: 1m}\n"}) ==
          "health_min_healthy_time '10m' (backstep.yml:1:34) leaves no time before health_deadline "
          "'1m' "
          "(backstep.yml:1:49): the check could never pass");
  REQUIRE(refused_settings({.file = "services_dir: store/services\n", .flags = {{"backups_dir", "store"}}}) ==
          "services_dir 'store/services' (backstep.yml:1:15) lies in backups_dir 'store' (flag "
          "--backups-dir), where nothing is ever backed up");
  REQUIRE(refused_settings({.file = "\nbackups_dir: services\n"}) ==
          "services_dir 'services' (default) lies in backups_dir 'services' (backstep.yml:2:14), "
          "where nothing is ever backed up");
  REQUIRE(refused_settings({.file = "report: backups/x.xml\n"}) ==
          "report 'backups/x.xml' (backstep.yml:1:9) would lie in 'backups': it "
          "is written without asking, so give it a place of its own");
  REQUIRE(refused_settings({.file = "services_dir: backups2\n"}) == "not refused");
}

TEST_CASE("Load: without a file and without variables the defaults hold", "[config][load]") {
  const LoadedConfig loaded = load({});
  REQUIRE(loaded.warnings.empty());
  REQUIRE(loaded.shown.size() == settings_in_file().size());
  for (size_t i = 0; i < loaded.shown.size(); ++i) {
    REQUIRE(loaded.shown[i].name == settings_in_file()[i].name);
    REQUIRE(loaded.shown[i].value == default_text(settings_in_file()[i]));
    REQUIRE(loaded.shown[i].origin == "default");
  }
}

TEST_CASE("Load: an empty file is warned about", "[config][load]") {
  const LoadedConfig loaded = load({.file = "# nothing yet\n"});
  REQUIRE(loaded.warnings == std::vector<std::string>{"backstep.yml is empty: the defaults hold"});
}

TEST_CASE("Load: a stronger source replaces a weaker one, and empty ones count for nothing", "[config][load]") {
  Given given = {.file = "deploy: file\n",
                 .variables = {{"BACKSTEP_DEPLOY", "own"}, {"PLUGIN_DEPLOY", "plugin"}, {"INPUT_DEPLOY", "input"}},
                 .flags = {{"deploy", "flag"}}};
  const auto expect = [&](const std::string& value, const std::string& origin) {
    const LoadedConfig loaded = load(given);
    REQUIRE(loaded.config.deploy.text == value);
    REQUIRE(shown(loaded, "deploy").value == value);
    REQUIRE(shown(loaded, "deploy").origin == origin);
  };
  expect("flag", "flag --deploy");
  given.flags["deploy"] = "";
  expect("input", "INPUT_DEPLOY");
  given.variables["INPUT_DEPLOY"] = " \n";
  expect("plugin", "PLUGIN_DEPLOY");
  given.variables["PLUGIN_DEPLOY"] = "";
  expect("own", "BACKSTEP_DEPLOY");
  given.variables.clear();
  expect("file", "backstep.yml:1:9");
  given.file = "keep_last: 1\n";
  expect("", "default");
}

TEST_CASE("Load: every setting can come from every source", "[config][load]") {
  for (const Setting& setting : settings()) {
    if (setting.name == "config") continue;
    std::string text = default_text(setting);
    if (setting.type == SettingType::kExitCodes) text = "75,80";
    if (setting.name == "report") text = "sample.xml";
    if (text.empty()) text = setting.type == SettingType::kUrl ? "http://sample/" : "sample";
    if (setting.type == SettingType::kRules) text = "crlf,syntax";
    if (setting.type == SettingType::kRemote) text = "git";
    const std::string name(setting.name);
    const std::string upper = upper_name(setting);
    INFO(name);
    for (const std::string prefix : {"INPUT_", "PLUGIN_", "BACKSTEP_"}) {
      const LoadedConfig loaded = load({.variables = {{prefix + upper, text}}});
      REQUIRE(shown(loaded, name).value == text);
      REQUIRE(shown(loaded, name).origin == prefix + upper);
    }
    const LoadedConfig by_flag = load({.flags = {{name, text}}});
    REQUIRE(shown(by_flag, name).value == text);
    REQUIRE(shown(by_flag, name).origin == "flag " + flag_name(setting));
    const LoadedConfig flat = load({.file = name + ": \"" + text + "\"\n"});
    REQUIRE(shown(flat, name).value == text);

    const size_t dot = setting.place.find('.');
    if (dot == std::string_view::npos) continue;
    const std::string group(setting.place.substr(0, dot));
    const std::string member(setting.place.substr(dot + 1));
    const LoadedConfig grouped = load({.file = group + ":\n  " + member + ": " + text + "\n"});
    REQUIRE(shown(grouped, name).value == text);
    REQUIRE_THAT(shown(grouped, name).origin, backstep::test::matchers::StartsWith("backstep.yml:2:"));
  }
}

TEST_CASE("Load: another file is read when one is named", "[config][load]") {
  const test::TempDir directory;
  directory.write("backstep.yml", "deploy: wrong\n");
  directory.write("ci/other.yml", "deploy: right\n");
  const LoadedConfig relative = load(directory, {.flags = {{"config", "./ci/other.yml"}}});
  REQUIRE(relative.config.deploy.text == "right");
  REQUIRE(shown(relative, "deploy").origin == "ci/other.yml:1:9");
  REQUIRE(shown(relative, "config").value == "other.yml");
  REQUIRE(shown(relative, "config").origin == "flag --config");

  const std::string path = directory / "ci/other.yml";
  const LoadedConfig absolute = load(directory, {.variables = {{"INPUT_CONFIG", path}}});
  REQUIRE(shown(absolute, "deploy").origin == path + ":1:9");
}

TEST_CASE("Load: an environment is said, or is what the file is called", "[config][load]") {
  const test::TempDir directory;
  directory.write("production.yml", "deploy: x\n");
  directory.write("own.yml", "environment: eu\n");
  CHECK(load(directory, {.file = "deploy: x\n"}).config.environment.empty());
  const LoadedConfig by_name = load(directory, {.flags = {{"config", "production.yml"}}});
  CHECK(by_name.config.environment == "production");
  CHECK(shown(by_name, "environment").origin == "the name of production.yml");
  CHECK(load(directory, {.flags = {{"config", "own.yml"}}}).config.environment == "eu");
  const LoadedConfig said =
      load(directory, {.variables = {{"BACKSTEP_ENVIRONMENT", "b"}}, .flags = {{"config", "own.yml"}}});
  CHECK(said.config.environment == "b");
  CHECK(shown(said, "environment").origin == "BACKSTEP_ENVIRONMENT");
}

TEST_CASE("Load: the file of an environment is laid over the other", "[config][load]") {
  const test::TempDir directory;
  directory.write("backstep.staging.yml", "deploy: staging\nkeep_last: 3\n");
  const Given given = {.file = "deploy: any\ngenerate: any\n"};
  CHECK(load(directory, given).config.deploy.text == "any");
  Given staging = given;
  SECTION("by a flag") { staging.flags = {{"environment", "staging"}}; }
  SECTION("by a variable") { staging.variables = {{"INPUT_ENVIRONMENT", "staging"}}; }
  SECTION("by the file itself") { staging.file += "environment: staging\n"; }
  const LoadedConfig loaded = load(directory, staging);
  CHECK(loaded.config.environment == "staging");
  CHECK(loaded.config.deploy.text == "staging");
  CHECK(loaded.config.generate.text == "any");
  CHECK(shown(loaded, "deploy").origin == "backstep.staging.yml:1:9");
}

TEST_CASE("Load: what is named and left out in one breath is refused", "[config][load]") {
  CHECK(refused_settings({.file = "files: [conf/a.yml]\nexclude: [conf]\n"}) ==
        "files 'conf/a.yml' (backstep.yml:1:8) is excluded (backstep.yml:2:10): take it out of one "
        "of them");
  CHECK(load({.file = "files: [conf/*.yml]\nexclude: [conf]\n"}).warnings.empty());
}

TEST_CASE("Load: settings that are named as files are left out, and said", "[config][load]") {
  const LoadedConfig loaded = load({.file = "files: [backstep.yml, compose.yml]\n"});
  CHECK(loaded.config.files == std::vector<std::string>{"compose.yml"});
  REQUIRE(loaded.warnings.size() == 1);
  CHECK_THAT(loaded.warnings[0], Catch::Matchers::StartsWith("backstep.yml (from 'files')"));
}

TEST_CASE("Load: a check from a plugin's list stays the text that it came as", "[config][load]") {
  const LoadedConfig loaded = load({.variables = {{"PLUGIN_HEALTH_CHECK", "CMD,curl,-f"}}});
  REQUIRE(loaded.config.health.test.text == "CMD,curl,-f");
}

TEST_CASE("Load: the example of the documentation holds", "[config][load]") {
  const LoadedConfig loaded = load({.file = R"(services_dir: services
files: [docker-compose.yml, "nginx/*.conf"]
generate: python generate_entrypoints.py
deploy: docker compose up -d --build --remove-orphans
health_check:
  test: ["CMD", "curl", "-fsS", "localhost:8080/health"]
  retries: 5
  deadline: 1m30s
rollback: {enabled: true, command: "docker compose up -d --build", target: last-good}
retention: {keep_last: 4, keep_good: 2, keep_within: 7d, keep_tags: [v1, "*"], keep_failed: 6}
timeouts: {generate: 1m, deploy: 2m, rollback: 3m, stop_grace: 4s}
lock_wait: 5
secrets: [VAULT_ROLE, "*_DSN"]
)"});
  const Config& config = loaded.config;
  REQUIRE(config.files == std::vector<std::string>{"docker-compose.yml", "nginx/*.conf"});
  REQUIRE(config.health.test.list == std::vector<std::string>{"curl", "-fsS", "localhost:8080/health"});
  REQUIRE(config.health.retries == 5);
  REQUIRE(config.health.deadline == std::chrono::seconds(90));
  REQUIRE(config.rollback.target == RollbackTarget::kLastGood);
  REQUIRE(config.retention.keep_within == std::chrono::hours(7 * 24));
  REQUIRE(config.retention.keep_tags == std::vector<std::string>{"v1", "*"});
  REQUIRE(config.retention.keep_failed == 6);
  REQUIRE(config.timeouts.stop_grace == std::chrono::seconds(4));
  REQUIRE(config.lock_wait == std::chrono::seconds(5));
  REQUIRE(config.secrets == std::vector<std::string>{"VAULT_ROLE", "*_DSN"});
}

TEST_CASE("Load: a URL that cannot be asked is refused at its place", "[config][load]") {
  CHECK(refused_settings({.file = "health_check:\n  url: ftp://a/\n"})
            .starts_with("backstep.yml:2:8: health_url: 'ftp://a/' cannot be asked ("));
  CHECK(refused_settings({.file = "health_url: [http://a/]\n"}) ==
        "backstep.yml:1:13: health_url: a URL is expected, not a list");
  CHECK(refused_settings({.flags = {{"health_url", "localhost:80"}}})
            .starts_with("flag --health-url: 'localhost:80' cannot be asked ("));
}

TEST_CASE("Load: how a URL is asked is refused where there is none, and outside of its group", "[config][load]") {
  CHECK(refused_settings({.file = "health_check: {test: 'true', status: 204}\n"}) ==
        "backstep.yml:1:38: health_check.status says how a URL is asked, and health_url is not "
        "set");
  CHECK_THAT(refused_settings({.file = "health_check.status: 204\n"}), Contains("unknown key 'health_check.status'"));
  CHECK_THAT(refused_settings({.file = "health_check: {url: 'http://a/', status: 20x}\n"}),
             Contains("'20x' is not a whole number from 100 to 599"));
  CHECK_THAT(refused_settings({.file = "health_check: {url: 'http://a/', headers: [Host]}\n"}),
             Contains("'Host' is no header: one line is expected, 'Name: value'"));
}

TEST_CASE("Load: the keys of a URL are read from its group", "[config][load]") {
  const ProbeRequest ask = load({.file = "health_check:\n  url: https://a/\n  status: [204, 300-302]\n"
                                         "  body: v1\n  headers: ['Host: b, c']\n"
                                         "  cacert: /ca.pem\n  insecure: true\n"})
                               .config.health.ask;
  CHECK(ask == ProbeRequest{"https://a/", {"204", "300-302"}, "v1", {"Host: b, c"}, "/ca.pem", true});
}

TEST_CASE("Load: a command and a URL for the same check are refused with both places", "[config][load]") {
  CHECK(refused_settings({.file = "health_check: 'true'\n", .flags = {{"health_url", "http://a/"}}}) ==
        "health_check (backstep.yml:1:15) and health_url (flag --health-url) are both set: set "
        "one of them");
  CHECK(load({.file = "health_check: {test: [NONE], url: 'http://a/'}\n"}).config.health.ask.url == "http://a/");
}
