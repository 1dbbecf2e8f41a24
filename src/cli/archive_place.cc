// SPDX-License-Identifier: Apache-2.0
#include "cli/named_set.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  refuse_usage(fmt::format("cannot use {}: {}", in_quotes(file), why));
}

std::string without_dot_start(std::string path) {
  while (path.starts_with("./")) path.erase(0, path.find_first_not_of('/', 1));
  return path;
}

// The directory of FILE, absolute; it may hold `..` and symlinks.
std::string parent_of(const Workspace& workspace, const std::string& path) {
  const std::string parent(parts_of(path).parent);
  if (path.starts_with('/')) return parent.empty() ? "/" : parent;
  return workspace.called_in + "/" + parent;
}

Directory open_parent(const Workspace& workspace, const std::string& path) {
  if (!is_plain_relative_path(path)) {
    const std::string parent = parent_of(workspace, path);
    return Directory::open_root(parent, parent);
  }
  Directory here = Directory::open_root(workspace.called_in, "");
  const std::string_view parent = parts_of(path).parent;
  return parent.empty() ? std::move(here) : here.open_directory(parent);
}

}  // namespace

ArchivePlace find_archive_place(const Workspace& workspace, const std::string& file) {
  const std::string path = without_dot_start(file);
  const std::string name(parts_of(path).name);
  if (name.empty() || name == "." || name == "..") refuse(file, "it does not name a file");
  try {
    return {.directory = open_parent(workspace, path),
            .path = parent_of(workspace, path),
            .name = name,
            .shown = file};
  } catch (const Error& error) {
    throw error.within("cannot use " + in_quotes(file), ExitCode::kUsage);
  }
}

void require_writable_place(const ArchivePlace& place, const Workspace& workspace,
                            const StorePlace& store) {
  const std::string kept =
      real_path(store.absolute ? store.path : workspace.path() + "/" + store.path);
  const std::string parent = real_path(place.path);
  if (!kept.empty() && (parent == kept || parent.starts_with(kept + "/"))) {
    refuse(place.shown, "it lies in backups_dir");
  }
  const auto there = place.directory.status(place.name);
  if (!there || there->type == FileType::kRegular) return;
  if (there->type == FileType::kDirectory) refuse(place.shown, "it is a directory");
  refuse(place.shown, "it is a symlink, a FIFO or a device ('-' writes to stdout)");
}

}  // namespace backstep
