// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/workspace.h"
#include "store/file_entry.h"
#include "store/set_id.h"
#include "store/store.h"

namespace backstep {

// While a run is open, `journal.json` says how far it came. Each phase is durable before what it
// names begins, so after a kill or a power cut the journal is never behind the disk:
//
//   armed ─▶ generated ─▶ deploying ─▶ deployed ─▶ accepted ─▶ (gone)
//     └──────────┴────────────┴────────────┴─────▶ restoring ─▶ restored ─▶ (gone)
//
// `accepted` is the commit point: nothing restores from there on. In a begun run `armed` means that
// a deploy may have begun, for its steps run outside.
enum class Phase { kArmed, kGenerated, kDeploying, kDeployed, kAccepted, kRestoring, kRestored };
std::string_view name_of(Phase phase);

// A file as the journal last recorded it: enough to know it again.
struct RecordedFile {
  std::string path;
  std::string sha256;  // "" = it was not there
  bool executable = false;
  bool kept = false;  // left alone by the restore that is under way: it is newer work
  bool operator==(const RecordedFile&) const = default;
};

// What a manual rollback was asked for; an automatic restore is exact and whole.
struct RestoreScope {
  bool exact = true;
  bool recreate_services = true;
  std::vector<std::string> only_services;
};

struct Journal {
  static constexpr int kFormat = 1;

  std::string run;
  std::string verb;  // run, begin, rollback
  Phase phase = Phase::kArmed;
  std::string owner;
  std::string actor;
  std::string url;
  std::string commit;
  int64_t started = 0;
  int64_t guard_until = 0;  // of a begin; 0 = not begun
  std::string directory;    // where commands run, relative to the workspace
  // As resolved when the run began: whoever settles it needs no configuration.
  Command generate;
  Command deploy;
  Command rollback_command;
  bool rollback_enabled = true;
  RollbackTarget target_policy = RollbackTarget::kAuto;
  HealthCheck health;
  Timeouts timeouts;
  Retention retention;
  Patterns patterns;

  std::string backup;     // id of this run's backup
  std::string stands_in;  // id that takes its place in the target rule, "" = none
  std::string digest;     // of the set that is being tried, known from `generated` on
  bool was_unhealthy_before = false;
  std::optional<std::vector<RecordedFile>> recorded;  // sorted; none = nothing recorded yet

  // From restoring on:
  std::optional<SetRef> target;
  std::string target_reason;
  std::string evidence;  // id of what is being replaced
  bool owed = false;     // the rollback command has not run since the files are back
  std::string failure;   // what failed, for whoever goes on
  RestoreScope scope;    // of a manual rollback
  // From accepted on:
  bool passed_check = false;

  bool begun() const { return guard_until != 0; }
  // Whether services may run what this run brought.
  bool deploy_may_have_begun() const;
};

std::optional<Journal> load_journal(const Store& store);
void save_journal(const Store& store, const Journal& journal);  // durable on return
void remove_journal(const Store& store);                        // durable on return

std::vector<RecordedFile> record_of(const std::vector<FileEntry>& files);
// Whether `live` (null: not there) is as recorded. A path that is not named was not there.
bool is_as_recorded(const std::vector<RecordedFile>& recorded, const std::string& path,
                    const FileEntry* live);

}  // namespace backstep
