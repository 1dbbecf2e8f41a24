// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/take.h"
#include "deploy/run/open_run.h"

namespace backstep {

struct BackupNote {
  std::string tag;
  std::string message;
};

// This run's backup: backups/<id>. Sets journal.backup and journal.digest
// and tells the listener. Every failure is exit 6: nothing was changed.
TakenSet take_backup(OpenRun& run, const BackupNote& note = {});

// Whether what was backed up could be brought back; warnings go to the listener. Exit 6 when not:
// nothing was changed.
void require_way_back(const OpenRun& run, std::span<const FileEntry> files, const HeldFiles& held);

}  // namespace backstep
