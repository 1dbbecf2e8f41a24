// SPDX-License-Identifier: Apache-2.0
#include "config/patterns.h"

#include "support/catch.h"

using namespace backstep;
using Names = std::vector<std::string>;

namespace {

Patterns with_services(Names services_dirs, std::string entrypoint = "entrypoint.sh") {
  return {.prefix = {},
          .services_dirs = std::move(services_dirs),
          .entrypoint_file = std::move(entrypoint),
          .files = {},
          .exclude = {}};
}

}  // namespace

TEST_CASE("Patterns: names that no service may have are told apart", "[config][patterns]") {
  const std::string name = GENERATE(as<std::string>{}, "", ".git", "-x", "_x", "a b", "a//b", "a/.b", "/a", "a/",
                                    "\xC3\xA4", "a_entrypoint.sh", "a_entrypoint.sh_b", std::string(65, 'a'));
  CAPTURE(name);
  CHECK_FALSE(is_storable_service(name, "entrypoint.sh"));
}

TEST_CASE("Patterns: ordinary service names are allowed", "[config][patterns]") {
  const std::string name = GENERATE(as<std::string>{}, "a", "action_service", "v1.2-beta", "9", std::string(64, 'a'),
                                    "a_entrypoint", "entrypoint.sh", "payments/api", "a/b/c");
  CAPTURE(name);
  CHECK(is_storable_service(name, "entrypoint.sh"));
}

TEST_CASE("Patterns: only an entrypoint belongs to a service", "[config][patterns]") {
  const Patterns patterns = with_services({"services"});
  CHECK(patterns.service_of("services/a/entrypoint.sh") == "a");
  for (const char* path : {"services/entrypoint.sh", "services/a/b/entrypoint.sh", "servicesa/entrypoint.sh",
                           "services/a/my-entrypoint.sh", "services/.a/entrypoint.sh", "other/a/entrypoint.sh",
                           "entrypoint.sh", "", "../services/a/entrypoint.sh"}) {
    CAPTURE(path);
    CHECK(patterns.service_of(path).empty());
  }
}

TEST_CASE("Patterns: a service's name is its path beneath the fixed part", "[config][patterns]") {
  const Patterns patterns = with_services({"services", "teams/*/apps", "../shared", "deep/**"});
  CHECK(patterns.service_of("services/a/entrypoint.sh") == "a");
  CHECK(patterns.service_of("teams/payments/apps/api/entrypoint.sh") == "payments/apps/api");
  CHECK(patterns.service_of("teams/apps/api/entrypoint.sh").empty());
  CHECK(patterns.service_of("../shared/b/entrypoint.sh") == "b");
  CHECK(patterns.service_of("deep/c/entrypoint.sh") == "c");
  CHECK(patterns.service_of("deep/c/d/entrypoint.sh") == "c/d");
}

TEST_CASE("Patterns: an entrypoint may lie in a directory of its service", "[config][patterns]") {
  const Patterns patterns = with_services({"services"}, "bin/start.sh");
  CHECK(patterns.service_of("services/a/bin/start.sh") == "a");
  CHECK(patterns.service_of("services/a/start.sh").empty());
  CHECK(patterns.scripts_of("a") == Names{"services/a/bin/start.sh"});
}

TEST_CASE("Patterns: the scripts of a name are where it can lie", "[config][patterns]") {
  const Patterns patterns = with_services({"services", "apps", "services", "teams/*"});
  CHECK(patterns.scripts_of("a") == Names{"services/a/entrypoint.sh", "apps/a/entrypoint.sh"});
  CHECK(patterns.scripts_of("x/a") == Names{"teams/x/a/entrypoint.sh"});
  CHECK(patterns.scripts_of("../a").empty());
}

TEST_CASE("Patterns: what is excluded takes along what lies beneath it", "[config][patterns]") {
  Patterns patterns = with_services({"services"});
  patterns.files = {"conf/**"};
  patterns.exclude = {"services/old", "conf/*.bak", "../up"};
  CHECK(patterns.is_excluded("services/old/entrypoint.sh"));
  CHECK(patterns.service_of("services/old/entrypoint.sh").empty());
  CHECK(patterns.is_excluded("conf/a.bak"));
  CHECK(patterns.is_excluded("conf/dir.bak/x"));
  CHECK(patterns.is_excluded("../up/x"));
  CHECK_FALSE(patterns.is_excluded("services/older/entrypoint.sh"));
  CHECK_FALSE(patterns.is_excluded("conf/deep/a.bak"));
  CHECK(patterns.looks_for("conf/deep/a.bak"));
  CHECK_FALSE(patterns.looks_for("conf/a.bak"));
}

TEST_CASE("Patterns: settings, pipelines and stores are never looked for", "[config][patterns]") {
  Patterns patterns = with_services({"services"});
  patterns.files = {"**", ".*/**", ".*"};
  for (const char* path : {"backstep.yml", "sub/backstep.staging.yaml", ".gitlab-ci.yml", "sub/Jenkinsfile",
                           ".github/workflows/x.yml", ".git/config", "x/.git", "old/.backstep/history.jsonl"}) {
    CAPTURE(path);
    CHECK(is_never_tracked(path));
    CHECK_FALSE(patterns.looks_for(path));
  }
  for (const char* path : {"backstep", "mybackstep.yml", "github/x", "compose.yml"}) {
    CAPTURE(path);
    CHECK_FALSE(is_never_tracked(path));
    CHECK(patterns.looks_for(path));
  }
}

TEST_CASE("Patterns: the fixed part is what comes before the first wildcard", "[config][patterns]") {
  CHECK(fixed_part("services") == "services");
  CHECK(fixed_part("apps/*/services") == "apps");
  CHECK(fixed_part("*").empty());
  CHECK(fixed_part("../x/y?/z") == "../x");
}

TEST_CASE("Patterns: what holds no wildcard is a literal path", "[config][patterns]") {
  CHECK(has_wildcard("a/*.conf"));
  CHECK(has_wildcard("a?"));
  CHECK(has_wildcard("[ab]"));
  CHECK_FALSE(has_wildcard("docker-compose.yml"));
  CHECK_FALSE(has_wildcard("a]b"));
  CHECK(matches_pattern("a]b", "a]b"));
}
