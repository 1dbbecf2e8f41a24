// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <set>

#include "fuzz/fuzz.h"
#include "fuzz/tar_bytes.h"
#include "store/archive/archive.h"
#include "store/sets/set_reader.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

namespace backstep::fuzz {
namespace {

namespace fs = std::filesystem;
using Fate = ImportedSet::Fate;

const Patterns kPatterns{
    .prefix = {}, .services_dirs = {"services"}, .entrypoint_file = "entrypoint.sh", .files = {}, .exclude = {}};

// A workspace with one live file, and an empty store.
struct Scene {
  test::TempDir temp;
  Workspace workspace = test::workspace_at(temp.path());
  StorePlace place{"backups", false, "backups"};
  Store store = Store::open_or_create(workspace, place);

  Scene() { temp.write("live", "live"); }
};

Imported import_of(std::string_view bytes, const Store* store, bool dry_run) {
  size_t at = 0;
  TarReader archive("x.tar", [&](std::span<char> buffer) {
    const size_t count = std::min(buffer.size(), bytes.size() - at);
    bytes.copy(buffer.data(), count, at);
    at += count;
    return count;
  });
  return import_store(store, archive, dry_run);
}

// Top-level names of a directory, those of the store's own kept out.
std::set<std::string> names_in(const std::string& directory) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

void require_nothing_outside(const Scene& scene) {
  require(names_in(scene.temp.path()) == std::set<std::string>{"live", "backups"} && scene.temp.read("live") == "live",
          "an import makes nothing outside the store");
  for (const std::string& name : names_in(scene.temp / "backups")) {
    require(name == ".backstep" || is_set_id(name), "an import makes sets only", name);
  }
  for (const std::string& name : names_in(scene.temp / "backups/.backstep")) {
    const std::set<std::string> known{"good", "failed", "verdicts.jsonl", "history.jsonl", "lock"};
    require(known.contains(name), "an import makes no other record", name);
  }
  for (const auto& entry : fs::recursive_directory_iterator(scene.temp / "backups")) {
    const fs::file_status status = entry.symlink_status();
    require(fs::is_directory(status) || fs::is_regular_file(status), "an import makes plain files",
            entry.path().string());
    require((status.permissions() & fs::perms(07000)) == fs::perms::none, "nothing is setuid", entry.path().string());
  }
}

void require_whole_sets(const Store& store) {
  for (const CatalogEntry& entry : read_catalog(store).entries) {
    require(entry.state == CatalogEntry::State::kComplete || entry.state == CatalogEntry::State::kUnverified,
            "what comes in can be read", entry.trouble);
    const StoredSet set = read_set(store, entry.ref, kPatterns);
    const std::vector<std::string> problems = verify_set(set);
    require(problems.empty(), "what comes in is whole", problems.empty() ? "" : problems.front());
  }
}

void try_archive(std::string_view bytes) {
  const Scene scene;
  Imported first;
  if (!accepts([&] { first = import_of(bytes, &scene.store, false); })) {
    return require_nothing_outside(scene);
  }
  require_nothing_outside(scene);
  require_whole_sets(scene.store);
  require_harmless_line(first.stopped, "why an import stopped is one harmless line");
  for (const ImportedSet& set : first.sets) {
    require_harmless_line(set.reason, "a set's fate is one harmless line");
  }
  const Imported second = import_of(bytes, &scene.store, false);
  require(second.brought_nothing(), "importing again brings nothing");
  require(second.stopped == first.stopped, "importing again ends alike", second.stopped);
}

}  // namespace

void try_input(std::string_view bytes) {
  accepts([&] { import_of(bytes, nullptr, true); });
  try_archive(with_checksums(std::string(bytes)));
}

}  // namespace backstep::fuzz
