// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"

namespace backstep {

// Whether what has this name is not for everybody's eyes: DB_PASSWORD, GITHUB_TOKEN, api-key,
// clientSecret, spring.datasource.password, MYSQL_PWD. Not where a secret lies: SSH_KEY_FILE.
bool names_a_secret(std::string_view variable);
// Whether it tells where something lies, or how it is called: file, config_paths, HOST.
bool names_a_place(std::string_view variable);

// What is shown in place of a secret.
inline constexpr std::string_view kHiddenSecret = "***";

// `true`, `none`, `disabled` …: what stands in the place of a secret where there is none.
bool is_plain_word(std::string_view value);

// The values of such variables, which are shown as `***` in whatever leaves this program. A value
// of several lines (a private key) is hidden line by line, for a report may hold a part of it. What
// is shorter than four bytes (a key: eight), or a plain word like `true`, is no secret: it would
// hide half the report.
class Secrets {
 public:
  Secrets() = default;
  explicit Secrets(const Environment& environment);

  bool empty() const { return values_.empty(); }
  std::string hidden_in(std::string_view text) const;

  // What may be shown of `kept`, which is then the rest: from where on a secret may have begun that
  // ends in what comes, if more comes.
  std::string take(std::string& kept, bool more_comes) const;

 private:
  void add(std::string_view value);

  std::vector<std::string> values_;  // the longest first: one may be a part of another
  std::string first_bytes_;          // of them: at any other byte none begins
};

// Hides secrets in what comes in pieces, wherever the pieces begin and end.
class SecretFilter {
 public:
  // `secrets` must outlive it.
  explicit SecretFilter(const Secrets& secrets) : secrets_(secrets) {}

  // What may be shown by now; the rest is kept until more comes.
  std::string add(std::string_view piece);
  // What was kept, once nothing more comes.
  std::string end();

 private:
  const Secrets& secrets_;
  std::string kept_;
};

}  // namespace backstep
