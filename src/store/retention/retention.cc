// SPDX-License-Identifier: Apache-2.0
#include "store/retention/retention.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <ranges>
#include <set>

#include "base/duration.h"
#include "base/error.h"

namespace backstep {
namespace {

using State = CatalogEntry::State;
using Entries = std::vector<const CatalogEntry*>;

bool is_evidence(const CatalogEntry& entry) { return entry.ref.shelf == Shelf::kFailed; }

// What counts count: the digest. Nobody knows what a set without a manifest holds, so it is a
// content of its own; and no evidence stands for a backup.
std::string content_of(const CatalogEntry& entry) {
  if (entry.state != State::kComplete) return entry.ref.label();
  return is_evidence(entry) ? "failed/" + entry.manifest.digest : entry.manifest.digest;
}

bool holds_nothing(const CatalogEntry& entry) { return content_of(entry) == set_digest({}); }

// Gives each set its reasons to stay, rule by rule.
class Rules {
 public:
  Rules(const Retention& policy, const RetentionInput& input)
      : policy_(policy), input_(input), good_(known_good(input.catalog, input.verdicts)) {
    for (const CatalogEntry& entry : std::views::reverse(input.catalog.entries)) {
      const bool counts = entry.state == State::kComplete || entry.state == State::kUnverified;
      if (counts) (is_evidence(entry) ? evidence_ : sets_).push_back(&entry);
    }
  }

  std::vector<RetentionDecision> decide() {
    keep_untouchable();
    keep_good();
    keep_last(sets_, policy_.keep_last, "");
    keep_last(evidence_, policy_.keep_failed, " failed");
    keep_within();
    keep_tagged();
    keep_bases();
    // Once all others have spoken: what stays may be damaged, and what goes whole.
    keep_copies();
    keep_a_target();
    return decisions();
  }

 private:
  void keep_untouchable() {
    const std::vector<SetRef>& in_use = input_.in_use;
    for (const CatalogEntry& entry : input_.catalog.entries) {
      if (std::ranges::find(in_use, entry.ref) != in_use.end()) keep(entry, "named by the journal");
      if (entry.state == State::kNewer) keep(entry, "written by a newer version");
      if (entry.state == State::kDamaged) keep(entry, "damaged");
    }
  }

  // The last good version stays even when the rule is off, for it is what a rollback goes back to.
  void keep_good() {
    if (good_.last == nullptr) return keep_newest();
    keep(*good_.last, "last good");
    const size_t wanted = std::min(static_cast<size_t>(std::max(policy_.keep_good, 0)), good_.stored.size());
    for (size_t i = 1; i < wanted; ++i) {
      keep(*input_.catalog.with_digest(good_.stored[i]).front(), fmt::format("last {} good", policy_.keep_good));
    }
  }

  void keep_newest() {
    const auto newest = std::ranges::find_if(sets_, [](const CatalogEntry* set) { return !holds_nothing(*set); });
    if (newest != sets_.end()) keep(**newest, "newest, for nothing is known good");
  }

  // Backups and accepted sets are counted apart, so that beside what is live stays what was there
  // before. A content counts where its newest set lies.
  void keep_last(const Entries& sets, int count, const char* kind) {
    std::set<std::string> contents;
    std::map<Shelf, int> seen;
    for (const CatalogEntry* set : sets) {
      if (!contents.insert(content_of(*set)).second || ++seen[set->ref.shelf] > count) continue;
      keep(*set, fmt::format("last {}{}", count, kind));
    }
  }

  void keep_within() {
    if (policy_.keep_within <= Duration{0}) return;
    for (const CatalogEntry* set : sets_) {
      const std::chrono::seconds age(input_.now - set->manifest.time);
      if (age > policy_.keep_within || !is_believable(set->manifest.time, input_.now)) continue;
      keep(*set, "within " + format_duration(policy_.keep_within));
    }
  }

  void keep_tagged() {
    const std::vector<std::string>& tags = policy_.keep_tags;
    const auto wants = [&](const std::string& tag) { return std::ranges::find(tags, tag) != tags.end(); };
    for (const CatalogEntry* set : sets_) {
      const std::string& tag = set->manifest.tag;
      if (!tag.empty() && (wants("*") || wants(tag))) keep(*set, "tag " + tag);
    }
  }

  void keep_bases() {
    for (const CatalogEntry& entry : input_.catalog.entries) {
      if (!is_evidence(entry) || entry.manifest.base.empty() || !keeps(entry)) continue;
      const CatalogEntry* base = input_.catalog.find_base(entry.manifest);
      if (base != nullptr) keep(*base, "needed by " + entry.ref.label());
    }
  }

  // What goes because another set holds the same must not be the last that is whole.
  void keep_copies() {
    std::map<std::string, Entries> copies;
    for (const CatalogEntry* entry : sets_) copies[content_of(*entry)].push_back(entry);
    for (const auto& [content, sets] : copies) {
      const auto kept = [&](const CatalogEntry* set) { return keeps(*set); };
      if (keeps_all(sets) || std::ranges::none_of(sets, kept)) continue;
      const auto whole = [&](const CatalogEntry* set) { return kept(set) && is_whole(*set); };
      if (std::ranges::any_of(sets, whole)) continue;
      keep_newest_whole(sets, "whole, and newer ones of this content are not");
    }
  }

  // The last good version may be damaged in every copy: then a rollback tries the next.
  void keep_a_target() {
    if (keeps_all(sets_)) return;
    for (const std::string& digest : good_.stored) {
      if (keep_newest_whole(input_.catalog.with_digest(digest), "last good that is whole")) return;
    }
    Entries sets = sets_;
    std::erase_if(sets, [](const CatalogEntry* set) { return holds_nothing(*set); });
    keep_newest_whole(sets, "newest that is whole");
  }

  // One that stays anyway needs no further reason. False: none is whole.
  bool keep_newest_whole(const Entries& sets, const char* reason) {
    const auto whole = std::ranges::find_if(sets, [&](const CatalogEntry* set) { return is_whole(*set); });
    if (whole == sets.end()) return false;
    if (!keeps(**whole)) keep(**whole, reason);
    return true;
  }

  bool is_whole(const CatalogEntry& entry) {
    const auto [known, unknown] = whole_.emplace(&entry, false);
    if (unknown) known->second = input_.is_whole(entry.ref);
    return known->second;
  }

  void keep(const CatalogEntry& entry, std::string reason) { reasons_[&entry].push_back(std::move(reason)); }
  bool keeps(const CatalogEntry& entry) const { return reasons_.contains(&entry); }
  bool keeps_all(const Entries& entries) const {
    return std::ranges::all_of(entries, [&](const CatalogEntry* entry) { return keeps(*entry); });
  }

  std::vector<RetentionDecision> decisions() const {
    std::map<std::string, std::string> kept;  // content: the newest set that keeps it
    for (const CatalogEntry& entry : std::views::reverse(input_.catalog.entries)) {
      if (keeps(entry)) kept.emplace(content_of(entry), entry.ref.label());
    }
    std::vector<RetentionDecision> decisions;
    for (const CatalogEntry& entry : input_.catalog.entries) {
      const auto reasons = reasons_.find(&entry);
      const bool stays = reasons != reasons_.end();
      const auto same = kept.find(content_of(entry));
      const std::string goes = same == kept.end() ? "no rule keeps it" : "same content as " + same->second;
      decisions.push_back({entry.ref, stays, stays ? reasons->second : std::vector{goes}});
    }
    return decisions;
  }

  const Retention& policy_;
  const RetentionInput& input_;
  const KnownGood good_;
  // What rules look at, newest first: what can be read.
  Entries sets_;  // backups and accepted sets
  Entries evidence_;
  std::map<const CatalogEntry*, std::vector<std::string>> reasons_;  // of each that stays
  std::map<const CatalogEntry*, bool> whole_;                        // those that were asked
};

}  // namespace

void require_a_rule(const Retention& policy) {
  if (policy.keep_last > 0 || policy.keep_within > Duration{0} || policy.keep_good > 0 || !policy.keep_tags.empty()) {
    return;
  }
  refuse_usage(
      fmt::format("retention is empty: set keep_last, keep_within, keep_good or keep_tags, or "
                  "hardly a backup would stay{}",
                  policy.keep_failed > 0 ? " (keep_failed is for failed files only)" : ""));
}

std::vector<RetentionDecision> decide_retention(const Retention& policy, const RetentionInput& input) {
  require_a_rule(policy);
  return Rules(policy, input).decide();
}

}  // namespace backstep
