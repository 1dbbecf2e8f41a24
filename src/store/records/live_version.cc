// SPDX-License-Identifier: Apache-2.0
#include "store/records/history.h"

#include <algorithm>

namespace backstep {
namespace {

using Event = HistoryLine::Event;

// A begin is no end yet, and a run that failed before its deploy left what was live alone. Without
// a rollback only its exit code tells: those below 10 mean that nothing was deployed.
bool puts_live(const HistoryLine& line) {
  if (line.event == Event::kUnrestored) return line.exit_code >= 10;
  return line.event != Event::kBegun && line.event != Event::kRestored;
}

// Where nobody could look at what a rollback left, its target tells.
std::string digest_of_target(const HistoryLine& line, const Catalog& catalog) {
  const std::optional<SetRef> ref = find_by_name(catalog, line.restored_from);
  const CatalogEntry* target = ref ? catalog.find(*ref) : nullptr;
  return target == nullptr ? std::string() : target->manifest.digest;
}

// Null: there is none.
template <typename Wanted>
const HistoryLine* newest_of(const std::vector<HistoryLine>& history, Wanted wanted) {
  const auto found = std::find_if(history.rbegin(), history.rend(), wanted);
  return found == history.rend() ? nullptr : &*found;
}

bool tried(const HistoryLine& line) {
  return line.verb != RunVerb::kRollback && line.event != Event::kBegun && line.event != Event::kKept &&
         line.event != Event::kRestored;
}

}  // namespace

std::optional<LiveVersion> live_version(const std::vector<HistoryLine>& history, const Catalog& catalog) {
  const bool only_here =
      std::ranges::any_of(history, [](const HistoryLine& line) { return line.here && puts_live(line); });
  std::optional<LiveVersion> live;
  for (auto line = history.rbegin(); line != history.rend(); ++line) {
    if (!puts_live(*line) || (only_here && !line->here)) continue;
    const std::string digest = digest_put_live(*line, catalog);
    if (live && (digest.empty() || digest != live->digest)) {
      live->before = &*line;
      break;
    }
    if (!live) live = LiveVersion{.digest = digest, .deployed = deploy_of(history, digest)};
    live->since = line->time;
    live->put_live = &*line;
    // While another version was tried, this one was not live.
    if (line->event == Event::kRolledBack && line->digest != digest) break;
  }
  return live;
}

std::string digest_put_live(const HistoryLine& line, const Catalog& catalog) {
  if (!puts_live(line)) return "";
  if (!line.live.empty()) return line.live;
  if (line.event == Event::kRolledBack) return digest_of_target(line, catalog);
  const bool stayed = line.event == Event::kAccepted || line.event == Event::kUnrestored;
  return stayed ? line.digest : "";  // moved away, or left as it was by hand
}

const HistoryLine* put_live_before(const std::vector<HistoryLine>& history, const Catalog& catalog,
                                   std::string_view digest) {
  return newest_of(history, [&](const HistoryLine& line) {
    const std::string put_live = digest_put_live(line, catalog);
    return !put_live.empty() && put_live != digest;
  });
}

const HistoryLine* last_change(const std::vector<HistoryLine>& history) {
  return newest_of(history, [](const HistoryLine& line) {
    return line.here && line.event != Event::kBegun && line.event != Event::kKept;
  });
}

const HistoryLine* deploy_of(const std::vector<HistoryLine>& history, std::string_view digest) {
  const HistoryLine* found = nullptr;
  if (digest.empty()) return found;
  for (auto line = history.rbegin(); line != history.rend(); ++line) {
    if (line->digest != digest) continue;
    if (line->event == Event::kAccepted) return &*line;
    if (found == nullptr && tried(*line)) found = &*line;
  }
  return found;
}

const HistoryLine* last_failure(const std::vector<HistoryLine>& history) {
  return newest_of(history, [](const HistoryLine& line) {
    return line.exit_code != 0 && line.event != Event::kBegun && line.event != Event::kKept;
  });
}

}  // namespace backstep
