// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/origin.h"

#include <algorithm>

#include "base/error.h"
#include "store/records/history.h"

namespace backstep {

std::optional<Origin> origin_of(const Store& store, std::string_view digest) {
  try {
    const std::vector<HistoryLine> history = history_about(store, digest);
    const auto line = std::find_if(history.rbegin(), history.rend(), [&](const HistoryLine& each) {
      return each.event == HistoryLine::Event::kAccepted && each.digest == digest;
    });
    if (line == history.rend()) return std::nullopt;
    return Origin{.accepted = line->time,
                  .run = line->run,
                  .commit = line->commit,
                  .actor = line->actor,
                  .url = line->url};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace backstep
