// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "cli/session.h"

namespace backstep {

// What a verb that looks says of one store.
struct LookAnswer {
  std::string text;
  Json json;
};

// Prints what is to be said of the store that was meant; where nobody said which and there are
// several, of each under its name: in JSON as the member `environments`.
void print_each_environment(Session& session, std::string_view kind,
                            const std::function<LookAnswer(const StorePlace&)>& look);

}  // namespace backstep
