// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/workspace.h"

namespace backstep {

// What git's own files tell of the checkout that the settings lie in, read without git. "" where
// there is no checkout, or nothing to tell.
struct GitOrigin {
  std::string repository;  // its git directory, absolute and real: worktrees share it
  std::string url;         // of the remote `origin`, see name_of_url()
};
GitOrigin git_origin(const Workspace& workspace);

// Host and path, by whichever way one goes there and as whom: "git@github.com:shop/web.git" and
// "https://token@github.com/shop/web" are both "github.com/shop/web". A local path stays as it is.
std::string name_of_url(std::string_view url);

}  // namespace backstep
