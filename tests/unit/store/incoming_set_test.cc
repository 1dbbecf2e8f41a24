// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include "store/sets/set_reader.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Fate = ImportedSet::Fate;

namespace {

const SetRef kIncoming{Shelf::kBackups, "2024-03-10_14-23-00"};

struct Sent {
  std::string path;
  std::string text;
};

ImportedSet take_all(ImportGround& ground, const std::vector<Sent>& files, const SetRef& ref = kIncoming) {
  std::string bytes;
  TarWriter tar("x.tar", [&](std::string_view piece) { bytes += piece; });
  for (const Sent& file : files) {
    tar.add_text({.name = archive_name(ref, file.path), .mode = 0644}, file.text);
  }
  tar.finish();
  TarReader archive("x.tar", [&, at = size_t{0}](std::span<char> buffer) mutable {
    const size_t count = bytes.copy(buffer.data(), buffer.size(), at);
    at += count;
    return count;
  });
  IncomingSet set(ground, ref);
  while (const auto entry = archive.next()) {
    set.take(*parse_archive_name(entry->name), *entry, archive);
  }
  return set.finish();
}

ImportGround ground_for(const StoreScene& scene) {
  return {.store = &scene.store,
          .dry_run = false,
          .ids = MergedIds(&scene.store, read_catalog(scene.store)),
          .sets = {},
          .undeclared_left = 100,
          .contents = {},
          .bases = {},
          .renamed = {}};
}

}  // namespace

TEST_CASE("IncomingSet: what its manifest does not say does not come in", "[store][import]") {
  const StoreScene scene;
  ImportGround ground = ground_for(scene);
  const std::string manifest = manifest_text(manifest_for(kIncoming.id, {entry_for(service_path("a"), "script")}));
  const std::string name = "a_entrypoint.sh";
  struct Case {
    std::vector<Sent> files;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {{{"_manifest.jsonl", manifest}}, "missing"},
      {{{"_manifest.jsonl", manifest}, {name, "SCRIPT"}}, "content differs"},
      {{{"_manifest.jsonl", manifest}, {name, "script!"}}, "size 7, not 6"},
      {{{"_manifest.jsonl", manifest}, {name, "script"}, {name, "script"}}, "there twice"},
      {{{"_manifest.jsonl", manifest}, {name, "script"}, {"b", ""}}, "not in the manifest"},
      {{{name, "script"}, {"_manifest.jsonl", manifest}}, "manifest comes after"},
      {{{"_manifest.jsonl", "{}"}}, "_manifest.jsonl"},
      {{{"x", std::string(101, 'x')}}, "too large"},
  };
  const auto& [files, reason] = cases[GENERATE(range(size_t{0}, size_t{8}))];
  CAPTURE(reason);
  const ImportedSet result = take_all(ground, files);
  CHECK(result.fate == Fate::kDamaged);
  CHECK_THAT(result.reason, Contains(reason));
  CHECK(scene.store.backups().list() == std::vector<std::string>{".backstep"});
}

TEST_CASE("IncomingSet: evidence comes in only after what it rests on", "[store][import]") {
  const StoreScene scene;
  ImportGround ground = ground_for(scene);
  const SetRef ref{Shelf::kFailed, "2024-03-10_14-25-00"};
  FileEntry stays = entry_for(service_path("a"), "script");
  const std::vector<Sent> base = {{"_manifest.jsonl", manifest_text(manifest_for(kIncoming.id, {stays}))},
                                  {stays.stored, "script"}};
  stays.in_base = true;
  Manifest manifest = manifest_for(ref.id, {stays});
  manifest.base = uid_of(kIncoming.id);
  const std::vector<Sent> evidence = {{"_manifest.jsonl", manifest_text(manifest)}};

  const auto refused = [&](const std::vector<Sent>& files) {
    const ImportedSet result = take_all(ground, files, ref);
    CHECK(result.fate == Fate::kNoBase);
    return result.reason;
  };
  CHECK(refused(evidence) == "it rests on " + uid_of(kIncoming.id) + ", which is not here");
  ground.sets[uid_of(kIncoming.id)] = {kIncoming, false, ""};  // removed meanwhile
  CHECK_THAT(refused(evidence), Contains("which is not whole here: no backup"));
  ground.sets.clear();
  CHECK(take_all(ground, base).fate == Fate::kCameIn);
  manifest.files[0].sha256 = sha256_of("SCRIPT");
  CHECK_THAT(refused({{"_manifest.jsonl", manifest_text(manifest)}}), Contains("which holds other files here"));
  ground.bases.clear();
  const std::string stored = "backups/" + kIncoming.id + "/" + stays.stored;
  scene.temp.write(stored, "rotten");
  CHECK_THAT(refused(evidence), Contains("which is not whole here: a_entrypoint.sh: content"));
  ground.dry_run = true;
  CHECK_THAT(refused(evidence), Contains("which is not whole here"));
  ground.dry_run = false;
  scene.temp.write(stored, "script");
  CHECK(take_all(ground, evidence, ref).fate == Fate::kCameIn);
  CHECK(verify_set(read_set(scene.store, ref, original_patterns())).empty());
  CHECK_THAT(
      take_all(ground, {{"_manifest.jsonl", manifest_text(manifest)}}, {Shelf::kBackups, "2024-03-10_14-26-00"}).reason,
      Contains("only failed files have"));
}

TEST_CASE("IncomingSet: a manifest with files below a file is refused", "[store][import]") {
  const StoreScene scene;
  ImportGround ground = ground_for(scene);
  const std::string manifest = manifest_text(manifest_for(kIncoming.id, {entry_for("a", ""), entry_for("a/b", "")}));
  CHECK_THAT(take_all(ground, {{"_manifest.jsonl", manifest}}).reason, Contains("files below it"));
}

TEST_CASE("IncomingSet: too many notes are refused", "[store][import]") {
  const StoreScene scene;
  ImportGround ground = ground_for(scene);
  std::vector<Sent> files = {{"_manifest.jsonl", manifest_text(manifest_for(kIncoming.id))}};
  for (int i = 0; i < 17; ++i) files.push_back({"_note" + std::to_string(i), "x"});
  CHECK_THAT(take_all(ground, files).reason, Contains("more than 16 notes"));
}

TEST_CASE("IncomingSet: an unverified set is there already, or another", "[store][import]") {
  const StoreScene scene;
  ImportGround ground = ground_for(scene);
  CHECK(take_all(ground, {{"a_entrypoint.sh", "x"}}).fate == Fate::kCameIn);
  CHECK(take_all(ground, {{"a_entrypoint.sh", "x"}}).fate == Fate::kAlreadyThere);
  CHECK(take_all(ground, {{"a_entrypoint.sh", "y"}}).fate == Fate::kClash);
  CHECK(scene.temp.read("backups/" + kIncoming.id + "/a_entrypoint.sh") == "x");
}
