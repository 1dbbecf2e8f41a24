// SPDX-License-Identifier: Apache-2.0
#include "store/store_import.h"

#include "base/error.h"
#include "store/set_reader.h"
#include "store/store_export.h"
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

std::string id_of(int second) {
  return "2024-03-10_14-23-" + std::to_string(10 + second);
}

}  // namespace

TEST_CASE("StoreImport: failed when all ids are taken, not when one came in", "[store][import]") {
  const StoreScene from;
  const StoreScene to;
  from.publish({Shelf::kBackups, id_of(0)}, "one");
  to.publish({Shelf::kGood, id_of(0)}, "other");
  CHECK(import_of(archive_of(from.store), &to.store).failed());
  from.publish({Shelf::kBackups, id_of(1)}, "two");
  const Imported imported = import_of(archive_of(from.store), &to.store);
  CHECK_FALSE(imported.failed());
  CHECK(imported.sets[0].fate == Fate::kClash);
  CHECK(imported.sets[1].fate == Fate::kCameIn);
  CHECK_FALSE(to.temp.has("backups/" + id_of(0)));
}

TEST_CASE("StoreImport: an error of the store is no damage", "[store][import]") {
  const StoreScene from;
  const StoreScene to;
  from.publish({Shelf::kFailed, id_of(0)}, "one");
  to.temp.write("backups/.backstep/failed/" + id_of(0), "a file in the way");
  const std::string bytes = archive_of(from.store);
  CHECK_THROWS_WITH(import_of(bytes, &to.store),
                    backstep::test::matchers::StartsWith("import stopped"));
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
