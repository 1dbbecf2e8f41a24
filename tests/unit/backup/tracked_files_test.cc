// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/tracked_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <random>
#include "base/error.h"
#include "base/text.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"
#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::Equals;

namespace {

struct TrackedScene {
  TempDir temp;
  Patterns patterns = original_patterns();
  StorePlace place{"backups", false, "backups"};

  TrackedFiles find(Oddities oddities = Oddities::kRefuse) const {
    const Workspace workspace = workspace_at(temp.path());
    return find_tracked_files({workspace, patterns, place}, oddities);
  }
  void script(const std::string& service, unsigned mode = 0755) const {
    temp.write("services/" + service + "/entrypoint.sh", "x", mode);
  }
  std::string present(Oddities oddities = Oddities::kRefuse) const { return joined(find(oddities).paths(), " "); }
  std::string refusal() const {
    try {
      return "not refused: " + present();
    } catch (const Error& error) {
      return error.code() == ExitCode::kBackupFailed ? error.message() : "another exit code";
    }
  }
};

// Small trees and patterns, so that they meet.
class RandomScene {
 public:
  explicit RandomScene(unsigned seed) : random_(seed) {
    for (int i = number(4, 14); i > 0; --i) scene.temp.write(path(), "x");
    scene.patterns.services_dirs = patterns(1, 2);
    scene.patterns.files = patterns(0, 2);
    scene.patterns.exclude = patterns(0, 1);
    scene.patterns.entrypoint_file = number(0, 2) == 0 ? "a/e" : "e";
  }

  TrackedScene scene;

 private:
  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  std::string one_of(const std::vector<std::string>& words) {
    return words[static_cast<size_t>(number(0, static_cast<int>(words.size()) - 1))];
  }
  // A name has its kind, so that no file lies where a directory is due.
  std::string path() {
    std::string result;
    for (int i = number(0, 3); i > 0; --i) result += one_of({"a", "b", "ab", ".h"}) + "/";
    return result + one_of({"e", "f", "e.f", ".i", "backstep.yml"});
  }
  std::vector<std::string> patterns(int least, int most) {
    std::vector<std::string> result;
    for (int i = number(least, most); i > 0; --i) {
      std::string pattern;
      for (int part = number(0, 2); part > 0; --part) {
        pattern += one_of({"a", "b", "*", "**", "?", "a*", ".h", ".*", "[!a]*"}) + "/";
      }
      result.push_back(pattern + one_of({"a", "e", "*", "**", "e*", ".*", "?"}));
    }
    return result;
  }

  std::mt19937 random_;
};

// Every file of the tree that the scope says it looks for.
std::vector<std::string> looked_for(const TrackedScene& scene) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scene.temp.path())) {
    if (!entry.is_regular_file()) continue;
    std::string path = entry.path().string().substr(scene.temp.path().size() + 1);
    if (scene.patterns.looks_for(path)) paths.push_back(std::move(path));
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("TrackedFiles: what is found is what the scope says that it looks for", "[backup][tracked]") {
  size_t compared = 0;
  size_t files = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    const RandomScene random(seed);
    const TrackedScene& scene = random.scene;
    std::vector<std::string> found;
    try {
      found = scene.find().paths();
    } catch (const Error&) {
      continue;  // a literal path that is excluded or a directory, two services of one name
    }
    CAPTURE(seed, joined(scene.patterns.services_dirs, " "), joined(scene.patterns.files, " "),
            joined(scene.patterns.exclude, " "), scene.patterns.entrypoint_file);
    REQUIRE(found == looked_for(scene));
    ++compared;
    files += found.size();
  }
  CHECK(compared > 900);
  CHECK(files > 500);
}

TEST_CASE("TrackedFiles: a service that is a symlink is named and left out", "[backup][tracked]") {
  const TrackedScene scene;
  scene.temp.write("elsewhere/entrypoint.sh", "x");
  scene.script("a");
  std::filesystem::create_directory_symlink("../elsewhere", scene.temp / "services/linked");
  const TrackedFiles found = scene.find();
  CHECK(found.paths() == std::vector<std::string>{"services/a/entrypoint.sh"});
  CHECK(found.paths(TrackedFile::Kind::kUnstored) == std::vector<std::string>{"services/linked"});
  REQUIRE(found.warnings.size() == 1);
  CHECK_THAT(found.warnings[0], Contains("services/linked is left out") && Contains("symlink"));
}

TEST_CASE("TrackedFiles: a symlink beside the services that leads to no directory is nobody's", "[backup][tracked]") {
  const TrackedScene scene;
  scene.script("a");
  scene.temp.write("README", "");
  std::filesystem::create_symlink("../README", scene.temp / "services/README");
  std::filesystem::create_symlink("nowhere", scene.temp / "services/dangling");
  CHECK(scene.present() == "services/a/entrypoint.sh");
}

TEST_CASE("TrackedFiles: a script that is no regular file is refused, or reported as odd", "[backup][tracked]") {
  const TrackedScene scene;
  const std::string path = "services/a/entrypoint.sh";
  std::filesystem::create_directories(scene.temp / "services/a");
  std::string named;
  SECTION("a symlink") {
    scene.temp.write("target", "x");
    std::filesystem::create_symlink("../../target", scene.temp / path);
    named = "it is a symlink";
  }
  SECTION("a directory") {
    std::filesystem::create_directory(scene.temp / path);
    named = "it is a directory";
  }
  SECTION("a FIFO") {
    mkfifo((scene.temp / path).c_str(), 0600);
    named = "it is a FIFO";
  }
  CHECK_THAT(scene.refusal(), Contains("'" + path + "'") && Contains(named));
  const TrackedFiles reported = scene.find(Oddities::kReport);
  CHECK(reported.paths(TrackedFile::Kind::kOdd) == std::vector{path});
  CHECK(reported.files.size() == 1);
}

TEST_CASE("TrackedFiles: what a name and a wildcard both meet is found once, by its name", "[backup][tracked]") {
  TrackedScene scene;
  scene.temp.write("conf/plain", "");
  std::filesystem::create_symlink("plain", scene.temp / "conf/link");
  scene.patterns.files = {"conf/*", "conf/link", "conf/plain"};
  const TrackedFiles found = scene.find(Oddities::kReport);
  CHECK(found.files.size() == 2);
  CHECK(found.paths(TrackedFile::Kind::kOdd) == std::vector<std::string>{"conf/link"});
  CHECK(found.paths() == std::vector<std::string>{"conf/plain"});
}

TEST_CASE("TrackedFiles: setuid and setgid are refused", "[backup][tracked]") {
  const TrackedScene scene;
  scene.script("a");
  const unsigned mode = GENERATE(04755U, 02755U);
  REQUIRE(chmod((scene.temp / "services/a/entrypoint.sh").c_str(), mode) == 0);
  CHECK_THAT(scene.refusal(), Contains("'services/a/entrypoint.sh'") && Contains("setuid"));
}

TEST_CASE("TrackedFiles: what only a wildcard names is left out where it cannot be stored", "[backup][tracked]") {
  TrackedScene scene;
  scene.temp.write("conf/a\xff", "x");
  scene.temp.write("conf/ok", "x");
  scene.temp.write("conf/setuid", "x", 0755);
  REQUIRE(chmod((scene.temp / "conf/setuid").c_str(), 04755) == 0);
  std::filesystem::create_symlink("ok", scene.temp / "conf/link");
  mkfifo((scene.temp / "conf/pipe").c_str(), 0600);
  scene.patterns.files = {"conf/*"};
  const TrackedFiles found = scene.find();
  CHECK(found.paths() == std::vector<std::string>{"conf/ok"});
  CHECK(found.paths(TrackedFile::Kind::kUnstored) == std::vector<std::string>{"conf/link", "conf/pipe", "conf/setuid"});
  CHECK(found.warnings.size() == 4);
  scene.patterns.files = {"conf/link"};
  CHECK_THAT(scene.refusal(), Contains("'conf/link'") && Contains("it is a symlink"));
}

TEST_CASE("TrackedFiles: a service whose name cannot be stored is left out if it has a script", "[backup][tracked]") {
  const TrackedScene scene;
  scene.script("a");
  const std::string name =
      GENERATE(as<std::string>(), "with space", "-dash", ".hidden", "x_entrypoint.sh", std::string(65, 'n'));
  SECTION("with a script") {
    scene.script(name);
    const TrackedFiles found = scene.find();
    CHECK(found.paths() == std::vector<std::string>{"services/a/entrypoint.sh"});
    CHECK(found.paths(TrackedFile::Kind::kUnstored) == std::vector<std::string>{"services/" + name});
    CHECK_THAT(found.warnings.at(0), Contains(name) && Contains("service names are"));
  }
  SECTION("without one it is no service") {
    std::filesystem::create_directories(scene.temp / ("services/" + name));
    const TrackedFiles found = scene.find();
    CHECK(found.paths() == std::vector<std::string>{"services/a/entrypoint.sh"});
    CHECK(found.paths(TrackedFile::Kind::kAbsent).empty());
  }
}

TEST_CASE("TrackedFiles: a literal path in the store or in .git is refused, a glob passes over it",
          "[backup][tracked]") {
  TrackedScene scene;
  scene.temp.write("backups/x.conf", "");
  scene.temp.write(".git/config", "");
  SECTION("literal") {
    scene.patterns.files = {GENERATE("backups/x.conf", ".git/config")};
    CHECK_THAT(scene.refusal(), Contains("it lies in the store or in .git"));
  }
  SECTION("glob") {
    scene.temp.write("nginx/x.conf", "");
    scene.temp.write("backups-of-mine/x.conf", "");
    scene.patterns.files = {"**/x.conf", ".git/*"};
    CHECK(scene.present() == "backups-of-mine/x.conf nginx/x.conf");
  }
}

TEST_CASE("TrackedFiles: a store among the services is no service", "[backup][tracked]") {
  TrackedScene scene;
  scene.script("a");
  scene.script("backups");
  scene.place = {"services/backups", false, "services/backups"};
  CHECK(scene.present() == "services/a/entrypoint.sh");
}

TEST_CASE("TrackedFiles: a store at an absolute place excludes nothing here", "[backup][tracked]") {
  TrackedScene scene;
  scene.temp.write("backups/x.conf", "");
  scene.patterns.files = {"backups/x.conf"};
  scene.place = {"/somewhere/backups", true, "/somewhere/backups"};
  CHECK(scene.present() == "backups/x.conf");
}

TEST_CASE("TrackedFiles: a literal path that is not there is absent, and warned about", "[backup][tracked]") {
  TrackedScene scene;
  scene.script("a");
  scene.patterns.files = {"docker-compose.yml", "*.conf"};
  const TrackedFiles found = scene.find();
  CHECK(found.paths(TrackedFile::Kind::kAbsent) == std::vector<std::string>{"docker-compose.yml"});
  REQUIRE(found.warnings.size() == 2);
  CHECK_THAT(found.warnings[0], Equals("docker-compose.yml (from 'files') does not exist"));
  CHECK_THAT(found.warnings[1], Equals("*.conf (from 'files') matches no file"));
}

TEST_CASE("TrackedFiles: a service without its script is absent", "[backup][tracked]") {
  const TrackedScene scene;
  scene.script("a");
  std::filesystem::create_directories(scene.temp / "services/new_service");
  const TrackedFiles found = scene.find();
  CHECK(found.paths() == std::vector<std::string>{"services/a/entrypoint.sh"});
  CHECK(found.paths(TrackedFile::Kind::kAbsent) == std::vector<std::string>{"services/new_service/entrypoint.sh"});
  CHECK(found.warnings.empty());
}

TEST_CASE("TrackedFiles: without services_dir it says so", "[backup][tracked]") {
  const TrackedScene scene;
  CHECK(scene.find().services_dir_missing);
  std::filesystem::create_directories(scene.temp / "services");
  CHECK_FALSE(scene.find().services_dir_missing);
}

TEST_CASE("TrackedFiles: plain files among the services are passed over", "[backup][tracked]") {
  const TrackedScene scene;
  scene.script("b");
  scene.script("a");
  scene.temp.write("services/README.md", "");
  scene.temp.write("services/a/deeper/entrypoint.sh", "");
  CHECK(scene.present() == "services/a/entrypoint.sh services/b/entrypoint.sh");
}

TEST_CASE("TrackedFiles: a file that two patterns name counts once", "[backup][tracked]") {
  TrackedScene scene;
  scene.script("a");
  scene.temp.write("nginx/a.conf", "");
  scene.patterns.files = {"nginx/*.conf", "nginx/a.conf", "services/*/entrypoint.sh"};
  CHECK(scene.present() == "nginx/a.conf services/a/entrypoint.sh");
}

TEST_CASE("TrackedFiles: nothing beneath .git or the store is ever tracked", "[backup][tracked]") {
  const StorePlace store{.path = "state/backups", .absolute = false, .display = ""};
  for (const char* path :
       {".git", ".git/hooks/x", "sub/.git/config", ".github/x", "backstep.yml", "state/backups", "state/backups/x"}) {
    CAPTURE(path);
    CHECK(never_tracked(path, store));
  }
  for (const char* path : {".githubs/x", "a.git/x", "state/backups2", "state"}) {
    CAPTURE(path);
    CHECK_FALSE(never_tracked(path, store));
  }
  CHECK_FALSE(never_tracked("backups/x", {.path = "/backups", .absolute = true, .display = ""}));
}
