// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// The job's summary on GitHub, in Markdown: what is live now, what failed and the next command; the
// phases with their durations; the services; the tail of what failed. Nothing in it is obeyed as
// Markdown or HTML but what we wrote ourselves.
//
// Never longer than `limit` bytes: GitHub drops a summary as a whole when it is too long, so the
// end is cut and that is said. "" where not even the first lines have room.
std::string github_summary(const Outcome& outcome, const RunRecord& record, size_t limit);

// Text of others within Markdown: shown as it is, never obeyed.
std::string markdown_text(std::string_view text);
// A command or an ID: `text`, whatever backticks are in it.
std::string markdown_code(std::string_view text);
// Output as a block; lines keep their ends.
std::string markdown_block(std::string_view text);

}  // namespace backstep
