// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backup/restore/restore_plan.h"
#include "base/json.h"
#include "config/config.h"
#include "config/workspace.h"
#include "store/records/history.h"
#include "store/set_id.h"
#include "store/sets/file_entry.h"
#include "store/store.h"

namespace backstep {

// While a run is open, `journal.json` says how far it came. Each phase is durable before what it names begins, so after
// a kill or a power cut the journal is never behind the disk. A phase in which no command runs is passed over:
//
//   armed ─▶ generated ─▶ deploying ─▶ deployed ─▶ accepted ─▶ (gone)
//     └──────────┴────────────┴────────────┴─────▶ restoring ─▶ restored ─▶ (gone)
//
// `accepted` is the commit point: nothing restores from there on. Nor does anything once a journal at `deploying` has a
// no_return_code; only a kill between the deploy's end and that record is settled like any other deploy that was under
// way. In a begun run `armed` means that a deploy may have begun, for its steps run outside.
enum class Phase { kArmed, kGenerated, kDeploying, kDeployed, kAccepted, kRestoring, kRestored };
std::string_view name_of(Phase phase);

// A file as the journal last recorded it: enough to know it again.
struct RecordedFile {
  std::string path;
  ContentHash sha256 = {};  // empty: it was not there
  bool executable = false;
  bool kept = false;    // left alone by the restore that is under way: it is newer work
  bool unseen = false;  // it could not be looked at, so nothing is known of it and of what is beneath
  bool operator==(const RecordedFile&) const = default;
};

// The directory that a run works in: that of its settings.
struct JournalTree {
  std::string path;  // absolute
  uint64_t device = 0;
  uint64_t inode = 0;
  int64_t birth_ns = 0;  // a directory that was made anew may get the same inode
  bool operator==(const JournalTree&) const = default;
};

struct Journal {
  static constexpr int kFormat = 1;
  static constexpr int64_t kLongestGuard = 31 * 86'400;  // seconds; no job takes longer

  std::string run;  // its uid
  RunVerb verb = RunVerb::kRun;
  Phase phase = Phase::kArmed;
  std::string owner;
  std::string actor;
  std::string url;
  std::string commit;
  int64_t started = 0;
  int64_t guard_until = 0;  // of a begin; 0 = not begun
  JournalTree tree;
  uid_t author = effective_user();  // whose commands these are; kAnybody: nobody can tell
  Config settings;                  // as resolved when the run began: whoever settles it needs no configuration
  Patterns patterns;

  // Sets stand by their uid in the file, and are looked up when it is loaded.
  RecordedSet backup;                 // this run's
  RecordedSet stands_in;              // takes its place in the target rule; mostly empty
  std::string backup_of;              // the other environment in which that is live: no version of this one
  std::string digest;                 // of the set that is being tried, known from `generated` on
  bool was_unhealthy_before = false;  // a check that decides
  // The services whose checks failed before the deploy, or could not run; "" stands for the check of the whole.
  std::vector<std::string> unhealthy_before;
  // One of the settings' no_rollback_exit_codes, with which the deploy ended: past its point of no return. 0: no.
  int no_return_code = 0;
  // Services that this run changed: those whose own check passed after the deploy, and those whose
  // check ran and failed.
  std::vector<std::string> passed_services;
  std::vector<std::string> failed_services;
  std::optional<std::vector<RecordedFile>> recorded;  // sorted; none = nothing recorded yet
  size_t expected_files = 0;                          // how many will be recorded; not written, for the room of records

  // From restoring on:
  std::optional<RecordedSet> target;
  std::string target_reason;
  RecordedSet evidence;       // of what is being replaced; it is named before it is stored
  bool owed = false;          // the rollback command has not run since the files are back
  bool deploy_began = false;  // services may have run what is being replaced
  std::string failure;        // what failed, for whoever goes on
  RestoreScope scope;         // of a manual rollback
  // From accepted on:
  bool passed_check = false;

  // A rollback that a person asked for: it is what was wanted, and no failure.
  bool by_hand() const { return verb == RunVerb::kRollback; }
  // An automatic rollback that took only some services back: what lies there is no stored set.
  bool leaves_mixture() const { return !by_hand() && !scope.only_services.empty(); }
  // Whether the check of this service ("": of the whole) told nothing good before the deploy.
  bool was_unhealthy(const std::string& service) const;
  // Files only, from here on: nothing is put live by whoever goes on.
  void forget_commands();
  bool begun() const { return guard_until != 0; }
  // Whether steps of that job may still run outside: only at `armed`, for `finish` runs none. A
  // guard that no begin writes is forged, or of a wrong clock, and holds nobody up.
  bool is_guarded(int64_t now) const {
    return begun() && phase == Phase::kArmed && now < guard_until && guard_until - now <= kLongestGuard;
  }
  std::string script_of(const std::string& service) const;  // its path
  // Whether services may run what this run brought.
  bool deploy_may_have_begun() const;
  // Nothing is restored after a failure, unless somebody asks for it by hand.
  bool leaves_failed_files() const { return !settings.rollback.enabled || no_return_code != 0; }
  // Why that is so: "rollback is off".
  std::string why_files_stay() const;
};

std::optional<Journal> load_journal(const Store& store);
// The same from another place of the store.
std::optional<Journal> load_journal_from(const Store& store, const Directory& directory, const std::string& name);
bool has_journal(const Store& store);                           // whether it can be read or not
void save_journal(const Store& store, const Journal& journal);  // durable on return
void save_journal_to(const Store& store, const Directory& directory, const std::string& name, const Journal& journal);
// None is open any more: durable on return. Returns what JournalFile::end() does.
std::string remove_journal(const Store& store);

std::vector<RecordedFile> record_of(const std::vector<FileEntry>& files);
FileEntry entry_of(const RecordedFile& file);
// Whether `live` (null: not there) is as recorded. A path that is not named was not there. `recorded` must be sorted.
bool is_as_recorded(const std::vector<RecordedFile>& recorded, const std::string& path, const FileEntry* live);

std::string encode_journal(const Journal& journal);  // one line, without its end

// Throws Error: kDamaged with the reason, kUsage for a journal that a newer version wrote.
Journal decode_journal(std::string_view text);

// The settings as a journal keeps them: every row of the settings table by its name, in the form in
// which it could be given, and the checks of single services. So whoever settles a run needs no
// configuration, and a new setting is known here by its row alone.
Json encode_settings(const Config& config);

// What is read is acted on by whoever runs next, so it is judged like any setting. Throws Error (kDamaged) that names
// the setting and says what is allowed. One that is not there has its default.
Config decode_settings(const Json& json);

}  // namespace backstep
