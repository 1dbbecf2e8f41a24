// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/secrets.h"
#include "deploy/run/outcome.h"

namespace backstep {

// What is told of a run, without the secrets of its environment. Before it is put into the form of
// a report, for escapes of JSON or XML would hide a secret from the search and not from the reader.
Outcome without_secrets(Outcome outcome, const Secrets& secrets);
std::vector<ServiceHealth> without_secrets(std::vector<ServiceHealth> services,
                                           const Secrets& secrets);

}  // namespace backstep
