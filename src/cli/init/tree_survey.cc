// SPDX-License-Identifier: Apache-2.0
#include "cli/init/tree_survey.h"

#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"

namespace backstep {

TreeSurvey survey_tree(const Workspace& workspace) {
  TreeSurvey survey;
  survey.compose = read_compose(workspace.directory);
  Config config;
  config.files = survey.compose.files;
  const Patterns patterns = patterns_of(workspace, config);
  for (const ComposeMount& mount : survey.compose.mounts) {
    if (!patterns.service_of(mount.path).empty()) survey.mounted.push_back(mount);
  }
  try {
    const StorePlace store = store_place(workspace, config);
    const TrackedFiles found =
        find_tracked_files(workspace.directory, patterns, store, Oddities::kReport);
    for (const std::string& path : found.present_paths()) {
      survey.services.push_back(patterns.service_of(path));
    }
    for (const std::string& path : found.absent) {
      survey.yet_to_come.push_back(patterns.service_of(path));
    }
    std::erase(survey.services, "");  // another file
    std::erase(survey.yet_to_come, "");
    survey.warnings = find_tracked_files(workspace.directory, patterns, store).warnings;
  } catch (const Error& error) {
    survey.warnings = {"a backup would be refused as it is: " + error.message()};
  }
  return survey;
}

}  // namespace backstep
