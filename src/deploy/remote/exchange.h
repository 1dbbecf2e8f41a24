// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "deploy/remote/remote.h"
#include "deploy/run/open_run.h"
#include "store/archive/archive.h"

namespace backstep {

// What both held when they came together last: `.backstep/remote.json`.
struct RemoteState {
  std::string where = {};   // Remote::name()
  std::string mark = {};    // what it had there
  std::string sha256 = {};  // of the tar; "": what is here was to be stored, and nobody saw that it was
  int64_t time = 0;         // 0: they never did

  bool is_behind() const { return time != 0 && sha256.empty(); }
};
RemoteState load_remote_state(const Store& store);

struct Fetched {
  std::string where = {};  // "": no remote is set, or it cannot be reached and need not be
  bool is_there = false;   // it holds something
  Imported came = {};
};

// The store and its remote are brought together: what the remote holds is merged into the store, then the store takes
// its place there; where somebody was quicker, all that again. So the remote holds the old store or the new one at
// every moment, and what others stored meanwhile. Under the lock. Throws as Remote does.
class Exchange {
 public:
  Exchange(const Site& site, Duration limit);

  const std::string& where() const { return remote_.name(); }
  // `stores`: a run begins, whose end is to be stored.
  Fetched fetch(bool stores = false);
  // False: it holds just that. Of `tries` that fail the last one throws.
  bool store(int tries);

 private:
  Imported merge(int tar) const;
  std::string write_tar() const;  // its SHA-256
  std::optional<std::string> try_to_store(int tries) const;
  void keep(RemoteState state);

  const Site& site_;
  Remote remote_;
  RemoteState state_;
};

// When that is done, and what is said of it. Nothing happens where no remote is set.

// Before anything changes. Throws Error (kBackupFailed): nothing was changed; where the remote is not `required`, that
// is a warning. Error (kUsage): everybody could read it there.
enum class Fetching {
  kForRun,     // a token that may not write is found now: where nothing is there yet, what is here is stored
  kAlone,      // nothing is stored there
  kForRescue,  // the same, for a rollback by hand: trouble is a warning, and soon known
};
Fetched fetch_remote(const Site& site, Fetching how = Fetching::kForRun);

// True: it holds what is here from now on. After a stop signal it is tried for a few seconds, until
// the next signal. Throws Error only.
bool store_remote(const Site& site);

// The same as the last step of a run, where trouble is in the outcome.
Outcome stored_remotely(const Site& site, Outcome outcome);

// For a run that failed: what another one put live since this one fetched, by its digest, and why
// to go back to that. Asks once more, for ten seconds at most; trouble is a warning.
std::optional<std::pair<std::string, std::string>> overtaken_by(OpenRun& run);

}  // namespace backstep
