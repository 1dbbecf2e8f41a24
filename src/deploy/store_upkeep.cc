// SPDX-License-Identifier: Apache-2.0
#include "deploy/store_upkeep.h"

#include <algorithm>

#include "backup/take.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/opening.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "deploy/run/run_lock.h"
#include "store/records/history.h"
#include "store/records/new_names.h"
#include "store/sets/set_reader.h"
#include "store/sets/set_writer.h"
#include "store/store.h"

namespace backstep {
namespace {

SetRef store_live_set(const Site& site, const std::string& run) {
  Manifest header = new_manifest(OpenRun(site, journal_by_settings(site.context, RunVerb::kBackup, run)));
  header.message = "marked good";
  header.made_by = "mark";
  return take_set(site.context.tree(site.context.patterns), site.store, Shelf::kGood, std::move(header)).ref;
}

Marked live_set(const Site& site, bool good, const std::string& run) {
  const LiveSet live = read_live_set(site.context.tree(site.context.patterns), nullptr);
  if (live.empty()) refuse_usage("no tracked file lies here: nothing to mark");
  const Catalog catalog = read_catalog(site.store);
  const auto sets = catalog.with_digest(live.digest);
  if (!sets.empty()) return {live.digest, sets.front()->ref.label()};
  return {live.digest, good ? store_live_set(site, run).label() : "what lies here", false};
}

Marked named_set(const Site& site, const std::string& name) {
  const Catalog catalog = read_catalog(site.store);
  const SetRef ref = named_set(catalog, name);
  const CatalogEntry* entry = catalog.find(ref);
  if (entry->state != CatalogEntry::State::kComplete) {
    refuse_usage(in_quotes(name) + " has no readable manifest, so no digest");
  }
  return {entry->manifest.digest, ref.label()};
}

// The rollback command gets it to name an image by: the commit of the run that brought these files.
// The pipeline that marks them has most often another, unless they are of its own checkout.
std::string commit_that_brought(const Site& site, const Marked& marked) {
  const std::vector<HistoryLine> history = history_about(site.store, marked.digest);
  const HistoryLine* deploy = deploy_of(history, marked.digest);
  if (deploy != nullptr) return deploy->commit;
  return marked.was_stored ? std::string() : site.context.commit;
}

// A file of a published set is never written again, so another name for it is as good as a copy.
void adopt_set(const Store& from, const SetRef& ref, const Store& store) {
  const std::optional<Directory> set = from.find_set(ref);
  if (!set || store.has_set(ref)) return;
  SetWriter writer(store, ref, 0);
  for (const auto& [path, status] : files_below(*set)) {
    if (status.type != FileType::kRegular) continue;
    FileEntry entry = entry_of(path, status);
    entry.stored = path;
    if (!writer.add_link(entry, *set, path)) writer.add_copy(entry, set->open_file(path).get());
  }
  writer.publish_again(std::nullopt, ref.id);
}

template <typename Action>
auto tend(const Context& context, std::string_view verb, const Action& action) {
  const Store store = open_store(context);
  RunLock held = take_run_lock(context, store, Intent::kTend);
  learn_project(context.place, store, context.project);
  const Site site{context, store, held.lock};
  announce(site, verb, "-");
  return action(site);
}

}  // namespace

size_t adopt_nameless(const Workspace& workspace, const StorePlace& place, const Store& store) {
  if (environment_directory(place.environment).empty() || store.control().status(kHistoryFile)) {
    return 0;
  }
  const auto is_other = [&](const StorePlace& other) {
    return other.environment != kNameless && other.environment != place.environment;
  };
  StorePlace nameless = place;
  nameless.environment = kNameless;
  const auto from = Store::open_existing(workspace, nameless);
  if (!from || !holds_anything(*from) || std::ranges::any_of(environments_in(workspace, place), is_other)) {
    return 0;
  }
  const Catalog catalog = read_catalog(*from);
  for (const CatalogEntry& entry : catalog.entries) adopt_set(*from, entry.ref, store);
  for (const char* name : {kVerdictsFile, kHistoryFile}) {
    store.replace_records(name, from->read_records(name));
  }
  return catalog.entries.size();
}

Pruning decide_prune(const Context& context, const Store& store) {
  const std::optional<Journal> open = load_journal(store);
  Pruning pruning = decide_pruning(store, context.config.retention, context.patterns,
                                   open ? sets_named_by(*open) : std::vector<SetRef>(), context.clock.wall_seconds());
  for (const std::string& text : pruning.unsound) context.listener.warning(text);
  try_to(context.listener, "how much this frees is not known",
         [&] { pruning.freed_bytes = bytes_freed_by(store, pruning.leaving()); });
  return pruning;
}

Pruning prune(const Context& context) {
  return tend(context, "prune", [&](const Site& site) {
    const Store& store = site.store;
    fetch_remote(site);
    Pruning pruning = decide_prune(context, store);
    prune_sets(store, pruning.leaving(), context.listener.progress());
    remove_leftovers(store);
    if (!load_journal(store) && !has_left_aside(store)) cut_records(store);
    return pruning;
  });
}

Marked mark(const Context& context, Verdict verdict, const std::string& name) {
  return tend(context, "mark", [&](const Site& site) {
    const bool good = verdict == Verdict::kGood;
    load_journal(site.store);  // a newer version's is refused here too
    fetch_remote(site);
    const std::string run = new_uid();
    Marked marked = name.empty() ? live_set(site, good, run) : named_set(site, name);
    append_verdict(site.store, {.run = run,
                                .digest = marked.digest,
                                .good = good,
                                .by_human = true,
                                .withdrawn = verdict == Verdict::kUntested,
                                .time = context.clock.wall_seconds(),
                                .commit = commit_that_brought(site, marked)});
    return marked;
  });
}

Imported import_archive(const Context& context, TarReader& archive, bool dry_run, Work* work) {
  if (dry_run) {
    const std::optional<Store> store = Store::open_existing(context.workspace, context.place);
    return import_store(store ? &*store : nullptr, archive, true, work);
  }
  return tend(context, "import", [&](const Site& site) {
    remove_leftovers(site.store);
    return import_store(&site.store, archive, false, work);
  });
}

Fetched pull(const Context& context) {
  return tend(context, "pull", [](const Site& site) { return fetch_remote(site, Fetching::kAlone); });
}

bool push(const Context& context) {
  return tend(context, "push", [](const Site& site) { return store_remote(site); });
}

}  // namespace backstep
