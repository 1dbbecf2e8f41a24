// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/error.h"
#include "cli/session.h"
#include "report/store_report.h"
#include "store/records/history.h"

namespace backstep {
namespace {

LookAnswer list_of(Session& session, const StorePlace& place) {
  Catalog catalog;
  Verdicts verdicts;
  std::vector<HistoryLine> history;
  std::vector<SetLine> lines;
  if (const std::optional<Store> store = session.find_store(place)) {
    // In this order: a run stores its set before it says that it is good.
    verdicts = Verdicts::load(*store);
    catalog = read_catalog(*store);
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
  lines.erase(lines.begin(), lines.end() - limited(session.flags(), lines.size()));
  return {list_text(lines, catalog.foreign), list_json(lines, catalog.foreign)};
}

VerifiedSet verified(const Store& store, const SetRef& ref, const Patterns& patterns, Work& work) {
  VerifiedSet result{ref.label(), false, 0, {}};
  try {
    const StoredSet set = read_set(store, ref, patterns);
    result.unverified = set.unverified;
    result.files = set.manifest.present_count();
    result.problems = verify_set(set, &work);
  } catch (const Error& error) {
    if (lacks_permission(error)) throw;
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
  const Verdicts verdicts = Verdicts::load(store);
  const Catalog catalog = read_catalog(store);
  session.tell_lost_good(known_good(catalog, verdicts));
  const std::vector<SetRef> refs = chosen_sets(catalog, names);
  Work work(session.progress(), {.doing = "verifying", .count = file_count(catalog, refs)});
  std::vector<VerifiedSet> sets;
  sets.reserve(refs.size());
  for (const SetRef& ref : refs) {
    VerifiedSet set = verified(store, ref, session.patterns(), work);
    // A retention that runs meanwhile takes sets away, which damages none.
    if (!set.problems.empty() && !names.empty()) require_set(store, ref);
    if (set.problems.empty() || store.has_set(ref)) sets.push_back(std::move(set));
  }
  return sets;
}

}  // namespace

int cmd_list(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  session.tell_unfetched();
  session.answer_each("list", [&](const StorePlace& place) { return list_of(session, place); });
  return 0;
}

int cmd_show(const Invocation& invocation) {
  const std::string name = required_word(invocation, "which set? 'backstep show ID'; 'backstep list' lists them");
  Session session(invocation);
  session.tell_open_run();
  const Store store = existing_store(session, {name});
  const Catalog catalog = read_catalog(store);
  const StoredSet set = read_set(store, named_set(catalog, name), session.patterns());
  const Verdicts verdicts = Verdicts::load(store);
  const std::vector<HistoryLine> history = labelled_history(store, catalog);
  const std::string& digest = set.manifest.digest;
  const Standing standing{verdicts.of(digest), verdicts.deciding(digest), deploy_of(history, digest)};
  const ServiceVerdicts services = service_verdicts(verdicts, set.manifest.files, set.manifest.patterns);
  std::vector<std::string> said;
  for (const FileEntry& file : set.manifest.files) session.secrets().keep_name(file.path, said);
  session.answer(set_json(set, standing, services), set_text(set, standing, services));
  return 0;
}

int cmd_verify(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  std::vector<VerifiedSet> sets;
  if (!invocation.flags.words.empty() || session.find_store()) {
    sets = verify(session, invocation.flags.words);
  }
  session.answer(verify_json(sets), verify_text(sets));
  const bool whole = std::ranges::all_of(sets, [](const VerifiedSet& set) { return set.problems.empty(); });
  return static_cast<int>(whole ? ExitCode::kOk : ExitCode::kDamaged);
}

}  // namespace backstep
