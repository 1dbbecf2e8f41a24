// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/error.h"
#include "cli/named_set.h"
#include "report/set_report.h"

namespace backstep {
namespace {

VerifiedSet verified(const Store& store, const SetRef& ref, const Patterns& patterns, Work& work) {
  VerifiedSet result{ref.label(), false, 0, {}};
  try {
    const StoredSet set = read_set(store, ref, patterns);
    result.unverified = set.unverified;
    result.files = set.manifest.present_count();
    result.problems = verify_set(set, &work);
  } catch (const Error& error) {
    result.problems.push_back(error.message());
  }
  return result;
}

std::vector<SetRef> chosen_sets(const Catalog& catalog, const std::vector<std::string>& names) {
  std::vector<SetRef> refs;
  for (const std::string& name : names) refs.push_back(named_set(catalog, name));
  if (!names.empty()) return refs;
  for (const CatalogEntry& entry : catalog.entries) refs.push_back(entry.ref);
  return refs;
}

size_t file_count(const Catalog& catalog, const std::vector<SetRef>& refs) {
  size_t count = 0;
  for (const SetRef& ref : refs) {
    const CatalogEntry* entry = catalog.find(ref);
    if (entry != nullptr && entry->state == CatalogEntry::State::kComplete) {
      count += entry->file_count;
    }
  }
  return count;
}

std::vector<VerifiedSet> verify(Session& session, const std::vector<std::string>& names) {
  const Store store = existing_store(session, names);
  const Catalog catalog = read_catalog(store);
  session.tell_lost_good(known_good(catalog, Verdicts::load(store)));
  const std::vector<SetRef> refs = chosen_sets(catalog, names);
  Work work(session.progress(), {.doing = "verifying", .count = file_count(catalog, refs)});
  std::vector<VerifiedSet> sets;
  sets.reserve(refs.size());
  for (const SetRef& ref : refs) sets.push_back(verified(store, ref, session.patterns(), work));
  return sets;
}

}  // namespace

int cmd_verify(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  std::vector<VerifiedSet> sets;
  if (!invocation.flags.words.empty() || session.find_store()) {
    sets = verify(session, invocation.flags.words);
  }
  session.answer(verify_json(sets), verify_text(sets));
  const bool whole =
      std::ranges::all_of(sets, [](const VerifiedSet& set) { return set.problems.empty(); });
  return static_cast<int>(whole ? ExitCode::kOk : ExitCode::kDamaged);
}

}  // namespace backstep
