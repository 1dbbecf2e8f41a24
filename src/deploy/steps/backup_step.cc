// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/backup_step.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "store/records/new_names.h"

namespace backstep {
namespace {

TakenSet take(const Site& site, const Journal& journal, const BackupNote& note) {
  Manifest header = manifest_header(journal);
  name_new_set(site.store, site.context.clock.wall_seconds(), header);
  header.tag = note.tag;
  header.message = note.message;
  try {
    return take_set(site.tree(journal.patterns), site.store, Shelf::kBackups, std::move(header));
  } catch (const Error& error) {
    throw error.within("backup failed, nothing was changed", ExitCode::kBackupFailed);
  }
}

}  // namespace

TakenSet take_backup(const Site& site, Journal& journal, const BackupNote& note) {
  stop_if_signalled(site.context);
  const Duration start = site.context.clock.steady();
  TakenSet taken = take(site, journal, note);
  journal.backup = {taken.manifest.uid, taken.ref};
  journal.digest = taken.manifest.digest;
  Listener& listener = site.context.listener;
  for (const std::string& text : taken.live.warnings) listener.warning(text);
  if (taken.live.services_dir_missing) {
    listener.warning(fmt::format("services directory {} does not exist: the backup is empty",
                                 services_dirs_words(journal.patterns)));
  }
  listener.backup_created({.shown = site.store.shown(taken.ref),
                           .files = taken.manifest.present_count(),
                           .linked = taken.linked,
                           .elapsed = site.context.clock.steady() - start});
  stop_if_signalled(site.context);
  return taken;
}

void require_way_back(const Site& site, const Journal& journal, const WayBack& way_back) {
  try {
    const Tree tree = site.tree(journal.patterns);
    for (const std::string& text : require_way_back(tree, site.store, way_back)) {
      site.context.listener.warning(text);
    }
  } catch (const Error& error) {
    throw error.within("pre-flight failed, nothing was changed", ExitCode::kBackupFailed);
  }
}

void stop_if_signalled(const Context& context) {
  if (const auto signal = context.signals.caught()) throw Interrupted(*signal);
}

}  // namespace backstep
