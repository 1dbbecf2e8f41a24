// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "store/store.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

// The ID in "2024-03-10_14-23-00" and "failed/2024-03-10_14-23-00"; "" for what names no set so.
std::string id_in(const std::string& name) {
  constexpr std::string_view kFailed = "failed/";
  std::string id = name.starts_with(kFailed) ? name.substr(kFailed.size()) : name;
  return is_set_id(id) ? id : "";
}

bool has_set(const std::optional<Store>& store, const std::string& name) {
  const std::string id = id_in(name);
  if (!store || id.empty()) return false;
  if (id != name) return store->find_set({Shelf::kFailed, id}).has_value();
  return store->find_set({Shelf::kBackups, id}) || store->find_set({Shelf::kGood, id});
}

void choose_by_names(Session& session, const std::vector<std::string>& names) {
  std::vector<StorePlace> found;
  for (const StorePlace& place : session.places()) {
    const std::optional<Store> store = session.find_store(place);
    const auto is_here = [&](const std::string& name) { return has_set(store, name); };
    const bool has_all = !names.empty() && std::ranges::all_of(names, is_here);
    if (has_all) found.push_back(place);
  }
  if (found.size() == 1) session.choose(found.front());
}

[[noreturn]] void refuse_file(const std::string& file, const std::string& why) {
  refuse_usage(fmt::format("cannot use {}: {}", in_quotes(file), why));
}

// `above`: the directory of FILE, absolute; it may hold `..` and symlinks.
Directory open_parent(const Workspace& workspace, const std::string& path, const std::string& above) {
  if (!is_plain_relative_path(path)) return Directory::open_root(above, above);
  Directory here = Directory::open_root(workspace.called_in, "");
  const std::string_view parent = parts_of(path).parent;
  return parent.empty() ? std::move(here) : here.open_directory(parent);
}

}  // namespace

Store existing_store(Session& session, const std::vector<std::string>& names) {
  if (session.places().size() > 1) choose_by_names(session, names);
  for (const std::string& name : names) refuse_set_of_another(session, name);
  std::optional<Store> store = session.find_store();
  if (!store) {
    refuse_usage(fmt::format("there are no backups in {} yet{}", in_quotes(session.place().display),
                             session.config().remote.empty() ? "" : "; 'backstep pull' brings what the remote holds"));
  }
  return std::move(*store);
}

void refuse_set_of_another(const Session& session, const std::string& name) {
  if (id_in(name).empty() || has_set(session.find_store(), name)) return;
  for (const StorePlace& other : environments_in(session.workspace(), session.place())) {
    if (!has_set(session.find_store(other), name)) continue;
    refuse_usage(fmt::format(
        "{} is a set of {}: say --environment {}", in_quotes(name),
        other.environment == kNameless ? "the store without a name" : "the environment " + printable(other.environment),
        printable(other.environment)));
  }
}

SetRef chosen_set(const Store& store, const Catalog& catalog, const std::string& name) {
  if (name != "last-good") return named_set(catalog, name);
  const KnownGood good = known_good(catalog, Verdicts::load(store));
  if (good.last != nullptr) return good.last->ref;
  refuse_usage("nothing is known good yet: name an ID of 'list'");
}

ArchivePlace find_archive_place(const Workspace& workspace, const std::string& file) {
  std::string path = file;
  while (path.starts_with("./")) path.erase(0, path.find_first_not_of('/', 1));
  const std::string name(parts_of(path).name);
  if (name.empty() || name == "." || name == "..") refuse_file(file, "it does not name a file");
  const std::string above = parent_of(std::filesystem::path(workspace.called_in) / path);
  try {
    return {.directory = open_parent(workspace, path, above), .path = above, .name = name, .shown = file};
  } catch (const Error& error) {
    throw error.within("cannot use " + in_quotes(file), ExitCode::kUsage);
  }
}

void require_writable_place(const ArchivePlace& place, const Workspace& workspace, const StorePlace& store) {
  const std::string kept = real_path(store.absolute ? store.path : workspace.path() + "/" + store.path);
  const std::string parent = real_path(place.path);
  if (!kept.empty() && beneath(kept, parent)) refuse_file(place.shown, "it lies in backups_dir");
  const auto there = place.directory.status(place.name);
  if (!there || there->type == FileType::kRegular) return;
  if (there->type == FileType::kDirectory) refuse_file(place.shown, "it is a directory");
  refuse_file(place.shown, "it is a symlink, a FIFO or a device ('-' writes to stdout)");
}

}  // namespace backstep
