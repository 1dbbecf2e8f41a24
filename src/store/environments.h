// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace backstep {

// What the files are live in. Each environment is a store of its own in a directory of backups_dir
// that is called like it; the one without a name is backups_dir itself. StorePlace::environment
// says which of them a store is.

// What says that the nameless one is meant, where an empty text says nothing.
inline constexpr std::string_view kNameless = ".";

// The directory of an environment: `[A-Za-z0-9._-]` as they are, everything else, a leading dot and
// what looks like the ID of a set percent-coded. "" for the nameless one. Throws Error (kUsage) for
// a name that is too long for a directory.
std::string environment_directory(std::string_view name);

// Whether a directory of backups_dir is one: it has our records in it, and a name that we give.
bool is_environment(const Directory& backups, std::string_view directory);

// A set, a record or an open run.
bool holds_anything(const Store& store);

// The environments that hold a set, a record or an open run, sorted by name. The nameless one is
// first.
std::vector<StorePlace> environments_in(const Workspace& workspace, const StorePlace& place);

// "production, staging and the one without a name", for messages.
std::string environments_words(const std::vector<StorePlace>& places);

}  // namespace backstep
