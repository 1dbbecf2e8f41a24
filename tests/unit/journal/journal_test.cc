// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include "backup/tracked/live_set.h"
#include "base/error.h"
#include "support/catch.h"
#include "unit/deploy/deploy_scene.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

constexpr const char* kFile = "backups/.backstep/journal.json";

struct PhaseRow {
  const char* why;
  std::vector<RecordedFile> recorded;
  std::optional<FileEntry> live;
  bool as_recorded;
};

const ContentHash kOldHash = sha256_of("old");

const std::vector<PhaseRow> kRows = {
    {"not named, and there", {}, entry_for("x", "old"), false},
    {"not named, and not there", {}, std::nullopt, true},
    {"recorded as missing, and there", {{"x", {}, false}}, entry_for("x", "old"), false},
    {"recorded as missing, and missing", {{"x", {}, false}}, std::nullopt, true},
    {"recorded, and gone", {{"x", kOldHash, true}}, std::nullopt, false},
    {"another content", {{"x", kOldHash, true}}, entry_for("x", "new"), false},
    {"no longer executable", {{"x", kOldHash, true}}, entry_for("x", "old", 0644), false},
    {"executable now", {{"x", kOldHash, false}}, entry_for("x", "old", 0755), false},
    {"kept as newer work", {{"x", kOldHash, true, true}}, entry_for("x", "old"), false},
    {"kept though missing", {{"x", {}, false, true}}, std::nullopt, false},
    {"a directory in its place, which a killed restore removed", {{"x", kNoContent, false}}, std::nullopt, true},
    {"the same", {{"x", kOldHash, true}}, entry_for("x", "old"), true},
    {"the same but for bits that no version counts", {{"x", kOldHash, true}}, entry_for("x", "old", 0700), true},
    {"found among others", {{"a", {}, false}, {"x", kOldHash, true}, {"z", {}, false}}, entry_for("x", "old"), true},
};

}  // namespace

TEST_CASE("Journal: a file is as recorded, or it is somebody's newer work", "[journal][journal]") {
  for (const PhaseRow& row : kRows) {
    CAPTURE(row.why);
    CHECK(is_as_recorded(row.recorded, "x", row.live ? &*row.live : nullptr) == row.as_recorded);
  }
}

TEST_CASE("Journal: a damaged one is refused by name", "[journal][journal]") {
  const DeployScene scene;
  const Store store = scene.store();
  scene.temp.write(kFile, "{\"backstep\":");
  try {
    load_journal(store);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kDamaged);
    CHECK_THAT(error.message(), Contains("cannot use the journal 'backups/.backstep/journal.json'"));
  }
}

TEST_CASE("Journal: none is none, also where only the original wrote", "[journal][journal]") {
  const DeployScene scene;
  scene.temp.write("backups/2024-03-10_14-23-00/a_entrypoint.sh", "x");
  const auto only_the_originals = Store::open_existing(scene.workspace, scene.context.place);
  REQUIRE(only_the_originals);
  CHECK_FALSE(load_journal(*only_the_originals));
  const Store store = scene.store();
  CHECK_FALSE(load_journal(store));
  CHECK_NOTHROW(remove_journal(store));
}

TEST_CASE("Journal: the last phase counts, until it is removed", "[journal][journal]") {
  const DeployScene scene;
  const Store store = scene.store();
  Journal journal = journal_of_run();
  save_journal(store, journal);
  journal.phase = Phase::kDeploying;
  save_journal(store, journal);
  CHECK(load_journal(store)->phase == Phase::kDeploying);
  remove_journal(store);
  CHECK_FALSE(scene.temp.has(kFile));
}

TEST_CASE("Journal: from when on services may run the new version", "[journal][journal]") {
  Journal journal = journal_of_run();
  const auto may_have_begun = [&](Phase phase) {
    journal.phase = phase;
    return journal.deploy_may_have_begun();
  };
  CHECK_FALSE(may_have_begun(Phase::kArmed));
  CHECK_FALSE(may_have_begun(Phase::kGenerated));
  CHECK(may_have_begun(Phase::kDeploying));
  CHECK(may_have_begun(Phase::kDeployed));
  journal.guard_until = 1;
  CHECK(may_have_begun(Phase::kArmed));
}

TEST_CASE("Journal: a record names what lies there and what does not", "[journal][journal]") {
  const std::vector<RecordedFile> recorded =
      record_of({entry_for("a", "old", 0755), entry_for("b", "old", 0644), absent_entry("c")});
  CHECK(recorded == std::vector<RecordedFile>{{"a", kOldHash, true}, {"b", kOldHash, false}, {"c", {}, false}});
}
