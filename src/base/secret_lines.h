// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// False for most lines, of which nothing more is asked.
bool may_hold_a_secret(std::string_view line);

// The quote that opens in the text and does not end in it; 0: there is none.
char open_quote(std::string_view text);
// Where from `at` on it ends; the size: it does not.
size_t end_of_quote(std::string_view text, size_t at, char quote);

// How far a value goes on in the text that begins with it.
enum class Extent {
  kWord,   // to a blank
  kField,  // to a comma
  kRest,   // to the end
};

// Whether a value tells no secret although the name beside it says so: it is empty, a word like
// `true`, a number, a path, or it only refers to a secret that lies elsewhere: `$NAME`,
// `${NAME:?why}`, `${{ secrets.NAME }}`, `{{ name }}`, `$(cat FILE)`, `Bearer $NAME`. Whoever
// compares two versions needs to see those. `name`: behind that of a password, six digits are one.
bool tells_nothing(std::string_view value, std::string_view name = {}, Extent extent = Extent::kRest);

// `true`, `none`, `disabled`, `bearer` …: what stands where a secret would, and is none.
bool is_plain_word(std::string_view value);
// Whether a variable of this name and value holds a secret.
bool is_a_secret(std::string_view value, std::string_view variable);

// A name in a line, and where its value begins: `NAME=value`, `name: value`, `--name value`,
// `"name": "value"`, `<name>value`, `${NAME:-value}`, `ENV NAME value`.
struct NamedValue {
  std::string_view name;
  size_t begin = 0;  // of the name
  size_t end = 0;
  size_t value = 0;
  char sign = 0;          // between them; 0: blanks
  bool quoted = false;    // the name
  bool whole = false;     // the value goes on to a comma, and not only to a blank
  bool is_given = false;  // a value, though it may be empty
  bool refers = false;    // `$NAME`
};

// What stands in one line, whose bytes must outlive it.
class ScannedLine {
 public:
  static constexpr size_t kNearBytes = 1024;

  explicit ScannedLine(std::string_view line);

  std::string_view line() const { return line_; }
  size_t indent() const { return indent_; }
  size_t first_key() const { return first_key_; }  // or its quote: behind `- ` and a brace
  char open_quote() const { return open_quote_; }
  bool ends_in_backslash(bool glued) const;

  // What is there, but no more than kNearBytes, for a line may be a file of megabytes.
  std::string_view near(size_t place) const { return line_.substr(std::min(place, line_.size()), kNearBytes); }

  // The next name at `from` or behind it; nullopt: there is none.
  std::optional<NamedValue> next_name(size_t from) const;
  // Where the first secret begins that no name tells of: ://user:password@, curl -u user:password,
  // mysql -ppassword, echo password | docker login --password-stdin. npos: there is none.
  size_t unnamed_secret() const;

 private:
  char at(size_t place) const { return place < line_.size() ? line_[place] : '\0'; }
  bool is_blank(size_t place) const;
  size_t after(size_t place, std::string_view characters) const {
    return std::min(line_.find_first_not_of(characters, place), line_.size());
  }
  void find_value(NamedValue& named) const;
  bool is_introduced(const NamedValue& named, size_t value) const;
  size_t secret_in_url() const;
  size_t secret_of(std::string_view option, size_t from, bool pair) const;  // pair: user:password

  std::string_view line_;
  size_t indent_;
  size_t first_key_;
  size_t end_;  // without blanks
  char open_quote_;
};

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

  // How deep the key of `name: DB_PASSWORD` stands, until the `value:` has come that is the secret.
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
