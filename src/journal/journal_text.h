// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "config/config.h"
#include "journal/journal.h"

namespace backstep {

std::string encode_journal(const Journal& journal);  // one line, without its end

// Throws Error: kDamaged with the reason, kUsage for a journal that a newer version wrote.
Journal decode_journal(std::string_view text);

// The settings as a journal keeps them: every row of the settings table by its name, in the form in
// which it could be given, and the checks of single services. So whoever settles a run needs no
// configuration, and a new setting is known here by its row alone.
Json encode_settings(const Config& config);

// What is read is acted on by whoever runs next, so it is judged like any setting. Throws Error
// (kDamaged) that names the setting and says what is allowed. One that is not there has its
// default.
Config decode_settings(const Json& json);

}  // namespace backstep
