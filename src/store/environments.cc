// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kLongestFileName = 255;

// The reverse of environment_directory(). Any name for a directory that no environment has.
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

std::optional<Store> open_environment(const Workspace& workspace, StorePlace place, std::string name) {
  place.environment = std::move(name);
  return Store::open_existing(workspace, place);
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
  refuse_usage(fmt::format("environment {} is too long for the name of a directory", in_quotes(name)));
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

bool holds_anything(const Store& store) {
  if (!store.list_sets().empty()) return true;
  if (!store.has_control()) return false;
  for (const char* name : {kHistoryFile, kVerdictsFile, "journal.json"}) {
    if (store.control().status(name)) return true;
  }
  return false;
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
  const bool is_said = !place.environment.empty() || names.size() == 1;
  for (size_t i = 0; i < names.size(); ++i) {
    auto& flags = found[i].flags;
    if (!is_said) flags.insert(flags.end(), {"--environment", names[i]});
    found[i].environment = std::move(names[i]);
  }
  return found;
}

std::string environments_words(const std::vector<StorePlace>& places) {
  std::vector<std::string> names;
  for (const StorePlace& place : places) {
    if (place.environment != kNameless) names.push_back(printable(place.environment));
  }
  return joined(names, ", ") + (names.size() < places.size() ? " and one without a name ('.')" : "");
}

}  // namespace backstep
