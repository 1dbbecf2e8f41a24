// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/records/history.h"
#include "store/sets/catalog.h"

namespace backstep {

// What the records say is live: which content, without a break since when, and by whom. What lies
// in the tree may be another: a fresh checkout, an edit. Pointers are into the history given.
struct LiveVersion {
  std::string digest;                     // "" where the records do not tell
  int64_t since = 0;                      // seconds since the epoch
  const HistoryLine* put_live = nullptr;  // the end that this began with
  const HistoryLine* deployed = nullptr;  // see deploy_of; null: this content was never deployed
  const HistoryLine* before = nullptr;    // the end that `since` does not reach; null: none
};

// nullopt: nothing was ever put live. The history is a labelled one.
std::optional<LiveVersion> live_version(const std::vector<HistoryLine>& history,
                                        const Catalog& catalog);

// The digest of what lay there after this end; "" where it put nothing live, or nobody knows.
std::string digest_put_live(const HistoryLine& line, const Catalog& catalog);

// What was live before this content: the newest end that put another one live; null: none is known.
const HistoryLine* put_live_before(const std::vector<HistoryLine>& history, const Catalog& catalog,
                                   std::string_view digest);

// The newest end that changed something in this store; null when there is none.
const HistoryLine* last_change(const std::vector<HistoryLine>& history);

// The run that brought this content: the newest that was accepted with it, else the newest that
// tried it; null when no run is on record, or the digest is "". A rollback brings nothing new.
const HistoryLine* deploy_of(const std::vector<HistoryLine>& history, std::string_view digest);

// The newest end that is no success; null when there is none.
const HistoryLine* last_failure(const std::vector<HistoryLine>& history);

}  // namespace backstep
