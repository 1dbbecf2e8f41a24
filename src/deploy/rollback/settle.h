// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backup/restore/restore.h"
#include "deploy/run/open_run.h"

namespace backstep {

// Who settles a journal, and what that caller may overwrite.
struct SettleRules {
  bool as_owner = false;  // the run's own owner, or `recover`
  // Over newer work too (evidence first): the story itself, the owner's `finish`, `recover --restore`. Then nothing
  // else is asked; in a begun run past its guard_timeout only they restore what nobody recorded.
  bool whole = false;
  std::string check_output = {};  // kept with the evidence
};

// What a decision to restore was made on, under the lock and with no command run since.
struct Seen {
  Index index;
  LiveSet live;
  StoredSet target;
};

struct Settled {
  enum class How { kRestored, kAccepted, kUnrestored };
  How how = How::kRestored;
  std::vector<std::string> kept;  // paths left because they are newer, or were added
  std::vector<std::string> missing_services;
  std::vector<ReplacedFile> replaced;   // live files whose place was taken just now
  std::vector<Restore::Failed> failed;  // what could not be put back; the others are
  bool nothing_left = false;            // the target was empty: a first run
  std::string target_digest;            // of the set to which it went back, when it did just now
  // What lies there since, by which the rollback command is judged. None: it did not look.
  std::optional<std::vector<FileEntry>> files;
};

// The one function that settles a journal against the disk, whoever calls it and in whatever phase a crash left it; the
// only one that restores. The target is the one that the journal names, else this run's backup. A file that already is
// as the target has it is done; one that is as the journal last recorded it is restored; any other was changed by
// somebody else since, and is restored only by the rules above. Settling twice is settling once.
//
// On return the journal is at `restored`, durable, and files are as they should be; or, with kAccepted and kUnrestored,
// gone; with kAccepted the run's outcome is set. Where single files could not be put back, they are in `failed` and the
// journal stays at `restoring`: the next call goes on. So it stays where an Error is thrown: then nothing was put back.
// The outcome knows what was.
//
// Who has just looked hands over what was seen; nothing is read twice then.
Settled settle(OpenRun& run, const SettleRules& rules, std::optional<Seen> seen = std::nullopt);

// Newer work that a restore leaves as it is, a line each.
void say_kept(const OpenRun& run, const Settled& settled);

// Whether nothing is restored unless somebody asks for it by hand: the journal says so or, where it
// took no change, the history.
bool leaves_failed_files(const OpenRun& run);

}  // namespace backstep
