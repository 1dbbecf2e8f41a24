// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "journal/journal.h"

namespace backstep {

std::string encode_journal(const Journal& journal);  // one line, without its end

// Throws Error: kDamaged with the reason, kUsage for a journal that a newer version wrote.
Journal decode_journal(std::string_view text);

}  // namespace backstep
