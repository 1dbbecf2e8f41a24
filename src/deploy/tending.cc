// SPDX-License-Identifier: Apache-2.0
#include "deploy/tending.h"

#include "backup/take.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/arrival.h"
#include "deploy/records.h"
#include "deploy/turn.h"
#include "store/catalog.h"
#include "store/verdicts.h"

namespace backstep {
namespace {

SetRef store_live_set(const Site& site) {
  Manifest header;
  header.id = fresh_id(site);
  header.time = site.context.clock.wall_seconds();
  header.run = header.id;
  header.owner = site.context.owner;
  header.actor = site.context.pipeline.actor;
  header.commit = site.context.pipeline.commit;
  header.message = "marked good";
  const Patterns& patterns = site.context.patterns;
  return take_set(site.tree(patterns), site.store, Shelf::kGood, std::move(header)).ref;
}

Marked live_set(const Site& site, bool good) {
  const Patterns& patterns = site.context.patterns;
  const LiveSet live = read_live_set(site.tree(patterns), nullptr);
  if (live.empty()) throw Error(ExitCode::kUsage, "no tracked file lies here: nothing to mark");
  const Catalog catalog = read_catalog(site.store);
  const auto sets = catalog.with_digest(live.digest);
  if (!sets.empty()) return {live.digest, sets.front()->ref.label()};
  return {live.digest, good ? store_live_set(site).label() : "what lies here"};
}

Marked named_set(const Site& site, const std::string& name) {
  const Catalog catalog = read_catalog(site.store);
  const SetRef ref = named_set(catalog, name);
  const CatalogEntry* entry = catalog.find(ref);
  if (entry->state != CatalogEntry::State::kComplete) {
    throw Error(ExitCode::kUsage, in_quotes(name) + " has no readable manifest, so no digest");
  }
  return {entry->manifest.digest, ref.label()};
}

}  // namespace

std::vector<RetentionDecision> decide_prune(const Context& context, const Store& store) {
  const Catalog catalog = read_catalog(store);
  const Verdicts verdicts = Verdicts::load(store);
  const std::optional<Journal> open = load_journal(store);
  return decide_retention(context.config.retention,
                          {.catalog = catalog,
                           .verdicts = verdicts,
                           .in_use = open ? sets_named_by(*open) : std::vector<SetRef>(),
                           .now = context.clock.wall_seconds()});
}

std::vector<RetentionDecision> prune(const Context& context) {
  const Store store = Store::open_or_create(context.workspace, context.place);
  Turn turn = take_turn(context, store, Intent::kTend);
  announce(Site{context, store, turn.lock}, "prune", "-");
  std::vector<RetentionDecision> decisions = decide_prune(context, store);
  std::vector<SetRef> leaving;
  for (const RetentionDecision& decision : decisions) {
    if (!decision.keep) leaving.push_back(decision.ref);
  }
  prune_sets(store, leaving);
  remove_leftovers(store);
  return decisions;
}

Marked mark(const Context& context, bool good, const std::string& name) {
  const Store store = Store::open_or_create(context.workspace, context.place);
  Turn turn = take_turn(context, store, Intent::kTend);
  const Site site{context, store, turn.lock};
  announce(site, "mark", "-");
  Marked marked = name.empty() ? live_set(site, good) : named_set(site, name);
  append_verdict(store, {.run = fresh_id(site),
                         .digest = marked.digest,
                         .good = good,
                         .by_human = true,
                         .time = context.clock.wall_seconds(),
                         .commit = context.pipeline.commit});
  return marked;
}

Imported import_archive(const Context& context, TarReader& archive, bool dry_run) {
  const int64_t now = context.clock.wall_seconds();
  if (dry_run) {
    const std::optional<Store> store = Store::open_existing(context.workspace, context.place);
    return import_store(store ? &*store : nullptr, archive, true, now);
  }
  const Store store = open_store(context);
  Turn turn = take_turn(context, store, Intent::kTend);
  announce(Site{context, store, turn.lock}, "import", "-");
  remove_leftovers(store);
  return import_store(&store, archive, false, now);
}

}  // namespace backstep
