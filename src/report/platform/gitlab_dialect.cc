// SPDX-License-Identifier: Apache-2.0
#include "report/platform/gitlab_dialect.h"

#include <fmt/core.h>

#include "system/clock.h"

namespace backstep {
namespace {

int64_t now() {
  return wall_nanoseconds() / 1'000'000'000;
}

}  // namespace

// The log takes only `\e[0K`, with its 0, for the start of a marker (GitLab, "Job logs").
std::string GitlabDialect::marker(std::string_view kind) const {
  return fmt::format("\x1b[0K{}:{}:{}\r\x1b[0K", kind, now(), name_);
}

std::string GitlabDialect::open_block(const std::string& title) {
  // A name must be the only one of its kind in the job's log, where after_script writes too.
  name_ = fmt::format("backstep_{}_{}", now(), ++sections_);
  return marker("section_start") + "▶ " + title + "\n";
}

std::string GitlabDialect::close_block() {
  return marker("section_end") + "\n";
}

}  // namespace backstep
