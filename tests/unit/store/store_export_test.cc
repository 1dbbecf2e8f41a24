// SPDX-License-Identifier: Apache-2.0
#include "store/archive/archive.h"

#include "base/error.h"
#include "store/retention/retention.h"
#include "stored_sets.h"
#include "support/catch.h"
#include "support/recording_progress.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const SetRef kExportedRef{Shelf::kBackups, "2024-03-10_14-23-00"};

Exported exported_to(std::string& bytes, const Store& store, const std::function<void()>& go_on) {
  TarWriter tar("x.tar", [&](std::string_view piece) { bytes += piece; });
  Exported exported = export_store(store, original_patterns(), tar, go_on);
  tar.finish();
  return exported;
}

}  // namespace

TEST_CASE("StoreExport: a set that a retention takes before its turn is not in it", "[store][export]") {
  const StoreScene scene;
  scene.publish(kExportedRef, "script");
  std::string bytes;
  int calls = 0;
  const int removed_at = GENERATE(1, 2);
  const auto go_on = [&] {
    if (++calls == removed_at) prune_sets(scene.store, {kExportedRef});
  };
  const Exported exported = exported_to(bytes, scene.store, go_on);
  CHECK(exported.left_out.empty());
  // In the second case its file was open already: what was begun is as the manifest says.
  CHECK(exported.sets.size() == (removed_at == 1 ? 0 : 1));
}

TEST_CASE("StoreExport: a set that goes while it is written is an error that names it", "[store][export]") {
  const StoreScene scene;
  SetWriter writer(scene.store, kExportedRef, 2);
  Manifest manifest =
      manifest_for(kExportedRef.id, {entry_for(service_path("a"), "one"), entry_for(service_path("b"), "two")});
  for (FileEntry& file : manifest.files) {
    scene.temp.write("source", file.path == service_path("a") ? "one" : "two");
    writer.add_copy(file, scene.workspace.directory.open_file("source").get());
  }
  writer.publish(manifest);
  std::string bytes;
  int calls = 0;
  const auto go_on = [&] {
    if (++calls == 2) prune_sets(scene.store, {kExportedRef});
  };
  REQUIRE_THROWS_WITH(exported_to(bytes, scene.store, go_on), Contains(kExportedRef.id) && Contains("removed while"));
}

TEST_CASE("StoreExport: what changes under its hands is no archive", "[store][export]") {
  const StoreScene scene;
  scene.publish(kExportedRef, "script");
  std::string bytes;
  int calls = 0;
  const auto go_on = [&] {
    if (++calls == 2) {
      scene.temp.write("backups/" + kExportedRef.id + "/action_service_entrypoint.sh", "SCRIPT");
    }
  };
  REQUIRE_THROWS_WITH(exported_to(bytes, scene.store, go_on), Contains("changed while"));
}

TEST_CASE("StoreExport: a damaged set is left out", "[store][export]") {
  const StoreScene scene;
  scene.publish(kExportedRef, "script");
  scene.publish({Shelf::kGood, "2024-03-10_14-23-01"}, "other");
  scene.temp.write("backups/" + kExportedRef.id + "/action_service_entrypoint.sh", "SCRIPT");
  std::string bytes;
  const Exported exported = exported_to(bytes, scene.store, [] {});
  REQUIRE(exported.left_out.size() == 1);
  CHECK(exported.left_out[0].label == kExportedRef.id);
  CHECK(exported.sets == std::vector<std::string>{"2024-03-10_14-23-01"});
  CHECK(bytes.find(kExportedRef.id) == std::string::npos);
}

TEST_CASE("StoreExport: who watches is told of each file of all sets", "[store][export]") {
  const StoreScene scene;
  scene.publish(kExportedRef, "script");
  scene.publish({Shelf::kGood, "2024-03-10_14-23-01"}, "another");
  RecordingProgress progress;
  TarWriter tar("x.tar", [](std::string_view) {});
  export_store(
      scene.store, original_patterns(), tar, [] {}, &progress);
  CHECK(progress.told == std::vector<std::string>{"exporting 2 file: 2, 13 B"});
}
