// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/init/tree_survey.h"

namespace backstep {

// A backstep.yml for that tree, for a person to go on with. What the tree says stands in it; what
// nobody can know from outside is commented out, as `#key:` without a blank, so that taking the `#`
// away is all that is needed; any other comment has a blank. Every line is valid as it stands and
// as it is when all of those are taken in.
std::string starter_file(const TreeSurvey& survey);

}  // namespace backstep
