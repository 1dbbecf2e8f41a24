// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

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
bool tells_nothing(std::string_view value, std::string_view name = {},
                   Extent extent = Extent::kRest);

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

  // What is there, but no more than kNearBytes: a line may be a file of megabytes, and what is
  // looked at again and again in it has a bound.
  std::string_view near(size_t place) const {
    return line_.substr(std::min(place, line_.size()), kNearBytes);
  }

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

}  // namespace backstep
