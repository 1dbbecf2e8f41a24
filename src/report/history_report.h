// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "base/json.h"
#include "store/records/history.h"

namespace backstep {

// Who began that run: a person where the pipeline tells, else its owner.
const std::string& who(const HistoryLine& line);

// "by alice, run 2024-03-10_14-23-00, commit 1a2b3c4", with so much of the commit at most.
std::string from_run(const HistoryLine& line, size_t commit = std::string::npos);

// The same of the run that brought a version, with its time, and whether it failed.
std::string deploy_words(const HistoryLine& deploy, size_t commit = std::string::npos);

// What `history` prints, the newest last. `live`: the one of these ends that put live what is live;
// may be null. In the text long reasons are cut, the JSON has them whole.
std::string history_text(std::span<const HistoryLine> history, const HistoryLine* live = nullptr);
Json history_json(std::span<const HistoryLine> history, const HistoryLine* live = nullptr);

// One line of it as a value, for other answers.
Json history_line_json(const HistoryLine& line);

}  // namespace backstep
