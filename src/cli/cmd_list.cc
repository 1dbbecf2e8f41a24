// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "report/set_report.h"

namespace backstep {

int cmd_list(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  Catalog catalog;
  std::vector<SetLine> lines;
  if (const std::optional<Store> store = session.find_store()) {
    catalog = read_catalog(*store);
    const Verdicts verdicts = Verdicts::load(*store);
    const std::string now = session.live().digest;
    for (const CatalogEntry& entry : catalog.entries) {
      const std::string& digest = entry.manifest.digest;
      lines.push_back({&entry, verdicts.of(digest), !digest.empty() && digest == now});
    }
  }
  if (session.json()) {
    session.print(list_json(lines, catalog.foreign));
  } else {
    session.print(list_text(lines, catalog.foreign));
  }
  return 0;
}

}  // namespace backstep
