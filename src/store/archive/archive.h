// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/archive/incoming_set.h"
#include "system/files/tar_file.h"
#include "system/progress.h"

namespace backstep {

struct Imported {
  std::vector<ImportedSet> sets;  // in the archive's order
  size_t verdicts = 0;            // lines that were not here
  size_t history = 0;
  std::vector<MergedIds::Move> renamed;  // sets that were here and have another ID now
  size_t broken_lines = 0;               // of the archive's records: none of ours, left out
  std::string stopped;                   // why the rest of the archive was not taken; "" = all of it was read
  int signal = 0;                        // the stop signal that ended it

  size_t count(ImportedSet::Fate fate) const;
  bool brought_nothing() const;
  // Something of the archive is left out.
  bool failed() const;
};

// Merges an archive into the store, which may be null in a dry run: sets by their uid, records by
// their lines. Each set that comes in is whole and durable by itself, under the ID that MergedIds
// gives it, so an import that breaks off, a power cut included, can be called again and ends as if
// it had not. A name that no store of ours has ends it, for then this is no archive of ours; the
// records are merged only after a whole archive. Throws Error for what is wrong with the store.
// `work` may be null: each entry that was taken is added, its bytes are the reader's to count.
Imported import_store(const Store* store, TarReader& archive, bool dry_run, Work* work = nullptr);

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

// Writes all sets and records into an archive (incoming_set.h), oldest set first, each with
// its own bytes, so that one that is damaged on its way spoils no other. It takes no lock and
// changes nothing in the store. Each set is verified before it is written, and hashed again on its
// way. `go_on` is called now and then, and may throw. A set that a retention removes before its
// turn is left out; while it is written, this throws (kBackupFailed). The caller finishes it.
Exported export_store(const Store& store, const Patterns& patterns, TarWriter& tar, const std::function<void()>& go_on,
                      Progress* progress = nullptr);

}  // namespace backstep
