// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/backup_step.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "store/records/new_names.h"

namespace backstep {
namespace {

// A stop signal while the backup was taken ends the verb here: nothing has begun.
void stop_if_signalled(const Context& context) {
  if (const auto signal = context.signals.caught()) throw Interrupted(*signal);
}

TakenSet take(const OpenRun& run, const BackupNote& note) {
  Manifest header = manifest_header(run.journal);
  name_new_set(run.store, run.now(), header);
  header.tag = note.tag;
  header.message = note.message;
  try {
    return take_set(run.tree(), run.store, Shelf::kBackups, std::move(header));
  } catch (const Error& error) {
    throw error.within("backup failed, nothing was changed", ExitCode::kBackupFailed);
  }
}

}  // namespace

TakenSet take_backup(OpenRun& run, const BackupNote& note) {
  stop_if_signalled(run.context);
  const Duration start = run.context.clock.steady();
  TakenSet taken = take(run, note);
  run.journal.backup = {taken.manifest.uid, taken.ref};
  run.journal.digest = taken.manifest.digest;
  Listener& listener = run.listener;
  for (const std::string& text : taken.live.warnings) listener.warning(text);
  if (taken.live.services_dir_missing) {
    listener.warning(fmt::format("services directory {} does not exist: the backup is empty",
                                 services_dirs_words(run.journal.patterns)));
  }
  listener.backup_created({.shown = run.store.shown(taken.ref),
                           .files = taken.manifest.present_count(),
                           .linked = taken.linked,
                           .elapsed = run.context.clock.steady() - start});
  stop_if_signalled(run.context);
  return taken;
}

void require_way_back(const OpenRun& run, const WayBack& way_back) {
  try {
    for (const std::string& text : require_way_back(run.tree(), run.store, way_back)) {
      run.listener.warning(text);
    }
  } catch (const Error& error) {
    throw error.within("pre-flight failed, nothing was changed", ExitCode::kBackupFailed);
  }
}

}  // namespace backstep
