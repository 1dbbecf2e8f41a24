// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "base/json.h"
#include "store/records/history.h"

namespace backstep {

// Who began that run: a person where the pipeline tells, else its owner.
const std::string& who(const HistoryLine& line);

// What `history` prints, the newest last. `live`: the one of these ends that put live what is live;
// may be null. In the text long reasons are cut, the JSON has them whole.
std::string history_text(std::span<const HistoryLine> history, const HistoryLine* live = nullptr);
Json history_json(std::span<const HistoryLine> history, const HistoryLine* live = nullptr);

// One line of it as a value, for other answers.
Json history_line_json(const HistoryLine& line);

}  // namespace backstep
