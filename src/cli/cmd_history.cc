// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "report/status_report.h"

namespace backstep {

int cmd_history(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  std::vector<HistoryLine> history;
  if (const std::optional<Store> store = session.find_store()) history = load_history(*store);
  if (session.json()) {
    session.print(history_json(history));
  } else {
    session.print(history_text(history));
  }
  return 0;
}

}  // namespace backstep
