// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "deploy/run/outcome.h"
#include "store/store.h"

namespace backstep {

// The newest run that was accepted with this content. nullopt: none was, or the history cannot be
// read; it is only told, so nothing depends on it.
std::optional<Origin> origin_of(const Store& store, std::string_view digest);

}  // namespace backstep
