// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/places.h"

#include "system/files/durability.h"

namespace backstep {
namespace {

constexpr size_t kMost = 256;

}  // namespace

Places::Places(const Directory& workspace)
    : workspace_(workspace), most_(spare_descriptors(kMost)) {}

Places::Place Places::at(const std::string& path) {
  const auto [parent, name] = parts_of(path);
  if (parent.empty()) return {workspace_, path};
  const auto kept = kept_.find(parent);
  if (kept != kept_.end()) return {kept->second, std::string(name)};
  if (kept_.size() >= most_) return {workspace_, path};
  std::optional<Directory> directory = workspace_.find_directory(parent);
  if (!directory) return {workspace_, path};
  return {kept_.emplace(parent, std::move(*directory)).first->second, std::string(name)};
}

}  // namespace backstep
