// SPDX-License-Identifier: Apache-2.0
#include "store/environments.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr size_t kLongestFileName = 255;

// The name of an environment by its directory's: the reverse of environment_directory(). Any name
// for one that no environment has.
std::string name_of_environment(std::string_view directory) {
  std::string name;
  for (size_t at = 0; at < directory.size(); ++at) {
    auto byte = static_cast<unsigned char>(directory[at]);
    if (byte == '%' && at + 2 < directory.size()) {
      const char* digits = directory.data() + at + 1;
      std::from_chars(digits, digits + 2, byte, 16);
      at += 2;
    }
    name += static_cast<char>(byte);
  }
  return name;
}

std::optional<Store> open_environment(const Workspace& workspace, StorePlace place,
                                      std::string name) {
  place.environment = std::move(name);
  return Store::open_existing(workspace, place);
}

bool holds_anything(const Store& store) {
  if (!store.list_sets().empty()) return true;
  if (!store.has_control()) return false;
  for (const char* name : {kHistoryFile, kVerdictsFile, "journal.json"}) {
    if (store.control().status(name)) return true;
  }
  return false;
}

// A file of a published set is never written again, so another name for it is as good as a copy.
void link_or_copy(const Directory& from, const Directory& to, const std::string& name,
                  Owner owner) {
  try {
    return from.link(name, to, name);
  } catch (const SystemError&) {
    // Whatever the reason: what follows says why it fails, if it does.
  }
  const FoundFile source{from.open_file(name), *from.status(name)};
  StagedFile staged(to, name);
  staged.copy_from(source.fd.get(), source.status.size, from.shown(name));
  staged.set_mode_and_owner(source.status.mode & 0777, owner);
  staged.finish_durably();
  staged.commit();
}

void link_tree(const Directory& from, const Directory& to, Owner owner) {
  for (const auto& [name, type] : from.list_types()) {
    if (type == FileType::kDirectory) {
      link_tree(from.open_directory(name), to.make_directories(name, owner), owner);
    } else if (type == FileType::kRegular) {
      link_or_copy(from, to, name, owner);
    }
  }
  to.sync();
}

size_t link_shelf(const Store& from, const Store& to, Shelf shelf) {
  const Directory* source = from.find_shelf(shelf);
  if (source == nullptr) return 0;
  const Directory& target = to.shelf(shelf);
  size_t count = 0;
  for (const auto& [id, type] : source->list_types()) {
    if (!is_set_id(id) || type != FileType::kDirectory) continue;
    ++count;
    if (target.status(id)) continue;
    const std::string partial = kPartialPrefix + id;
    target.remove_tree(partial);
    link_tree(source->open_directory(id), target.make_directories(partial, to.owner()), to.owner());
    target.rename(partial, target, id, IfExists::kFail);
  }
  target.sync();
  return count;
}

}  // namespace

std::string environment_directory(std::string_view name) {
  if (name.empty() || name == kNameless) return "";
  std::string directory;
  for (const char c : name) {
    const bool plain = is_ascii_alphanumeric(c) || c == '.' || c == '_' || c == '-';
    const bool coded = !plain || (directory.empty() && (c == '.' || is_set_id(name)));
    directory += coded ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  if (directory.size() <= kLongestFileName) return directory;
  refuse_usage(
      fmt::format("environment {} is too long for the name of a directory", in_quotes(name)));
}

bool is_environment(const Directory& backups, std::string_view directory) {
  if (directory.starts_with('.') || is_set_id(directory)) return false;
  try {
    if (environment_directory(name_of_environment(directory)) != directory) return false;
    const auto control = backups.status(std::string(directory) + "/" + kControlDirectory);
    return control && control->type == FileType::kDirectory;
  } catch (const Error&) {
    return false;  // a symlink, or a directory that may not be entered
  }
}

std::vector<StorePlace> environments_in(const Workspace& workspace, const StorePlace& place) {
  const auto nameless = open_environment(workspace, place, std::string(kNameless));
  if (!nameless) return {};
  std::vector<std::string> names;
  for (const auto& [directory, type] : nameless->backups().list_types()) {
    if (type != FileType::kDirectory || !is_environment(nameless->backups(), directory)) continue;
    std::string name = name_of_environment(directory);
    const auto store = open_environment(workspace, place, name);
    if (store && holds_anything(*store)) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  // Without another one it is the store, whatever it holds.
  if (!names.empty() && holds_anything(*nameless)) names.emplace(names.begin(), kNameless);
  std::vector<StorePlace> found(names.size(), place);
  for (size_t i = 0; i < names.size(); ++i) found[i].environment = std::move(names[i]);
  return found;
}

std::string environments_words(const std::vector<StorePlace>& places) {
  std::vector<std::string> names;
  for (const StorePlace& place : places) {
    if (place.environment != kNameless) names.push_back(printable(place.environment));
  }
  return joined(names, ", ") +
         (names.size() < places.size() ? " and one without a name ('.')" : "");
}

size_t adopt_nameless(const Workspace& workspace, const StorePlace& place, const Store& store) {
  if (environment_directory(place.environment).empty() || store.control().status(kHistoryFile))
    return 0;
  const std::vector<StorePlace> all = environments_in(workspace, place);
  const bool has_other = std::ranges::any_of(all, [&](const StorePlace& other) {
    return other.environment != kNameless && other.environment != place.environment;
  });
  const auto nameless = open_environment(workspace, place, std::string(kNameless));
  if (has_other || !nameless || !holds_anything(*nameless)) return 0;
  size_t count = 0;
  for (const Shelf shelf : kShelves) count += link_shelf(*nameless, store, shelf);
  for (const char* name : {kVerdictsFile, kHistoryFile}) {
    store.replace_records(name, nameless->read_records(name));
  }
  return count;
}

}  // namespace backstep
