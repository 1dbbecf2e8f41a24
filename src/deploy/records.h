// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "deploy/context.h"
#include "deploy/journal.h"
#include "store/history.h"
#include "store/manifest.h"

namespace backstep {

// An id that no set and no recorded run has: max(now, newest + 1 s).
std::string fresh_id(const Site& site);

// Everything of a manifest that the run knows; the id is the caller's to set.
Manifest manifest_header(const Site& site, const Journal& journal);

HistoryLine history_line(const Site& site, const Journal& journal, HistoryLine::Event event,
                         int exit_code);

// The sets that an open journal needs: retention leaves them alone.
std::vector<SetRef> sets_named_by(const Journal& journal);

}  // namespace backstep
