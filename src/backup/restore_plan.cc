// SPDX-License-Identifier: Apache-2.0
#include "backup/restore_plan.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "system/digest.h"

namespace backstep {
namespace {

class Planner {
 public:
  Planner(const Tree& tree, const StoredSet& target, const LiveSet& live, const RestoreRules& rules)
      : tree_(tree),
        target_(target),
        live_(live),
        rules_(rules),
        compare_owner_(may_change_owner() && !target.unverified) {}

  RestorePlan plan() {
    for (const FileEntry& wanted : target_.manifest.files) {
      if (never_tracked(wanted.path, tree_.store)) refuse(wanted.path);
      if (!wanted.absent) plan_wanted(wanted);
    }
    for (const FileEntry& present : live_.files) {
      const FileEntry* wanted = find_entry(target_.manifest.files, present.path);
      if (!present.absent && (wanted == nullptr || wanted->absent)) plan_extra(present);
    }
    std::sort(plan_.steps.begin(), plan_.steps.end(),
              [](const auto& a, const auto& b) { return a.target.path < b.target.path; });
    return std::move(plan_);
  }

 private:
  [[noreturn]] void refuse(const std::string& path) const {
    throw Error(ExitCode::kDamaged,
                fmt::format("{} names {}, which lies in the store or in .git: nothing was restored",
                            target_.ref.label(), in_quotes(path)));
  }

  std::string service(const std::string& path) const { return tree_.patterns.service_of(path); }

  bool is_selected(const std::string& path) const {
    return rules_.only_services.empty() || rules_.only_services.contains(service(path));
  }

  bool is_allowed(const std::string& path, const FileEntry* live) {
    if (!rules_.may_touch || rules_.may_touch(path, live)) return true;
    plan_.kept_newer.push_back(path);
    return false;
  }

  // The set's patterns may differ from today's, so a file that today's do not track is looked at by
  // itself instead of being taken for missing.
  const FileEntry* live_entry(const std::string& path) {
    const FileEntry* entry = find_entry(live_.files, path);
    if (entry != nullptr) return entry->absent ? nullptr : entry;
    looked_up_ = read_live_file(tree_.workspace.directory, path);
    return looked_up_ ? &*looked_up_ : nullptr;
  }

  void plan_wanted(const FileEntry& wanted) {
    if (!is_selected(wanted.path)) return;
    const FileEntry* live = live_entry(wanted.path);
    if (live != nullptr && same_state(*live, wanted, compare_owner_)) {
      ++plan_.unchanged;
      return;
    }
    if (live == nullptr && is_missing_service(wanted.path)) return;
    if (!is_allowed(wanted.path, live)) return;
    RestoreStep step;
    step.kind = live == nullptr ? RestoreStep::Kind::kCreate : RestoreStep::Kind::kReplace;
    step.target = wanted;
    step.in_place = live != nullptr && is_mount_point(wanted.path);
    plan_.steps.push_back(std::move(step));
  }

  bool is_mount_point(const std::string& path) const {
    const auto status = tree_.workspace.directory.glance(path);
    return status && status->mount_point;
  }

  bool is_missing_service(const std::string& path) {
    const std::string name = service(path);
    if (rules_.recreate_services || name.empty()) return false;
    if (tree_.workspace.directory.status(parts_of(path).parent)) return false;
    plan_.missing_services.push_back(name);
    return true;
  }

  void plan_extra(const FileEntry& present) {
    if (!is_selected(present.path)) return;
    // The original's sets say nothing of what was absent, so they remove nothing.
    if (!rules_.exact || target_.unverified) {
      plan_.kept_added.push_back(present.path);
    } else if (is_allowed(present.path, &present)) {
      RestoreStep step;
      step.kind = RestoreStep::Kind::kRemove;
      step.target.path = present.path;
      step.target.absent = true;
      plan_.steps.push_back(std::move(step));
    }
  }

  const Tree& tree_;
  const StoredSet& target_;
  const LiveSet& live_;
  const RestoreRules& rules_;
  bool compare_owner_;
  std::optional<FileEntry> looked_up_;
  RestorePlan plan_;
};

}  // namespace

RestorePlan plan_restore(const Tree& tree, const StoredSet& target, const LiveSet& live,
                         const RestoreRules& rules) {
  return Planner(tree, target, live, rules).plan();
}

std::string digest_after(const LiveSet& live, const RestorePlan& plan) {
  SetDigest digest;
  auto step = plan.steps.begin();
  for (const FileEntry& file : live.files) {
    while (step != plan.steps.end() && step->target.path < file.path) digest.add((step++)->target);
    const bool replaced = step != plan.steps.end() && step->target.path == file.path;
    digest.add(replaced ? (step++)->target : file);
  }
  while (step != plan.steps.end()) digest.add((step++)->target);
  return digest.hex();
}

void check_sources(const StoredSet& target, const RestorePlan& plan) {
  for (const RestoreStep& step : plan.steps) {
    if (step.kind == RestoreStep::Kind::kRemove) continue;
    std::string found;
    try {
      found = sha256_of_file(target.open(step.target).get(), target.shown(step.target),
                             step.target.size);
    } catch (const Error& error) {
      throw error.within("damaged", ExitCode::kDamaged);
    }
    if (found != step.target.sha256) {
      throw Error(ExitCode::kDamaged, fmt::format("damaged: {} is not what its manifest says",
                                                  in_quotes(target.shown(step.target))));
    }
  }
}

}  // namespace backstep
