// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace backstep {

// What may stand in the place of the last word, which is being typed and may be empty; the verb is
// the first word. One candidate a line and, behind a tab, what it is; of `--flag=value` the value.
// All that may come there is told and not only what fits, because each shell compares in its own
// way. A line with a colon in front is no candidate and stands alone: ":files" and ":directories"
// ask for names that the shell finds itself, any other says what is expected: ":ID" of a stored
// set, ":a duration".
//
// It is made from the tables of verbs and settings alone, so a new verb, flag or setting is
// completed without more ado. Words that make no sense have no candidates.
std::string candidates(const std::vector<std::string>& words);

}  // namespace backstep
