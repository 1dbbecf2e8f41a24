// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "report/history_report.h"
#include "store/records/live_version.h"

namespace backstep {
namespace {

// How many lines, of so many.
size_t line_limit(const ParsedFlags& flags, size_t lines) {
  const std::string text = flags.option("limit");
  if (text.empty()) return lines;
  size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc::result_out_of_range) return lines;
  if (error != std::errc() || end != text.data() + text.size() || limit == 0) {
    refuse_usage("--limit: " + in_quotes(text) + " is no whole number above 0");
  }
  return std::min(limit, lines);
}

LookAnswer history_of(Session& session, const StorePlace& place) {
  std::vector<HistoryLine> history;
  std::optional<LiveVersion> live;
  if (const std::optional<Store> store = session.find_store(place)) {
    const Catalog catalog = read_catalog(*store);
    history = labelled_history(*store, catalog);
    live = live_version(history, catalog);
  }
  // A line that left nobody knows what has put nothing live.
  const HistoryLine* put_live = live && !live->digest.empty() ? live->put_live : nullptr;
  const auto shown =
      std::span<const HistoryLine>(history).last(line_limit(session.flags(), history.size()));
  return {history_text(shown, put_live), history_json(shown, put_live)};
}

}  // namespace

int cmd_history(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  session.answer_each("history",
                      [&](const StorePlace& place) { return history_of(session, place); });
  return 0;
}

}  // namespace backstep
