// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include <limits.h>

#include <algorithm>

#include "base/text.h"
#include "store/store.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

bool names_files(std::string_view path) {
  const std::vector<std::string> parts = split(path, '/');
  return !path.starts_with('.') && path.size() < PATH_MAX && is_plain_relative_path(path) &&
         std::ranges::all_of(parts, [](const std::string& part) { return part.size() <= NAME_MAX; });
}

}  // namespace

bool ArchiveName::is_note() const { return path.starts_with('_') && path.find('/') == std::string::npos; }

std::optional<ArchiveName> parse_archive_name(std::string_view name) {
  const bool directory = name.ends_with('/');
  if (name == ".backstep/" || name == path_of_shelf(Shelf::kGood) || name == path_of_shelf(Shelf::kFailed)) {
    return ArchiveName{};
  }
  for (const std::string_view known : kRecordNames) {
    if (name == archive_name_of_records(known)) return ArchiveName{ArchiveName::Kind::kRecords, {}, std::string(known)};
  }
  SetRef ref;
  for (const Shelf shelf : {Shelf::kGood, Shelf::kFailed}) {
    if (name.starts_with(path_of_shelf(shelf))) ref.shelf = shelf;
  }
  name.remove_prefix(path_of_shelf(ref.shelf).size());
  if (directory) name.remove_suffix(1);
  const size_t slash = name.find('/');
  ref.id = name.substr(0, slash);
  const std::string_view path = slash == std::string_view::npos ? "" : name.substr(slash + 1);
  const bool names_set = directory && slash == std::string_view::npos;
  if (!is_set_id(ref.id) || (path.empty() && !names_set)) return std::nullopt;
  if (!path.empty() && !names_files(path)) return std::nullopt;
  const auto kind = directory ? ArchiveName::Kind::kDirectory : ArchiveName::Kind::kSetFile;
  return ArchiveName{kind, std::move(ref), std::string(path)};
}

std::string archive_name(const SetRef& ref, std::string_view path) { return path_of_set(ref).append(path); }

std::string archive_name_of_records(std::string_view name) { return std::string(".backstep/").append(name); }

}  // namespace backstep
