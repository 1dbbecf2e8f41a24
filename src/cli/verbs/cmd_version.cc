// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

namespace backstep {

int cmd_version(const Invocation& invocation) {
  print_answer(invocation, json_answer("version", {{"release", BACKSTEP_VERSION}}),
               "backstep " BACKSTEP_VERSION "\n");
  return 0;
}

}  // namespace backstep
