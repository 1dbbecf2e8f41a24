// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "deploy/store_upkeep.h"
#include "report/upkeep_report.h"

namespace backstep {

int cmd_prune(const Invocation& invocation) {
  Session session(invocation);
  const bool dry_run = invocation.flags.has("dry-run");
  require_a_rule(session.config().retention);
  Pruning pruning;
  if (const std::optional<Store> store = session.find_store()) {
    pruning = dry_run ? decide_prune(session.context(), *store) : prune(session.context());
  }
  session.answer(prune_json(pruning, dry_run), prune_text(pruning, dry_run));
  return 0;
}

}  // namespace backstep
