// SPDX-License-Identifier: Apache-2.0
#include "deploy/run_preview.h"

#include "base/error.h"
#include "deploy/opening.h"

namespace backstep {
namespace {

// What has never been stored and holds nothing is no way back.
std::string why_no_way_back(const RunPreview& preview) {
  if (!preview.journal.settings.rollback.enabled) return "rollback is off: a failed version stays";
  if (!preview.target || (preview.goes_to_what_lies_here() && preview.live.empty())) {
    return "no way back yet: no tracked file lies here, and none is stored";
  }
  return "";
}

}  // namespace

RunPreview preview_run(const Context& context) {
  const std::optional<Store> store = Store::open_existing(context.workspace, context.place);
  RunPreview preview;
  preview.journal = journal_by_settings(context, RunVerb::kRun, "");
  const Index index = store ? Index::load(*store) : Index();
  try {
    preview.live = read_live_set(context.tree(context.patterns), &index);
  } catch (const Error& error) {
    throw error.within("a backup would be refused", ExitCode::kBackupFailed);
  }
  if (store) {
    preview.target = likely_target(*store, preview.live, preview.journal);
  } else {
    preview.target = Target{{Shelf::kBackups, kWouldBe}, "this run's backup"};
  }
  preview.no_way_back = why_no_way_back(preview);
  if (!preview.no_way_back.empty()) preview.target.reset();
  return preview;
}

}  // namespace backstep
