// SPDX-License-Identifier: Apache-2.0
#include "store/archive/archive.h"

#include "base/error.h"
#include "store/sets/set_reader.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using Fate = ImportedSet::Fate;

namespace {

std::string archive_of(const Store& store) {
  std::string bytes;
  TarWriter tar("x.tar", [&](std::string_view piece) { bytes += piece; });
  export_store(store, original_patterns(), tar, [] {});
  tar.finish();
  return bytes;
}

Imported import_of(const std::string& bytes, const Store* store, bool dry_run = false) {
  size_t at = 0;
  TarReader archive("x.tar", [&](std::span<char> buffer) {
    const size_t count = std::min(buffer.size(), bytes.size() - at);
    bytes.copy(buffer.data(), count, at);
    at += count;
    return count;
  });
  return import_store(store, archive, dry_run);
}

std::string id_of(int second) { return "2024-03-10_14-23-" + std::to_string(10 + second); }

}  // namespace

TEST_CASE("StoreImport: failed when one set is left out, though another came in", "[store][import]") {
  const StoreScene from;
  const StoreScene to;
  from.publish({Shelf::kBackups, id_of(0)}, "one");
  to.publish({Shelf::kBackups, id_of(0)}, "other");
  from.publish({Shelf::kBackups, id_of(1)}, "two");
  const Imported imported = import_of(archive_of(from.store), &to.store);
  CHECK(imported.failed());
  CHECK(imported.sets[0].fate == Fate::kDamaged);
  CHECK(imported.sets[0].reason == "'" + id_of(0) + "' is this set with other content, and is kept");
  CHECK(imported.sets[1].fate == Fate::kCameIn);
}

TEST_CASE("StoreImport: sets that meet under one ID are both kept, and share what they share", "[store][import]") {
  StoreScene from;
  const StoreScene to;
  from.machine = "the other";
  for (int i = 0; i < 4; ++i) {
    from.publish({Shelf::kBackups, id_of(i)}, "script");
    to.publish({i == 1 ? Shelf::kGood : Shelf::kBackups, id_of(i)}, "here " + std::to_string(i));
  }
  const Imported imported = import_of(archive_of(from.store), &to.store);
  CHECK_FALSE(imported.failed());
  CHECK(imported.count(Fate::kCameIn) == 4);
  CHECK_FALSE(imported.renamed.empty());
  const Catalog catalog = read_catalog(to.store);
  CHECK(catalog.entries.size() == 8);
  for (const CatalogEntry& entry : catalog.entries) {
    CHECK(verify_set(read_set(to.store, entry.ref, original_patterns())).empty());
  }
  CHECK(import_of(archive_of(from.store), &to.store).brought_nothing());
}

TEST_CASE("StoreImport: an error of the store is no damage", "[store][import]") {
  const StoreScene from;
  const StoreScene to;
  from.publish({Shelf::kFailed, id_of(0)}, "one");
  std::filesystem::remove_all(to.temp / "backups/.backstep/failed");
  const std::string bytes = archive_of(from.store);
  CHECK_THROWS_WITH(import_of(bytes, &to.store), backstep::test::matchers::StartsWith("import stopped"));
  CHECK_FALSE(to.temp.has("backups/.backstep/failed/.partial-" + id_of(0)));
}

TEST_CASE("StoreImport: a dry run needs no store", "[store][import]") {
  const StoreScene from;
  from.publish({Shelf::kBackups, id_of(0)}, "one");
  CHECK(import_of(archive_of(from.store), nullptr, true).count(Fate::kCameIn) == 1);
}

TEST_CASE("StoreImport: equal content is shared, not above ten links", "[store][import]") {
  const StoreScene from;
  const StoreScene to;
  for (int i = 0; i < 12; ++i) from.publish({Shelf::kBackups, id_of(i)}, "script");
  const Imported imported = import_of(archive_of(from.store), &to.store);
  CHECK(imported.count(Fate::kCameIn) == 12);
  for (int i = 0; i < 12; ++i) {
    const Directory set = *to.store.find_set({Shelf::kBackups, id_of(i)});
    CHECK(set.status("action_service_entrypoint.sh")->links == (i < 10 ? 10U : 2U));
    const SetRef ref{Shelf::kBackups, id_of(i)};
    CHECK(verify_set(read_set(to.store, ref, original_patterns())).empty());
  }
}
