// SPDX-License-Identifier: Apache-2.0
#include "config/file/compose_file.h"

#include <filesystem>

#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using backstep::test::matchers::StartsWith;
using Names = std::vector<std::string>;

namespace {

struct ComposeScene {
  test::TempDir temp;
  void file(const std::string& name, const std::string& text = "services: {}\n") const { temp.write(name, text); }
  ComposeFacts facts() const { return read_compose(Directory::open_root(temp.path(), "")); }
  // Of one service with this port and this test of its health.
  ComposeFacts facts_of(const std::string& port, const std::string& test) const {
    file("compose.yml", "services:\n  web:\n    ports: [" + port + "]\n    healthcheck: {test: " + test + "}\n");
    return facts();
  }
  std::string url_of(const std::string& port, const std::string& test) const {
    const ComposeFacts found = facts_of(port, test);
    CHECK(found.unread.empty());
    return found.checks.empty() ? "" : found.checks.front().url;
  }
  Names mounts_of(const std::string& volumes) const {
    file("compose.yml", "services:\n  web:\n    volumes: " + volumes + "\n");
    Names paths;
    for (const ComposeMount& mount : facts().mounts) paths.push_back(mount.path);
    return paths;
  }
};

constexpr const char* kTest = "curl -f http://localhost:80/health || exit 1";

}  // namespace

TEST_CASE("ComposeFile: the files are those that Compose takes", "[config][compose_file]") {
  ComposeScene scene;
  CHECK(scene.facts().files.empty());
  scene.file("docker-compose.override.yaml");
  CHECK(scene.facts().files.empty());
  scene.file("docker-compose.yaml");
  scene.file("docker-compose.yml");
  CHECK(scene.facts().files == Names{"docker-compose.yml", "docker-compose.override.yaml"});
  scene.file("compose.yml");
  scene.file("compose.override.yml");
  CHECK(scene.facts().files == Names{"compose.yml", "compose.override.yml"});
  std::filesystem::create_symlink("compose.yml", scene.temp / "compose.yaml");
  CHECK(scene.facts().files.front() == "compose.yml");
}

TEST_CASE("ComposeFile: a check is asked at the port that is published for it", "[config][compose_file]") {
  ComposeScene scene;
  CHECK(scene.url_of("'8080:80'", kTest) == "http://127.0.0.1:8080/health");
  CHECK(scene.url_of("8080:80", kTest) == "http://127.0.0.1:8080/health");
  CHECK(scene.url_of("'9000:9', '127.0.0.1:8080:80/tcp'", kTest) == "http://127.0.0.1:8080/health");
  CHECK(scene.url_of("'10.0.0.7:8080:80'", kTest) == "http://10.0.0.7:8080/health");
  CHECK(scene.url_of("{target: 80, published: '8080'}", kTest) == "http://127.0.0.1:8080/health");
  CHECK(scene.url_of("'8080:80'", "[CMD, wget, -q, 'http://127.0.0.1/a?b=c']") == "http://127.0.0.1:8080/a?b=c");
  CHECK(scene.url_of("'1:5000'", R"y([CMD, python, -c, "x.open('http://0.0.0.0:5000/')"])y") == "http://127.0.0.1:1/");
}

TEST_CASE("ComposeFile: what hangs on something else is left out", "[config][compose_file]") {
  ComposeScene scene;
  for (const char* port :
       {"'80'", "'8080-8081:80-81'", "'${PORT:-8080}:80'", "'${IP}:8080:80'", "'8080:80/udp'", "'8080:81'",
        "'[::1]:8080:80'", "[1, 2]", "", "{target: 80, published: '8080', protocol: udp}", "{target: 80}"}) {
    CAPTURE(port);
    CHECK(scene.url_of(port, kTest).empty());
  }
  for (const char* test : {"pg_isready", "[NONE]", "curl http://elsewhere/", "'curl http://localhost:$$PORT/'",
                           "'curl http://localhost:99999/'", "curl https://localhost:80/", "http://", ""}) {
    CAPTURE(test);
    CHECK(scene.url_of("'8080:80'", test).empty());
  }
}

TEST_CASE("ComposeFile: a service that is not started by itself is not asked", "[config][compose_file]") {
  ComposeScene scene;
  const std::string web = "    ports: ['8080:80']\n    healthcheck: {test: 'curl http://localhost/'";
  scene.file("compose.yml", "services:\n  web:\n    profiles: [debug]\n" + web + "}\n");
  CHECK(scene.facts().checks.empty());
  scene.file("compose.yml", "services:\n  web:\n" + web + ", disable: true}\n");
  CHECK(scene.facts().checks.empty());
  scene.file("compose.yml", "services:\n  web:\n" + web + "}\n");
  CHECK(scene.facts().checks.size() == 1);
}

TEST_CASE("ComposeFile: the timing of a check is taken as far as our own settings take it", "[config][compose_file]") {
  ComposeScene scene;
  scene.file("compose.yml",
             "services:\n  web:\n    ports: ['80:80']\n    healthcheck:\n"
             "      {test: 'curl http://localhost/', interval: 90s, timeout: 1.5s, retries: 7,\n"
             "       start_period: '${WAIT}'}\n");
  const std::map<std::string, std::string> wanted = {{"interval", "1m30s"}, {"retries", "7"}};
  CHECK(scene.facts().checks.front().timing == wanted);
}

TEST_CASE("ComposeFile: the overriding file says the last word", "[config][compose_file]") {
  ComposeScene scene;
  scene.file("compose.yml",
             "services:\n  web:\n    ports: ['80:80']\n    healthcheck:\n"
             "      {test: 'curl http://localhost/', interval: 1s, retries: 2}\n");
  scene.file("compose.override.yml",
             "services:\n  web:\n    ports: ['82:81']\n    healthcheck:\n"
             "      {test: 'curl http://localhost:81/new', retries: 9}\n");
  const ComposeCheck check = scene.facts().checks.front();
  CHECK(check.url == "http://127.0.0.1:82/new");
  const std::map<std::string, std::string> wanted = {{"interval", "1s"}, {"retries", "9"}};
  CHECK(check.timing == wanted);
}

TEST_CASE("ComposeFile: only files of the tree are mounts of it", "[config][compose_file]") {
  ComposeScene scene;
  CHECK(scene.mounts_of("['./a/x.sh:/x.sh:ro', './b//y:/y']") == Names{"a/x.sh", "b/y"});
  CHECK(scene.mounts_of("[{type: bind, source: ./a/x.sh, target: /x}]") == Names{"a/x.sh"});
  CHECK(scene.mounts_of("[{type: bind, source: a/x.sh, target: /x}]") == Names{"a/x.sh"});
  CHECK(scene.mounts_of("[{type: volume, source: data, target: /x}]").empty());
  CHECK(scene.mounts_of("['data:/data', '/etc/x:/x', '../x:/x', '$X/x:/x', /anonymous]").empty());
}

TEST_CASE("ComposeFile: a file that the reader refuses says nothing", "[config][compose_file]") {
  ComposeScene scene;
  scene.file("compose.yml", "services:\n  web: {volumes: ['./x:/x']}\n");
  scene.file("compose.override.yml", "x: &a {}\n");
  CHECK_THAT(scene.facts().unread, StartsWith("compose.override.yml:1:4: anchors"));
  CHECK(scene.facts().mounts.empty());
  for (const char* odd : {"", "services:\n", "services: [a]\n", "services: {web: }\n",
                          "services: {web: {ports: 8080, volumes: {}, healthcheck: []}}\n"}) {
    scene.file("compose.override.yml", odd);
    CAPTURE(odd);
    CHECK(scene.facts().unread.empty());
  }
}
