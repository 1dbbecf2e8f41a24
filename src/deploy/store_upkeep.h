// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/remote/exchange.h"
#include "deploy/run/open_run.h"
#include "store/archive/archive.h"
#include "store/records/verdicts.h"
#include "store/retention/retention.h"

namespace backstep {

// What is done to a store between runs. But for the first, all take the lock and leave an open
// journal alone.

// A named environment that has no history yet begins with what the nameless store knows, where that
// is the only other one: its sets as hard links, then its records, the history last, so that what a
// crash leaves is completed by the next call. The nameless store stays as it is. Under the lock.
// Returns how many sets came; 0 where there is nothing to adopt.
size_t adopt_nameless(const Workspace& workspace, const StorePlace& place, const Store& store);

// What the retention would remove; takes no lock.
Pruning decide_prune(const Context& context, const Store& store);
Pruning prune(const Context& context);

struct Marked {
  std::string digest;
  std::string label;       // of a set that has it
  bool was_stored = true;  // by a set that was there before the mark
};

// A human's verdict. `name` "": on what lies there now; marking that good stores it when no set has
// it, for a known good version that is nowhere helps nobody. kUntested withdraws whatever was said
// of it, by humans and by checks: what is said from then on counts.
Marked mark(const Context& context, Verdict verdict, const std::string& name);

// What an archive brings into this store, which is made when it is not there. Takes no lock and
// changes nothing in a dry run.
Imported import_archive(const Context& context, TarReader& archive, bool dry_run, Work* work = nullptr);

// Merges what the remote holds into this store, which is made when it is not there; stores this one
// there, and is false where it holds just that.
Fetched pull(const Context& context);
bool push(const Context& context);

}  // namespace backstep
