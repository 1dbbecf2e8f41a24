// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/log/log_dialect.h"

namespace backstep {

// GitHub's runner obeys whatever a step prints: `::command::` at the start of a line, where a lone
// CR starts one too, and the older `##[command]` anywhere in it. So what commands print stands
// between `::stop-commands::TOKEN` and `::TOKEN::`, with a token that nobody can guess, and our own
// lines hold neither.
class GithubDialect : public LogDialect {
 public:
  // Commands that may steer the runner are shown without a bar before their lines, which the runner
  // would not obey.
  explicit GithubDialect(bool allow_commands);

  std::string open_block(const std::string& title) override;
  std::string close_block() override;
  bool folds() const override { return true; }
  std::string harmless(std::string text) const override;
  std::string harmless_json(std::string text) const override;
  std::string live_prefix() const override {
    return allow_commands_ ? "" : LogDialect::live_prefix();
  }

 private:
  bool allow_commands_;
  std::string token_;
};

}  // namespace backstep
