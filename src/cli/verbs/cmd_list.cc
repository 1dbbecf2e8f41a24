// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "report/set_report.h"
#include "store/records/live_version.h"

namespace backstep {

namespace {

LookAnswer list_of(Session& session, const StorePlace& place) {
  Catalog catalog;
  Verdicts verdicts;
  std::vector<HistoryLine> history;
  std::vector<SetLine> lines;
  if (const std::optional<Store> store = session.find_store(place)) {
    catalog = read_catalog(*store);
    verdicts = Verdicts::load(*store);
    session.tell_lost_good(known_good(catalog, verdicts));
    history = labelled_history(*store, catalog);
    const std::string now = session.live().digest;
    const auto live = live_version(history, catalog);
    for (const CatalogEntry& entry : catalog.entries) {
      const std::string& digest = entry.manifest.digest;
      lines.push_back({&entry,
                       {verdicts.of(digest), verdicts.deciding(digest), deploy_of(history, digest)},
                       !digest.empty() && digest == now,
                       !digest.empty() && live && live->digest == digest});
    }
  }
  return {list_text(lines, catalog.foreign), list_json(lines, catalog.foreign)};
}

}  // namespace

int cmd_list(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  session.answer_each("list", [&](const StorePlace& place) { return list_of(session, place); });
  return 0;
}

}  // namespace backstep
