// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/error.h"
#include "cli/verbs.h"
#include "system/container.h"
#include "system/http/http_probe.h"
#include "system/output.h"

namespace backstep {
namespace {

constexpr Duration kLimit = std::chrono::seconds(30);
constexpr ExitCode kUnhealthy = ExitCode::kNotRolledBack;  // as `check` says it

Duration limit_of(const ParsedFlags& flags) {
  const std::string given = flags.option("timeout");
  if (given.empty()) return kLimit;
  try {
    return parse_duration(given);
  } catch (const Error& error) {
    throw error.within("flag --timeout", ExitCode::kUsage);
  }
}

std::string line_of(const ProbeAnswer& answer, bool as_json) {
  if (!as_json) return answer.sentence + "\n";
  return json_answer("probe",
                     {{"healthy", answer.healthy},
                      {"answer", answer.sentence},
                      {"exit_code", static_cast<int>(answer.healthy ? ExitCode::kOk : kUnhealthy)}})
             .pretty() +
         "\n";
}

}  // namespace

int cmd_probe(const Invocation& invocation) {
  const ParsedFlags& flags = invocation.flags;
  if (flags.words.empty()) {
    refuse_usage("no URL is given: backstep probe http://HOST[:PORT]/PATH");
  }
  const HttpUrl url = parse_http_url(flags.words.front(), host_gateway(invocation.environment));
  const bool as_json = flags.has("json");
  leave_last_words(static_cast<int>(kUnhealthy), limit_of(flags));
  const ProbeAnswer answer = probe_http(url, [&](const std::string& phase) {
    set_last_words(line_of({false, "timed out while " + phase}, as_json));
  });
  Output(STDOUT_FILENO).write(line_of(answer, as_json));
  return static_cast<int>(answer.healthy ? ExitCode::kOk : kUnhealthy);
}

}  // namespace backstep
