// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/events.h"

namespace backstep {

std::string_view name_of(Step step) {
  switch (step) {
    case Step::kGenerate:
      return "generate";
    case Step::kDeploy:
      return "deploy";
    case Step::kHealthCheck:
      return "health check";
    case Step::kRollback:
      return "rollback";
  }
  return "";
}

}  // namespace backstep
