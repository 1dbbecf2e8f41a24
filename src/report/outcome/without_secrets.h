// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secrets.h"
#include "deploy/run/outcome.h"
#include "report/outcome/run_record.h"

namespace backstep {

// What is told of a run, without the secrets of its environment. Before it is put into the form of
// a report, for escapes of JSON or XML would hide a secret from the search and not from the reader.
Outcome without_secrets(Outcome outcome, const Secrets& secrets);
RunRecord without_secrets(RunRecord record, const Secrets& secrets);

}  // namespace backstep
