// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/environment.h"
#include "config/workspace.h"
#include "store/store.h"

namespace backstep {

// The project that a store outside the workspace belongs to. `.backstep/project.json` in
// backups_dir holds what its users knew of themselves. These are hints: a checkout may move, be
// cloned anew or be deployed by another platform. Strangers differ in the strongest that both know.
struct Project {
  // Name and value, from the strongest: the setting, the platform's ids, git's origin, then places,
  // which count only as long as the other's still exists.
  std::vector<std::pair<std::string, std::string>> hints;

  // What the caller knows.
  static Project of_caller(const Workspace& workspace, const std::string& setting, const Environment& environment);
};

// Throws Error (kBackupFailed) that names both when the store is a stranger's. One beneath the
// workspace is nobody else's, and one that is not there, or that nobody has used yet, is anybody's.
void require_own_project(const Workspace& workspace, const StorePlace& place, const Project& caller);

// Remembers what the store did not know of its project, and what has changed since. Under the lock,
// where a stranger may have come first: throws as above. Nothing happens beneath the workspace.
void learn_project(const StorePlace& place, const Store& store, const Project& caller);

// What git's own files tell of the checkout that the settings lie in; "" where there is nothing.
struct GitOrigin {
  std::string repository;  // its git directory, absolute and real: worktrees share it
  std::string url;         // of the remote `origin`, see name_of_url()
};
GitOrigin git_origin(const Workspace& workspace);
std::string git_commit(const Workspace& workspace);  // that is checked out

// Host and path, by whichever way one goes there and as whom: "git@github.com:shop/web.git" and
// "https://token@github.com/shop/web" are both "github.com/shop/web". A local path stays as it is.
std::string name_of_url(std::string_view url);

}  // namespace backstep
