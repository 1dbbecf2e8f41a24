// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "report/platform/platform.h"

namespace backstep {

// GitLab's log: a collapsible section a command, with the time that it took beside it. Sections
// stay open, so that what failed is seen without a click. Its report files are settings, and not
// its own alone: report/outcome/report_files.h.
std::unique_ptr<Platform> gitlab_platform(const Environment& environment);

}  // namespace backstep
