// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/sets/catalog.h"
#include "system/files/tar_file.h"
#include "system/progress.h"

namespace backstep {

struct LeftOut {
  std::string label;
  std::vector<std::string> problems;
};

struct Exported {
  std::vector<std::string> sets;  // labels
  std::vector<LeftOut> left_out;  // damaged, or of a newer format: damage must not spread
  size_t verdicts = 0;            // lines
  size_t history = 0;
};

// Writes all sets and records into an archive (archive_name.h), oldest set first, each with
// its own bytes, so that one that is damaged on its way spoils no other. It takes no lock and
// changes nothing in the store. Each set is verified before it is written, and hashed again on its
// way. `go_on` is called now and then, and may throw. A set that a retention removes before its
// turn is not in the archive; where it goes while it is written, this throws Error (kBackupFailed).
// The caller finishes the archive.
Exported export_store(const Store& store, const Patterns& patterns, TarWriter& tar,
                      const std::function<void()>& go_on, Progress* progress = nullptr);

}  // namespace backstep
