// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "deploy/opening.h"
#include "deploy/steps/backup_step.h"
#include "journal/journal.h"

namespace backstep {
namespace {

void require_services_dir(const Session& session, const Patterns& patterns) {
  try {
    if (has_services_dir(session.workspace().directory, patterns)) return;
  } catch (const Error& error) {
    throw error.within("nothing was backed up", ExitCode::kBackupFailed);
  }
  throw Error(ExitCode::kBackupFailed,
              fmt::format("services directory {} does not exist, nothing was backed up",
                          services_dirs_words(patterns)));
}

bool is_open(const Session& session, const StorePlace& place) {
  const auto store = Store::open_existing(session.workspace(), place);
  return store && load_journal(*store);
}

int preview(Session& session, const LiveSet& live) {
  Json::Array files;
  std::string text;
  for (const FileEntry& file : live.files) {
    if (file.absent) continue;
    files.emplace_back(file.path);
    text += "  " + printable(file.path) + "\n";
  }
  const std::string count = counted(files.size(), "file");
  session.answer(
      json_answer("backup",
                  {{"dry_run", true}, {"digest", live.digest}, {"files", std::move(files)}}),
      fmt::format("Would back up {}:\n{}", count, text));
  return 0;
}

}  // namespace

int cmd_backup(const Invocation& invocation) {
  Session session(invocation);
  const Patterns patterns = session.patterns();
  const StorePlace place = session.place();
  const bool dry_run = invocation.flags.has("dry-run");
  // What an earlier run left open is settled first, and may bring the directory back.
  if (dry_run || !is_open(session, place)) require_services_dir(session, patterns);
  if (dry_run) {
    return preview(session, read_live_set({session.workspace(), patterns, place}, nullptr));
  }
  Context& context = session.context();
  const Store store = open_store(context);
  const Opening opening(context, store, RunVerb::kBackup);
  require_services_dir(session, patterns);
  OpenRun run(opening.site(), opening.new_journal());
  const TakenSet taken = take_backup(
      run, {.tag = invocation.flags.option("tag"), .message = invocation.flags.option("message")});
  if (session.json()) {
    session.print(json_answer("backup", {{"dry_run", false},
                                         {"id", taken.ref.label()},
                                         {"digest", taken.manifest.digest},
                                         {"files", taken.manifest.present_count()}}));
  }
  run.outcome.end_with(Outcome::Result::kBackedUp, ExitCode::kOk);
  run.outcome.live = "the files as they are: backed up, nothing was changed";
  session.report(run.end());
  return 0;
}

}  // namespace backstep
