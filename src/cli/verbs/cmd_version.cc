// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/verbs.h"
#include "system/output.h"

namespace backstep {

int cmd_version(const Invocation& invocation) {
  Output output(STDOUT_FILENO);
  if (invocation.flags.has("json")) {
    Json json = json_answer("version");
    json.set("release", BACKSTEP_VERSION);
    output.write(json.pretty() + "\n");
  } else {
    output.write("backstep " BACKSTEP_VERSION "\n");
  }
  return 0;
}

}  // namespace backstep
