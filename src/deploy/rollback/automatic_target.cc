// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/targets.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore/reserve.h"
#include "backup/take.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

std::vector<Target> known_good_targets(const Catalog& catalog, const KnownGood& good, const Comparisons& comparisons) {
  std::vector<Target> targets;
  for (const std::string& digest : good.stored) {
    if (comparisons.foreign.contains(digest)) continue;
    const bool newest = digest == good.stored.front();
    for (const CatalogEntry* entry : catalog.with_digest(digest)) {
      targets.push_back({entry->ref, newest ? good.why_last() : "an older known good"});
    }
  }
  return targets;
}

// Where nothing is known good, even what failed before is better than what fails now: it is what
// the services ran with.
std::string for_want_of_a_good(const std::string& whose, const KnownGood& good, const Comparisons& comparisons) {
  if (!good.stored.empty() && comparisons.foreign.size() >= good.stored.size()) {
    return whose + ", because no known good version tracked any of these files";
  }
  if (!good.stored.empty()) return whose;
  if (good.lost.empty()) return whose + ", because nothing is known good yet";
  return whose + ", because no backup holds a known good version any more";
}

Verdict verdict_on(const SetRef& ref, const Catalog& catalog, const Verdicts& verdicts) {
  const CatalogEntry* entry = catalog.find(ref);
  return entry == nullptr ? Verdict::kUntested : verdicts.of(entry->manifest.digest);
}

void append(std::vector<Target>& targets, const std::vector<Target>& more) {
  for (const Target& target : more) {
    const auto same = [&](const Target& known) { return known.ref == target.ref; };
    if (std::ranges::none_of(targets, same)) targets.push_back(target);
  }
}

// A whole set of that content, where its scope is another one; where both are the same, the digest
// alone has told everything.
std::optional<StoredSet> differently_scoped(const Store& store, const Patterns& tracked, const Catalog& catalog,
                                            const std::string& digest) {
  for (const CatalogEntry* entry : catalog.with_digest(digest)) {
    if (entry->manifest.patterns == tracked) return std::nullopt;
    if (auto set = find_readable_set(store, entry->ref, tracked)) return set;
  }
  return std::nullopt;
}

// Reads the sets of what is known good, as far as their headers do not tell. `here`: what the
// backup holds, if that is known already.
Comparisons compared(const Store& store, const Patterns& tracked, const Catalog& catalog, const Verdicts& verdicts,
                     const SetRef& backup, std::optional<Manifest> here) {
  Comparisons result;
  const Verdict verdict = verdict_on(backup, catalog, verdicts);
  for (const std::string& digest : known_good(catalog, verdicts).stored) {
    // No file at all is no version that anybody could go back to.
    if (digest == set_digest({})) result.foreign.insert(digest);
    const auto known = differently_scoped(store, tracked, catalog, digest);
    if (!known) continue;
    if (!shares_a_file(known->manifest, tracked)) result.foreign.insert(digest);
    if (verdict != Verdict::kUntested || result.backup_is_good) continue;
    if (!here) {
      if (auto set = find_readable_set(store, backup, tracked)) here = std::move(set->manifest);
    }
    result.backup_is_good = here && same_over_shared(*here, known->manifest);
  }
  return result;
}

const SetRef& previous_of(const Journal& journal) {
  return (journal.stands_in.empty() ? journal.backup : journal.stands_in).ref;
}

std::vector<Target> targets_of(const Store& store, const Journal& journal, const Catalog& catalog,
                               std::optional<Manifest> here = std::nullopt) {
  const Verdicts verdicts = Verdicts::load(store);
  return candidate_targets(journal, catalog, verdicts,
                           compared(store, journal.patterns, catalog, verdicts, previous_of(journal), std::move(here)));
}

// What an older known good has is left there, for nobody has tried both together; it is named.
std::map<std::string, std::string> held_by_older(const OpenRun& run, const std::vector<std::string>& paths,
                                                 const std::vector<Target>& others) {
  std::map<std::string, std::string> holders;
  for (const Target& other : others) {
    const auto set = find_readable_set(run.store, other.ref, run.journal.patterns);
    if (!set || other.ref == run.journal.backup.ref) continue;
    for (const std::string& path : paths) {
      if (find_present(set->manifest.files, path) != nullptr) holders.emplace(path, other.ref.label());
    }
  }
  return holders;
}

// Where the set holds less than lay here, the rest is as this run found it, and the reason says so.
StoredSet completed(const OpenRun& run, StoredSet set, const std::vector<Target>& others, std::string& reason) {
  const RecordedSet& backup = run.journal.backup;
  if (set.ref == backup.ref) return set;
  const StoredSet here = read_set(run.store, backup.ref, run.journal.patterns);
  const std::vector<std::string> beside = not_held_by(set.manifest, here.manifest.files);
  if (beside.empty()) return set;
  Manifest header = new_manifest(run);
  header.made_by = "composed";
  header.commit.clear();  // no commit has these files together
  header.message = "composed of " + set.ref.label() + " and " + backup.label();
  header = compose_set(run.store, set, here, std::move(header));
  const auto older = held_by_older(run, beside, others);
  for (const std::string& path : beside) {
    const auto holder = older.find(path);
    const std::string why = tells_of(set.manifest, path) ? "it lay there before this run"
                            : holder == older.end()      ? "no earlier version known"
                                                         : "not tracked by this backup, but by " + holder->second;
    run.listener.note(fmt::format("{}: {}, so it is left as this run found it", printable(path), why));
  }
  reason += ", and this run's backup for what that one lacks";
  return read_set(run.store, {Shelf::kGood, header.id}, run.journal.patterns);
}

void take_larger(RoomSizes& sizes, const std::vector<FileEntry>& files) {
  for (const FileEntry& file : files) {
    if (file.absent) continue;
    uint64_t& size = sizes[file.path];
    size = std::max(size, file.size);
  }
}

// Told by its verdict alone, as it mostly can be, so that no catalog is read.
bool leads_to_backup(const OpenRun& run) {
  const Journal& journal = run.journal;
  const RollbackTarget policy = journal.settings.rollback.target;
  if (policy == RollbackTarget::kLastGood || !journal.stands_in.empty()) return false;
  const Verdict verdict = Verdicts::load(run.store).of(journal.digest);
  const bool is_checked = policy == RollbackTarget::kAuto && journal.settings.has_check();
  return verdict == Verdict::kGood || (verdict == Verdict::kUntested && !is_checked);
}

RoomSizes largest_sizes(const OpenRun& run, const std::vector<FileEntry>& backup) {
  RoomSizes sizes;
  take_larger(sizes, backup);
  if (leads_to_backup(run)) return sizes;
  const SetRef target = targets_of(run.store, run.journal, read_catalog(run.store)).front().ref;
  if (target == run.journal.backup.ref) return sizes;
  const auto set = find_readable_set(run.store, target, run.journal.patterns);
  if (set) take_larger(sizes, set->manifest.files);
  return sizes;
}

}  // namespace

std::vector<Target> candidate_targets(const Journal& journal, const Catalog& catalog, const Verdicts& verdicts,
                                      const Comparisons& comparisons) {
  const KnownGood known = known_good(catalog, verdicts);
  const std::vector<Target> good = known_good_targets(catalog, known, comparisons);
  const bool replaced = !journal.stands_in.empty();
  const SetRef& previous = previous_of(journal);
  const Verdict verdict = verdict_on(previous, catalog, verdicts);
  const bool newer_good = replaced && !good.empty() && catalog.is_newer(good.front().ref, previous);
  const bool is_good = verdict == Verdict::kGood || comparisons.backup_is_good;
  const bool previous_good = is_good && !newer_good;
  std::string whose = replaced ? "the backup of the run that was ended first" : "this run's backup";
  if (verdict == Verdict::kBad) whose += ", known bad";

  const bool policy_previous = journal.settings.rollback.target == RollbackTarget::kPrevious ||
                               (journal.settings.rollback.target == RollbackTarget::kAuto &&
                                !journal.settings.has_check() && verdict != Verdict::kBad);
  std::vector<Target> targets;
  if (policy_previous && !newer_good) {
    targets.push_back({previous, whose});
  } else if (journal.settings.rollback.target == RollbackTarget::kAuto && previous_good) {
    targets.push_back({previous, whose + (verdict == Verdict::kGood ? ", known good"
                                                                    : ", known good in all that was tracked before")});
  }
  append(targets, good);
  append(targets, {{previous, for_want_of_a_good(whose, known, comparisons)}});
  append(targets, {{journal.backup.ref, "this run's backup, for no other is whole"}});
  return targets;
}

std::optional<StoredSet> choose_target(OpenRun& run, const LiveSet& live, const NewerVersion& newer) {
  const Tree tree = run.tree();
  const Catalog catalog = read_catalog(run.store);
  std::vector<Target> targets;
  if (newer && Verdicts::load(run.store).of(newer->first) != Verdict::kBad) {
    for (const CatalogEntry* entry : catalog.with_digest(newer->first)) {
      targets.push_back({entry->ref, newer->second});
    }
  }
  append(targets, targets_of(run.store, run.journal, catalog));
  std::optional<StoredSet> chosen;
  for (const Target& target : targets) {
    const std::string trouble = fmt::format("{} ({}) cannot be used", target.ref.label(), target.reason);
    const bool is_whole = try_to(run.listener, trouble, [&] {
      StoredSet set = read_set(run.store, target.ref, run.journal.patterns);
      check_sources(set, plan_restore(tree, set, live, {}));
      run.journal.target_reason = target.reason;
      chosen = completed(run, std::move(set), targets, run.journal.target_reason);
      run.journal.target = chosen->recorded();
    });
    if (is_whole) break;
  }
  return chosen;
}

Target likely_target(const Store& store, const LiveSet& live, Journal journal) {
  Catalog catalog = read_catalog(store);
  CatalogEntry would_be;
  would_be.ref = {Shelf::kBackups, kWouldBe};
  would_be.manifest.patterns = journal.patterns;
  would_be.manifest.digest = live.digest;
  Manifest here = would_be.manifest;
  here.files = live.files;
  journal.backup = {kWouldBe, would_be.ref};
  catalog.entries.push_back(std::move(would_be));
  return targets_of(store, journal, catalog, std::move(here)).front();
}

std::string why_no_way_back(const LiveSet& here, const Journal& journal) {
  if (here.empty()) return "no way back yet: no tracked file lies here, and none is stored";
  if (journal.backup_of.empty()) return "";
  return fmt::format(
      "no way back yet: the files that lie here are live in environment {}, and none is known of this one",
      in_quotes(journal.backup_of));
}

bool leads_to_its_backup(const OpenRun& run) {
  return targets_of(run.store, run.journal, read_catalog(run.store)).front().ref == run.journal.backup.ref;
}

void hold_room(const OpenRun& run, const std::vector<FileEntry>& backup) {
  if (!run.journal.settings.rollback.enabled) return;
  try {
    Reserve::hold(run.tree(), run.store, largest_sizes(run, backup));
  } catch (const Error& error) {
    if (is_out_of_room(error)) throw;
    run.listener.warning("no room is held for a rollback, should the disk fill up: " + error.message());
    release_room(run.site);
  }
}

}  // namespace backstep
