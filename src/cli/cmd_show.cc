// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "cli/named_set.h"
#include "report/set_report.h"

namespace backstep {

int cmd_show(const Invocation& invocation) {
  if (invocation.flags.words.empty()) {
    throw Error(ExitCode::kUsage, "which set? 'backstep show ID'; 'backstep list' lists them");
  }
  Session session(invocation);
  session.tell_open_run();
  const Store store = existing_store(session);
  const SetRef ref = named_set(read_catalog(store), invocation.flags.words.front());
  const StoredSet set = read_set(store, ref, session.patterns());
  const Verdict verdict = Verdicts::load(store).of(set.manifest.digest);
  if (session.json()) {
    session.print(set_json(set, verdict));
  } else {
    session.print(set_text(set, verdict));
  }
  return 0;
}

}  // namespace backstep
