// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/store.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

namespace backstep::fuzz {

// A workspace with an empty store, in which one file of `.backstep` is what the input says.
class StoreOfBytes {
 public:
  explicit StoreOfBytes(std::string file) : file_("backups/.backstep/" + std::move(file)) {}

  const Store& with(std::string_view bytes) const {
    temp_.write(file_, bytes, 0600);
    return store_;
  }
  const Store& store() const { return store_; }
  std::string bytes() const { return temp_.read(file_); }

 private:
  std::string file_;
  test::TempDir temp_;
  Workspace workspace_ = test::workspace_at(temp_.path());
  Store store_ = Store::open_or_create(workspace_, {"backups", false, "backups"});
};

}  // namespace backstep::fuzz
