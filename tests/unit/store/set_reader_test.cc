// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_reader.h"

#include <sys/stat.h>

#include "base/error.h"
#include "stored_sets.h"
#include "support/catch.h"
#include "support/recording_progress.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const SetRef kReadRef{Shelf::kBackups, "2024-03-10_14-23-00"};
const std::string kReadDirectory = "backups/2024-03-10_14-23-00/";
const std::string kStored = kReadDirectory + "action_service_entrypoint.sh";

ExitCode code_of_reading(const StoreScene& scene, const SetRef& ref, const std::string& reason) {
  try {
    read_set(scene.store, ref, original_patterns());
  } catch (const Error& error) {
    CHECK_THAT(error.message(), Contains(reason));
    return error.code();
  }
  return ExitCode::kOk;
}

std::vector<std::string> problems(const StoreScene& scene) {
  return verify_set(read_set(scene.store, kReadRef, original_patterns()));
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("SetReader: a set that is not there is a usage error", "[store][reader]") {
  const StoreScene scene;
  REQUIRE(code_of_reading(scene, kReadRef, "no backup '2024-03-10_14-23-00' in 'backups' (see 'list')") ==
          ExitCode::kUsage);
  REQUIRE(code_of_reading(scene, {Shelf::kFailed, kReadRef.id}, "no backup 'failed/2024") == ExitCode::kUsage);
  REQUIRE(code_of_reading(scene, {Shelf::kBackups, "../backups"}, "no backup") == ExitCode::kUsage);
}

TEST_CASE("SetReader: a damaged manifest is named", "[store][reader]") {
  const StoreScene scene;
  scene.publish(kReadRef, "script");
  SECTION("cut") {
    scene.temp.write(kReadDirectory + "_manifest.jsonl", "{\"backstep\":\"manifest\"");
    REQUIRE(code_of_reading(scene, kReadRef, "'backups/2024-03-10_14-23-00/_manifest.jsonl' line 1") ==
            ExitCode::kDamaged);
  }
  SECTION("a symlink") {
    std::filesystem::remove(scene.temp / (kReadDirectory + "_manifest.jsonl"));
    std::filesystem::create_symlink("/etc/passwd", scene.temp / (kReadDirectory + "_manifest.jsonl"));
    REQUIRE(code_of_reading(scene, kReadRef, "_manifest.jsonl") == ExitCode::kDamaged);
  }
}

TEST_CASE("SetReader: a renamed set is still the same", "[store][reader]") {
  const StoreScene scene;
  scene.publish(kReadRef, "script");
  std::filesystem::rename(scene.temp / kReadDirectory, scene.temp / "backups/2024-03-11_00-00-00");
  const SetRef renamed{Shelf::kBackups, "2024-03-11_00-00-00"};
  const StoredSet set = read_set(scene.store, renamed, original_patterns());
  REQUIRE(set.manifest.id == renamed.id);
  REQUIRE(set.recorded() == RecordedSet{uid_of(kReadRef.id), renamed});
  REQUIRE(verify_set(set).empty());
}

TEST_CASE("SetReader: good and failed sets need their manifest", "[store][reader]") {
  const StoreScene scene;
  scene.temp.write("backups/.backstep/good/" + kReadRef.id + "/action_service_entrypoint.sh", "x");
  REQUIRE(code_of_reading(scene, {Shelf::kGood, kReadRef.id}, "missing") == ExitCode::kDamaged);
}

TEST_CASE("SetReader: a backup that rests on another set is refused", "[store][reader]") {
  const StoreScene scene;
  Manifest manifest = manifest_for(kReadRef.id);
  manifest.base = uid_of("2024-03-10_14-22-00");
  SetWriter(scene.store, kReadRef, 0).publish(manifest);
  REQUIRE_THROWS_WITH(read_set(scene.store, kReadRef, original_patterns()),
                      backstep::test::matchers::Contains("names a base, which only failed files have"));
}

TEST_CASE("SetReader: each kind of damage is one line", "[store][reader]") {
  const StoreScene scene;
  scene.publish(kReadRef, "script");
  REQUIRE(problems(scene).empty());
  SECTION("content") {
    scene.temp.write(kStored, "scrapt");
    REQUIRE(problems(scene) == Lines{"action_service_entrypoint.sh: content differs from the manifest"});
  }
  SECTION("size") {
    scene.temp.write(kStored, "script, longer");
    REQUIRE(problems(scene) == Lines{"action_service_entrypoint.sh: size 14, not 6"});
  }
  SECTION("missing") {
    std::filesystem::remove(scene.temp / kStored);
    REQUIRE(problems(scene) == Lines{"action_service_entrypoint.sh: missing"});
  }
  SECTION("a symlink to the right content") {
    scene.temp.write("same", "script");
    std::filesystem::remove(scene.temp / kStored);
    std::filesystem::create_symlink(scene.temp / "same", scene.temp / kStored);
    REQUIRE(problems(scene) == Lines{"action_service_entrypoint.sh: not a regular file"});
  }
  SECTION("a FIFO does not block") {
    std::filesystem::remove(scene.temp / kStored);
    REQUIRE(mkfifo((scene.temp / kStored).c_str(), 0600) == 0);
    REQUIRE(problems(scene) == Lines{"action_service_entrypoint.sh: not a regular file"});
  }
  SECTION("files that nobody stored") {
    scene.temp.write(kReadDirectory + "b_entrypoint.sh", "x");
    scene.temp.write(kReadDirectory + "_files/a/new\nline", "x");
    scene.temp.write(kReadDirectory + "_output.txt", "ours");
    REQUIRE(problems(scene) ==
            Lines{"_files/a/new\\x0aline: not in the manifest", "b_entrypoint.sh: not in the manifest"});
  }
}

TEST_CASE("SetReader: lost modes are no damage", "[store][reader]") {
  const StoreScene scene;
  scene.publish(kReadRef, "script");
  std::filesystem::permissions(scene.temp / kStored, std::filesystem::perms{0600});
  REQUIRE(problems(scene).empty());
  const StoredSet set = read_set(scene.store, kReadRef, original_patterns());
  REQUIRE(set.manifest.files[0].mode == 0755);
  REQUIRE_FALSE(set.unverified);
}

TEST_CASE("SetReader: a stored file is opened by its stored name", "[store][reader]") {
  const StoreScene scene;
  scene.publish(kReadRef, "script");
  const StoredSet set = read_set(scene.store, kReadRef, original_patterns());
  REQUIRE(sha256_of_file(set.open(set.manifest.files[0]).fd.get(), "x", 6) == sha256_of("script"));
}

TEST_CASE("SetReader: a directory of the original is read as the original read it", "[store][reader]") {
  const StoreScene scene;
  scene.temp.write(kReadDirectory + "b_entrypoint.sh", "b", 0755);
  scene.temp.write(kReadDirectory + "a-b_entrypoint.sh", "ab", 0644);
  scene.temp.write(kReadDirectory + "a_entrypoint.sh", "a", 04755);
  scene.temp.write(kReadDirectory + "README", "x");
  scene.temp.write(kReadDirectory + "_entrypoint.sh", "x");
  scene.temp.write(kReadDirectory + ".x_entrypoint.sh", "x");
  scene.temp.write(kReadDirectory + "x_entrypoint.sh_entrypoint.sh", "x");
  scene.temp.write(kReadDirectory + "d_entrypoint.sh/file", "x");
  std::filesystem::create_symlink("/etc/passwd", scene.temp / (kReadDirectory + "l_entrypoint.sh"));
  Patterns patterns = original_patterns();
  patterns.files = {"docker-compose.yml"};

  const StoredSet set = read_set(scene.store, kReadRef, patterns);
  REQUIRE(set.unverified);
  REQUIRE(set.manifest.patterns.files.empty());
  REQUIRE(set.manifest.id == kReadRef.id);
  REQUIRE(set.manifest.time == 1710080580);
  std::string found;
  for (const FileEntry& file : set.manifest.files) found += file.path + ' ' + file.stored + '\n';
  REQUIRE(found ==
          "services/a-b/entrypoint.sh a-b_entrypoint.sh\n"
          "services/a/entrypoint.sh a_entrypoint.sh\n"
          "services/b/entrypoint.sh b_entrypoint.sh\n");
  REQUIRE(set.manifest.files[0].mode == 0644);
  REQUIRE(set.manifest.files[1].mode == 0755);
  REQUIRE(set.manifest.files[1].sha256 == sha256_of("a"));
  REQUIRE(set.manifest.digest == set_digest(set.manifest.files));
  REQUIRE(verify_set(set).empty());
}

TEST_CASE("SetReader: a set that is not there, or damaged, is not whole", "[store][set_reader]") {
  const StoreScene scene;
  REQUIRE_FALSE(why_not_whole(scene.store, kReadRef, original_patterns()).empty());
  scene.publish(kReadRef, "x");
  REQUIRE(why_not_whole(scene.store, kReadRef, original_patterns()).empty());
  scene.temp.write(kReadDirectory + "action_service_entrypoint.sh", "y", 0755);
  REQUIRE_FALSE(why_not_whole(scene.store, kReadRef, original_patterns()).empty());
  scene.temp.write(kReadDirectory + "_manifest.jsonl", "torn", 0600);
  REQUIRE_FALSE(why_not_whole(scene.store, kReadRef, original_patterns()).empty());
}

TEST_CASE("SetReader: each file that is verified is told", "[store][reader]") {
  const StoreScene scene;
  scene.publish(kReadRef, "script");
  RecordingProgress progress;
  {
    Work work(&progress, {.doing = "verifying", .count = 1});
    verify_set(read_set(scene.store, kReadRef, original_patterns()), &work);
  }
  CHECK(progress.told == Lines{"verifying 1 file: 1, 6 B"});
}
