// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "cli/named_set.h"
#include "report/set_report.h"
#include "store/records/live_version.h"

namespace backstep {

int cmd_show(const Invocation& invocation) {
  if (invocation.flags.words.empty()) {
    refuse_usage("which set? 'backstep show ID'; 'backstep list' lists them");
  }
  Session session(invocation);
  session.tell_open_run();
  const Store store = existing_store(session, invocation.flags.words);
  const Catalog catalog = read_catalog(store);
  const SetRef ref = named_set(catalog, invocation.flags.words.front());
  const StoredSet set = read_set(store, ref, session.patterns());
  const Verdicts verdicts = Verdicts::load(store);
  const std::vector<HistoryLine> history = labelled_history(store, catalog);
  const std::string& digest = set.manifest.digest;
  const Standing standing{verdicts.of(digest), verdicts.deciding(digest),
                          deploy_of(history, digest)};
  const ServiceVerdicts services =
      service_verdicts(verdicts, set.manifest.files, set.manifest.patterns);
  session.answer(set_json(set, standing, services), set_text(set, standing, services));
  return 0;
}

}  // namespace backstep
