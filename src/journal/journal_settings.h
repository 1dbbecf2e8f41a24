// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/config.h"
#include "config/workspace.h"

namespace backstep {

// What a journal keeps of the settings, so that whoever settles it needs none. It is acted on by
// whoever runs next: what is read must be what a setting may be, and lead nowhere else. Each
// ..._from and command_at throws Error (kDamaged) that names the member.

Json json_of(const Command& command);
Command command_at(const Json& object, std::string_view key);  // empty when it is not there

// None when it is not there: an older version knew no such codes.
Json json_of(const std::vector<int>& exit_codes);
std::vector<int> exit_codes_at(const Json& object, std::string_view key);

Json json_of(const HealthCheck& check);
HealthCheck health_from(const Json& json);

Json json_of(const ServiceChecks& checks);
ServiceChecks service_checks_from(const Json& json);

Json json_of(const Timeouts& timeouts);
Timeouts timeouts_from(const Json& json);

Json json_of(const Retention& retention);
Retention retention_from(const Json& json);

}  // namespace backstep
