// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret_scan.h"

namespace backstep {

// Finds secrets in the lines of scripts and configurations, in whatever language, by the names that
// stand beside them. One rule: behind a name that tells of a secret (see names_a_secret) the rest
// of the line is hidden, and so are the lines in which its value goes on, unless the value tells
// nothing (see tells_nothing). Private keys, a URL with a password and some options of commands
// tell by themselves. In doubt it is a secret.
class SecretLines {
 public:
  static constexpr size_t kNowhere = std::string_view::npos;

  // From where on the next line of a text, without its '\n', is hidden.
  size_t hidden_from(std::string_view line);

  // To be called before the first line of a document in YAML or JSON, with whether it is a
  // Kubernetes Secret: of that no value beneath `data` and `stringData` is shown.
  void begin_document(bool is_secret) { of_secrets_ = is_secret; }

  // How deep the key of `name: DB_PASSWORD` stands, until the `value:` has come that is indented
  // alike and is the secret. It may have come before.
  size_t named() const { return named_; }

 private:
  // A key that tells: what is indented deeper belongs to it.
  struct Level {
    size_t indent = 0;
    bool text = false;  // `password: |`, and not other keys or items
    bool all = false;   // also what tells nothing elsewhere
    bool tabs = false;  // may indent it. In YAML none do: below a makefile's target is no value
    bool holds(std::string_view line) const;
  };

  bool is_open() const { return quote_ != 0 || !end_.empty(); }
  void open_until(std::string_view end, bool fills_line);
  bool goes_on(std::string_view line);
  size_t below(const ScannedLine& line);
  size_t behind_names(const ScannedLine& line);
  size_t behind_key_mark(std::string_view line, size_t mark);
  void open_heredoc(const ScannedLine& line);
  bool hides(const ScannedLine& line, const NamedValue& named, bool all, Extent extent);

  std::vector<Level> levels_;
  char quote_ = 0;   // all is secret until this ends it,
  std::string end_;  // or until this comes: a heredoc's word, the end of a private key or a list
  bool end_fills_line_ = false;
  bool next_line_ = false;  // is the value: `--token \`
  bool of_secrets_ = false;
  size_t named_ = kNowhere;
};

}  // namespace backstep
