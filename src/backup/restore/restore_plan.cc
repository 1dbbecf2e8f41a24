// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore_plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

class Planner {
 public:
  Planner(const Tree& tree, const StoredSet& target, const LiveSet& live, const RestoreRules& rules)
      : tree_(tree),
        target_(target),
        live_(live),
        rules_(rules),
        compare_owner_(!target.unverified),
        now_(tree.workspace.directory.own_status().owner()) {}

  RestorePlan plan() {
    side_by_side(target_.manifest.files, live_.files,
                 [&](const FileEntry* wanted, const FileEntry* live) { plan_path(wanted, live); });
    plan_.steps.shrink_to_fit();
    return std::move(plan_);
  }

 private:
  [[noreturn]] void refuse(const std::string& path) const {
    refuse_damaged(fmt::format("{} names {}, which lies in the store or in .git: nothing was restored",
                               target_.ref.label(), in_quotes(path)));
  }

  std::string service(const std::string& path) const { return tree_.patterns.service_of(path); }

  bool is_selected(const std::string& path) const {
    const std::vector<std::string>& only = rules_.scope.only_services;
    return only.empty() || std::ranges::find(only, service(path)) != only.end();
  }

  bool is_allowed(const std::string& path, const FileEntry* live) {
    if (!rules_.may_touch || rules_.may_touch(path, live)) return true;
    plan_.kept_newer.push_back(path);
    return false;
  }

  // What the patterns found needs not be asked again whether they look for it.
  void plan_path(const FileEntry* wanted, const FileEntry* live) {
    if (live == nullptr && never_tracked(wanted->path, tree_.store)) refuse(wanted->path);
    if (wanted != nullptr && !wanted->absent) return plan_wanted(*wanted, live);
    if (live != nullptr) plan_extra(*live);
  }

  void leave(const std::string& path, LeftFile::Why why) { plan_.left.push_back({path, why}); }

  // The first thing on the way to `path` that is no directory, or whatever lies at `path` itself;
  // "" where nothing does. nullopt: the way leads through a directory that may not be entered.
  std::optional<std::string> in_the_way(const std::string& path) const {
    size_t end = 0;
    while (path.compare(end, 3, "../") == 0) end += 3;
    try {
      do {
        end = path.find('/', end + 1);
        const std::string at = path.substr(0, end);
        const auto status = tree_.workspace.directory.glance(at);
        if (!status) return "";
        if (status->type != FileType::kDirectory) return at;
      } while (end != std::string::npos);
      return path;
    } catch (const Error& error) {
      if (error.error_number() != 0 && error.error_number() != EACCES) throw;
      return std::nullopt;
    }
  }

  // Whether what lies in a file's place may go: this run brought it, or a person asks. What lay there before stays.
  bool may_go(const std::string& path) const {
    if (rules_.before == nullptr) return true;
    if (is_unstored(*rules_.before, path)) return false;
    return is_unstored(live_.files, path) || find_present(*rules_.before, path) != nullptr;
  }

  // False: nothing is done about this file, which is noted.
  bool make_way(const std::string& path, RestoreStep& step) {
    const std::optional<std::string> found = in_the_way(path);
    const bool is_closed = !found && rules_.before == nullptr;
    if (found && found != path && is_missing_service(path, *found)) return false;
    if (found != "" && (is_closed || !may_go(path))) {
      leave(path, LeftFile::Why::kUnstored);
      return false;
    }
    step.in_the_way = found.value_or("");
    return true;
  }

  // As far as it is not known from another machine.
  Owner last_owner(const FileEntry& stored, const FileEntry* live) const {
    if (rules_.before != nullptr) live = find_present(*rules_.before, stored.path);
    if (live != nullptr) return live->owner;
    const IndexRecord* record = rules_.index == nullptr ? nullptr : rules_.index->find(stored.path);
    const bool is_ours = record != nullptr && Index::copy_unchanged(*record, target_.open(stored).status);
    return is_ours ? record->owner : now_;
  }

  void plan_wanted(const FileEntry& stored, const FileEntry* known) {
    FileEntry wanted = stored;
    if (!is_selected(wanted.path)) return;
    if (known == nullptr && !tree_.patterns.looks_for(wanted.path)) {
      return leave(wanted.path, LeftFile::Why::kNotTracked);
    }
    const FileEntry* live = known == nullptr || known->absent ? nullptr : known;
    const bool is_fit = fit_owner(wanted.owner, target_.manifest.tree_owner, now_, last_owner(stored, live));
    // A capability would be his who may write to the file, and in the manifest.
    const bool is_new = live == nullptr || live->capability != stored.capability;
    if (is_new && now_.uid != 0 && effective_user() == 0) wanted.capability.clear();
    if (live != nullptr && same_state(*live, wanted, compare_owner_)) return;
    RestoreStep step;
    if (live == nullptr && !make_way(wanted.path, step)) return;
    if (live != nullptr && !live->has_content()) step.in_the_way = wanted.path;
    if (!is_allowed(wanted.path, live)) return;
    step.kind = live == nullptr ? RestoreStep::Kind::kCreate : RestoreStep::Kind::kReplace;
    const Owner owner = stored.owner;
    if (!is_fit || wanted.capability != stored.capability)
      plan_.strangers.push_back(fmt::format("{} ({}:{})", stored.path, owner.uid, owner.gid));
    step.file = &stored;
    step.owner = wanted.owner;
    step.gives_capability = wanted.capability == stored.capability;
    step.in_place = live != nullptr && is_mount_point(stored.path);
    plan_.steps.push_back(std::move(step));
  }

  bool is_mount_point(const std::string& path) const {
    const auto held = live_.held.find(path);
    return held != live_.held.end() && held->second.mount_point;
  }

  // Something else in the place of its directory is no service either.
  bool is_missing_service(const std::string& path, const std::string& in_the_way) {
    const std::string name = service(path);
    if (rules_.scope.recreate_services || name.empty()) return false;
    const auto there = tree_.workspace.directory.glance(std::string(parts_of(path).parent));
    if (there && in_the_way.empty()) return false;
    plan_.missing_services.push_back(name);
    return true;
  }

  // The original's sets say nothing of what was absent, so they remove nothing.
  void plan_extra(const FileEntry& live) {
    const std::string& path = live.path;
    if (live.absent || !is_selected(path)) return;
    if (target_.unverified) {
      plan_.kept_added.push_back(path);
    } else if (!tells_of(target_.manifest, path)) {
      leave(path, is_unstored(target_.manifest.files, path) ? LeftFile::Why::kUnstored : LeftFile::Why::kUnknownThen);
    } else if (rules_.before != nullptr &&
               (find_present(*rules_.before, path) != nullptr || is_unstored(*rules_.before, path))) {
      leave(path, LeftFile::Why::kLayThere);
    } else if (!rules_.scope.exact) {
      plan_.kept_added.push_back(path);
    } else if (is_allowed(path, &live)) {
      RestoreStep step{.kind = RestoreStep::Kind::kRemove, .file = &live};
      if (!live.has_content()) step.in_the_way = path;
      plan_.steps.push_back(std::move(step));
    }
  }

  const Tree& tree_;
  const StoredSet& target_;
  const LiveSet& live_;
  const RestoreRules& rules_;
  bool compare_owner_;
  Owner now_;
  RestorePlan plan_;
};

}  // namespace

std::string_view words_of(LeftFile::Why why) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"not tracked", "no earlier version known", "it could not be stored", "it lay there before this run"});
  return kWords[static_cast<size_t>(why)];
}

FileEntry RestoreStep::target() const {
  if (kind == Kind::kRemove) return absent_entry(path());
  FileEntry entry = *file;
  entry.owner = owner;
  if (!gives_capability) entry.capability.clear();
  return entry;
}

RestorePlan plan_restore(const Tree& tree, const StoredSet& target, const LiveSet& live, const RestoreRules& rules) {
  return Planner(tree, target, live, rules).plan();
}

bool fit_owner(Owner& owner, Owner then, Owner now, Owner last) {
  if (!may_change_owner()) return true;  // it is the kernel that refuses
  bool is_known = true;
  for (const auto id : {&Owner::uid, &Owner::gid}) {
    const auto wanted = owner.*id;
    const bool may_stay = wanted == 0 || wanted == now.*id;
    owner.*id = wanted == then.*id ? now.*id : may_stay ? wanted : last.*id;
    is_known = is_known && (wanted == then.*id || wanted == owner.*id);
  }
  return is_known;
}

std::vector<FileEntry> files_after(std::vector<FileEntry> live, const RestorePlan& plan) {
  std::vector<FileEntry> made;
  made.reserve(plan.steps.size());
  for (const RestoreStep& step : plan.steps) {
    const auto now = std::ranges::lower_bound(live, step.path(), {}, &FileEntry::path);
    const bool lies_there = now != live.end() && now->path == step.path();
    (lies_there ? *now : made.emplace_back()) = step.target();
  }
  if (live.empty()) return made;
  const auto end = live.insert(live.end(), made.begin(), made.end());
  std::ranges::inplace_merge(live, end, {}, &FileEntry::path);
  return live;
}

void check_sources(const StoredSet& target, const RestorePlan& plan) {
  for (const RestoreStep& step : plan.steps) {
    if (step.kind == RestoreStep::Kind::kRemove) continue;
    ContentHash found;
    try {
      found = sha256_of_file(target.open(*step.file).fd.get(), target.shown(*step.file), step.size());
    } catch (const Error& error) {
      if (lacks_permission(error)) throw;
      throw error.within("damaged", ExitCode::kDamaged);
    }
    if (found != step.file->sha256) {
      refuse_damaged(fmt::format("damaged: {} is not what its manifest says", in_quotes(target.shown(*step.file))));
    }
  }
}

bool tells_of(const Manifest& set, const std::string& path) {
  return set.patterns.looks_for(path) && !is_unstored(set.files, path);
}

bool shares_a_file(const Manifest& set, const Patterns& today) {
  if (!may_be_one_place(set.patterns.prefix, today.prefix)) return false;
  return std::ranges::any_of(set.files,
                             [&](const FileEntry& file) { return !file.absent && today.looks_for(file.path); });
}

std::vector<std::string> not_held_by(const Manifest& set, const std::vector<FileEntry>& here) {
  std::vector<std::string> paths;
  for (const FileEntry& file : here) {
    if (!file.absent && !find_present(set.files, file.path)) paths.push_back(file.path);
  }
  return paths;
}

bool same_over_shared(const Manifest& a, const Manifest& b) {
  if (!may_be_one_place(a.patterns.prefix, b.patterns.prefix)) return false;
  size_t shared = 0;
  size_t same = 0;
  side_by_side(a.files, b.files, [&](const FileEntry* one, const FileEntry* other) {
    const bool is_here = one != nullptr && !one->absent;
    const bool is_there = other != nullptr && !other->absent;
    const std::string& path = (one != nullptr ? one : other)->path;
    if (!(is_here || is_there) || !tells_of(a, path) || !tells_of(b, path)) return;
    ++shared;
    if (is_here && is_there && same_version(*one, *other)) ++same;
  });
  return shared > 0 && same == shared;
}

}  // namespace backstep
