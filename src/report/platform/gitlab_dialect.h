// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/log/log_dialect.h"

namespace backstep {

// GitLab's log: a collapsible section a command, with the time that it took beside it. Sections
// stay open, so that what failed is seen without a click.
class GitlabDialect : public LogDialect {
 public:
  std::string open_block(const std::string& title) override;
  std::string close_block() override;

 private:
  std::string marker(std::string_view kind) const;

  int sections_ = 0;
  std::string name_;
};

}  // namespace backstep
