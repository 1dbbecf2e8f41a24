// SPDX-License-Identifier: Apache-2.0
// The half of Directory that changes names: each call opens the parent beneath and then acts on the
// last component, which no call here ever follows.
#include <fcntl.h>
#include <fmt/core.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <ranges>

#include "base/error.h"
#include "base/text.h"
#include "system/files/directory.h"
#include "system/files/durability.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

int rename_over(int from, const std::string& name, int to, const std::string& new_name) {
  return renameat(from, name.c_str(), to, new_name.c_str()) == 0 ? 0 : errno;
}

// EINVAL: the file system has no RENAME_NOREPLACE. The store's lock closes the gap behind a look.
int rename_to_free_name(int from, const std::string& name, int to, const std::string& new_name) {
  if (renameat2(from, name.c_str(), to, new_name.c_str(), RENAME_NOREPLACE) == 0) return 0;
  const int error_number = errno;
  if (error_number != EINVAL && error_number != ENOSYS) return error_number;
  if (find_status(to, new_name, new_name)) return EEXIST;
  return rename_over(from, name, to, new_name);
}

}  // namespace

Directory::Place Directory::place_of(std::string_view path, std::string_view action) const {
  auto place = find_place(path);
  if (!place) throw SystemError(action, shown(path), ENOENT);
  return std::move(*place);
}

Directory Directory::open_or_make(const std::string& name, Owner owner, mode_t mode) const {
  if (auto found = find_directory(name)) return std::move(*found);
  mode |= group_bits();
  if (mkdirat(fd_.get(), name.c_str(), mode & 0777) != 0) {
    const int error_number = errno;
    if (error_number != EEXIST) {
      throw SystemError("create", shown(name), error_number, why_no_room(fd_.get(), error_number));
    }
    return open_directory(name);
  }
  Directory made = open_directory(name);
  const FileStatus got = made.own_status();
  // Who owns this directory may have put another one there since; an empty one does him no good.
  if (got.owner() != owner && !made.list().empty()) throw SystemError("open", shown(name), EEXIST);
  give_to(made.fd(), got, owner, made.display());
  // The umask may have taken bits away; a setgid bit inherited from the parent stays.
  mode |= got.mode & S_ISGID;
  if (got.mode != mode) set_mode(made.fd(), mode, made.display());
  return made;
}

Directory Directory::make_directories(std::string_view path, Owner owner, mode_t mode) const {
  const Meant meant = meant_by(path);
  Directory here = meant.directory.duplicate();
  if (meant.path == ".") return here;
  for (const std::string& name : split(meant.path, '/')) {
    here = here.open_or_make(name, owner, mode);
  }
  return here;
}

void Directory::sync_names(std::string_view path) const {
  const Meant meant = meant_by(path);
  std::string_view above = meant.path;
  do {
    above = parts_of(above).parent;
    if (const auto directory = meant.directory.find_directory_or_root(above)) directory->sync();
  } while (!above.empty());
}

void Directory::rename(std::string_view from, const Directory& to_directory, std::string_view to,
                       IfExists if_exists) const {
  const std::string action = fmt::format("rename {} to", in_quotes(shown(from)));
  const Place source = place_of(from, "rename");
  const Place target = to_directory.place_of(to, action);
  const auto move = if_exists == IfExists::kFail ? rename_to_free_name : rename_over;
  const int error_number = move(source.parent, source.name, target.parent, target.name);
  if (error_number == 0) return;
  // An overlay refuses so to move a directory of a lower layer.
  throw SystemError(action, to_directory.shown(to), error_number,
                    error_number == EXDEV ? file_system_of(source.parent) : "");
}

void Directory::rename_within(std::string_view from, std::string_view to, IfExists if_exists) const {
  const std::string_view parent = parts_of(from).parent;
  if (parent.empty()) return rename(from, *this, to, if_exists);
  const Directory here = open_directory(parent);
  here.rename(parts_of(from).name, here, parts_of(to).name, if_exists);
}

bool Directory::exchange(std::string_view from, const Directory& to_directory, std::string_view to) const {
  const Place here = place_of(from, "exchange");
  const Place there = to_directory.place_of(to, "exchange");
  if (renameat2(here.parent, here.name.c_str(), there.parent, there.name.c_str(), RENAME_EXCHANGE) == 0) {
    return true;
  }
  const std::string kept = here.name + ".exchanged";
  if (linkat(there.parent, there.name.c_str(), here.parent, kept.c_str(), 0) != 0) return false;
  if (rename_over(here.parent, here.name, there.parent, there.name) != 0) return false;
  return rename_over(here.parent, kept, here.parent, here.name) == 0;
}

bool Directory::link(std::string_view from, const Directory& to_directory, std::string_view to) const {
  try {
    const Place source = place_of(from, "link");
    const Place target = to_directory.place_of(to, "link to");
    return linkat(source.parent, source.name.c_str(), target.parent, target.name.c_str(), 0) == 0;
  } catch (const SystemError&) {
    return false;
  }
}

bool Directory::remove_name(std::string_view path, int flags) const {
  const auto place = find_place(path);
  if (!place) return false;
  if (unlinkat(place->parent, place->name.c_str(), flags) == 0) return true;
  if (errno == ENOENT) return false;
  throw SystemError("remove", shown(path));
}

// By a list of its directories instead of a recursion: it holds two descriptors however deep the tree is.
void Directory::remove_tree(std::string_view path) const {
  const auto found = status(path);
  if (!found) return;
  if (found->type != FileType::kDirectory) return void(remove_name(path, 0));
  std::vector<std::string> directories{std::string(path)};
  for (size_t next = 0; next < directories.size(); ++next) {
    const std::string at = directories[next];  // the list grows
    const auto directory = find_directory(at);
    if (!directory) continue;
    for (const auto& [name, type] : directory->list_types()) {
      if (type == FileType::kDirectory) {
        directories.push_back(at + '/' + name);
      } else {
        directory->remove_name(name, 0);
      }
    }
  }
  for (const std::string& directory : std::views::reverse(directories)) remove_name(directory, AT_REMOVEDIR);
}

}  // namespace backstep
