// SPDX-License-Identifier: Apache-2.0
#include "report/diff/secret_values.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/secrets.h"
#include "base/text.h"
#include "report/diff/secret_words.h"

namespace backstep {
namespace {

// Words after which a name and its value stand with nothing but blanks between.
constexpr std::array<std::string_view, 7> kIntroductions = {
    "ENV", "ARG", "setenv", "SetEnv", "proxy_set_header", "fastcgi_param", "set"};

// A user's name is shorter.
constexpr size_t kShortestToken = 16;

bool is_quote(char c) {
  return c == '"' || c == '\'';
}
bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

class LineScan {
 public:
  LineScan(std::string_view line, bool whole_line)
      : line_(line),
        whole_line_(whole_line),
        first_(after_blanks(0)),
        end_(line.find_last_not_of(kBlanks) + 1),
        entry_(entry_in(line)) {}

  SecretValues run() {
    while (at_ < line_.size()) {
      if (is_name_character(line_[at_])) {
        read_name();
      } else if (line_[at_] == ':' && has(at_, "://")) {
        read_url();
      } else {
        read_sign();
      }
    }
    return std::move(result_);
  }

 private:
  bool has(size_t at, std::string_view text) const {
    return at <= line_.size() && line_.substr(at).starts_with(text);
  }
  char character(size_t at) const { return at < line_.size() ? line_[at] : '\0'; }
  size_t after_blanks(size_t at) const { return after(at, kBlanks); }
  size_t after(size_t at, std::string_view characters) const {
    return std::min(line_.find_first_not_of(characters, at), line_.size());
  }
  size_t after_name(size_t at) const {
    while (at < line_.size() && is_name_character(line_[at])) ++at;
    return at;
  }
  bool begins_line(size_t at) const { return at <= first_; }
  // From `at` on, without the blanks at the end.
  std::string_view rest(size_t at) const { return line_.substr(at, std::max(at, end_) - at); }

  void read_sign() {
    const char c = line_[at_];
    const bool apostrophe = c == '\'' && at_ > 0 && is_alphanumeric(line_[at_ - 1]) &&
                            is_alphanumeric(character(at_ + 1));
    if (is_quote(c) && !apostrophe) {
      if (outer_ == 0) {
        outer_ = c;
      } else if (outer_ == c) {
        outer_ = 0;
      }
    }
    if (c == '{' || c == '}') note_brace(c);
    at_ += c == '\\' && outer_ != '\'' ? 2 : 1;
  }

  void read_url() {
    at_ += 3;
    const size_t end = std::min(line_.find_first_of("/?# \t\"'`", at_), line_.size());
    const std::string_view authority = line_.substr(at_, end - at_);
    const size_t host = authority.rfind('@');
    if (host != std::string_view::npos) put_user(at_, at_ + host);
  }

  // user:password; a token may stand in the place of the user.
  void put_user(size_t begin, size_t end) {
    const std::string_view text = line_.substr(begin, end - begin);
    const size_t colon = std::min(text.find(':'), text.size());
    const std::string_view password = text.substr(std::min(colon + 1, text.size()));
    const bool token = password.empty() || password == "x-oauth-basic";
    if (token && colon >= kShortestToken) put(begin, begin + colon);
    if (!password.empty()) put(begin + colon + 1, end);
  }

  // An option of a known command, whose name tells nothing by itself.
  bool read_option(size_t begin) {
    const bool one = begin > 0 && line_[begin - 1] == '-';
    const size_t dash =
        begin - (one ? 1 : 0) - (one && begin > 1 && line_[begin - 2] == '-' ? 1 : 0);
    const std::string_view name = line_.substr(begin, std::min(at_ - begin, kLongestName));
    if (!one && has_secret_options(name)) command_ = name;
    if (!one || (dash > 0 && !is_blank(line_[dash - 1])) || (command_.empty() && dash > first_)) {
      return false;
    }
    const std::string_view word = line_.substr(dash, kLongestName);
    const std::string_view option = word.substr(0, word.find_first_of(kBlanks));
    return read_option_of(secret_option(command_, option), begin);
  }

  bool read_option_of(SecretOption option, size_t begin) {
    const size_t next = after_blanks(at_);
    switch (option) {
      case SecretOption::kNone:
        return false;
      case SecretOption::kAttached:
        at_ = begin + 1;
        read_value(at_, false);
        break;
      case SecretOption::kNext:
        read_value(next, false);
        break;
      case SecretOption::kUser:
        read_user(character(at_) == '=' ? at_ + 1 : next);
        return true;
      case SecretOption::kAttachedUser:
        read_user(begin + 1);
        return true;
    }
    command_ = {};
    return true;
  }

  void read_user(size_t value) {
    const bool quoted = is_quote(character(value)) && line_[value] != outer_;
    const size_t begin = value + (quoted ? 1 : 0);
    const size_t end = quoted ? closing(begin, line_[value]) : end_of_word(begin);
    const std::string_view text = line_.substr(begin, end - begin);
    // The option may belong to docker, on a line before: then these are the numbers of a user and a
    // group.
    const bool numbers = text.find_first_not_of("0123456789:") == std::string_view::npos;
    if (!numbers) put_user(begin, end);
    at_ = std::min(quoted ? end + 1 : end, line_.size());
  }

  void read_name() {
    const size_t begin = at_;
    const bool expansion = begin >= 2 && line_.substr(begin - 2, 2) == "${";
    at_ = after_name(begin);
    while (!expansion && (character(at_) == '-' || character(at_) == '.') &&
           is_name_character(character(at_ + 1))) {
      at_ = after_name(at_ + 1);
    }
    const std::string_view name = name_in(begin, at_);
    if (!expansion && read_option(begin)) return;
    if (is_secret_key(name)) {
      expansion ? read_expansion() : read_value_of(begin);
    } else if (name.size() == 4 && lower_case(name) == "name") {
      note_named(begin);
    } else if (name.size() == 5 && lower_case(name) == "value") {
      note_value(begin);
    }
  }

  // The end of a long one tells what it is.
  std::string_view name_in(size_t begin, size_t end) const {
    const size_t size = std::min(end - begin, kLongestName);
    return line_.substr(end - size, size);
  }

  // ${NAME:-value}
  void read_expansion() {
    size_t value = at_ + (character(at_) == ':' ? 1 : 0);
    if (character(value) != '-' && character(value) != '=') return;
    ++value;
    size_t end = value;
    for (int depth = 1; end < line_.size(); ++end) {
      if (line_[end] == '{') ++depth;
      if (line_[end] == '}' && --depth == 0) break;
    }
    put(value, end);
  }

  // - name: DB_PASSWORD
  void note_named(size_t begin) {
    const Sign sign = sign_after(at_);
    if (character(sign.at) != ':') return;
    const std::string_view near = line_.substr(sign.at + 1, kLongestName);
    const size_t from = std::min(near.find_first_not_of(" \t\"'\\"), near.size());
    const std::string_view value = near.substr(from, near.find_first_of("\"'\\,:}#", from) - from);
    if (!is_secret_key(trimmed(value))) return;
    const size_t column = entry_ && entry_->key == "name" ? entry_->column : first_;
    result_.open = {.kind = OpenValue::Kind::kNamed, .indent = column};
    named_depth_ = depth_;
    if (value_before_ && value_before_->depth == depth_) hide_before(value_before_->at, begin);
    value_before_ = {};
  }

  // { value: x, name: DB_PASSWORD }: up to the last comma.
  void hide_before(size_t begin, size_t name) {
    const std::string_view between = line_.substr(begin, name - begin);
    const size_t comma = between.rfind(',');
    if (comma == std::string_view::npos) return;
    size_t end = begin + comma;
    while (!result_.ranges.empty() && result_.ranges.back().begin >= begin) {
      end = std::max(end, result_.ranges.back().end);
      result_.ranges.pop_back();
    }
    put(begin, end);
  }

  void note_value(size_t begin) {
    if (named_depth_ == depth_) {
      result_.open = {};
      read_value_of(begin);
    } else if (character(sign_after(at_).at) == ':') {
      value_before_ = {.at = after_blanks(sign_after(at_).at + 1), .depth = depth_};
    }
  }

  // What is named, and what stands before a name, belong to one pair of braces.
  void note_brace(char brace) {
    depth_ += brace == '{' ? 1 : -1;
    if (value_before_ && depth_ < value_before_->depth) value_before_ = {};
    if (brace == '{' || depth_ >= named_depth_) return;
    named_depth_ = kNotNamed;
    if (result_.open.kind == OpenValue::Kind::kNamed) result_.open = {};
  }

  // What stands between a name and its value.
  struct Sign {
    size_t at;    // behind the name's quotes and blanks
    bool quoted;  // the name
    bool closes;  // the quote that was open before it
    bool apart;   // blanks stand before the sign
  };

  // NAME[0]=x
  size_t after_subscript(size_t at) const {
    const size_t size = line_.substr(at, kLongestName).find(']');
    return size == std::string_view::npos ? at : at + size + 1;
  }

  Sign sign_after(size_t name_end) const {
    size_t at = name_end;
    const bool escaped = character(at) == '\\' && is_quote(character(at + 1));
    if (escaped) ++at;
    const bool quoted = is_quote(character(at));
    const bool closes = quoted && !escaped && line_[at] == outer_;
    if (quoted) ++at;
    if (character(at) == ']') ++at;
    if (!quoted && character(at) == '[') at = after_subscript(at);
    return {after_blanks(at), quoted, closes, is_blank(character(at))};
  }

  void read_value_of(size_t begin) {
    const std::string_view name = line_.substr(begin, at_ - begin);
    const Sign sign = sign_after(at_);
    const size_t equals = sign.at + (std::string_view(":?+").find(character(sign.at)) < 3 ? 1 : 0);
    if (character(equals) == '=') {
      if (sign.closes) outer_ = 0;
      const size_t value = after_blanks(after(equals, "=~>"));
      if (character(value) == '(' && value == equals + 1) return read_list(value + 1);
      const bool alone = sign.apart ? begins_line(begin) : is_assigned_alone(begin);
      return read_value(value, whole_line_ || alone);
    }
    const bool header = lower_case(name.substr(0, 2)) == "x-";
    const char behind = character(sign.at + 1);
    if (character(sign.at) == ':' && (sign.quoted || header || behind == 0 || is_blank(behind))) {
      if (sign.closes) outer_ = 0;
      read_entry(begin, after_blanks(sign.at + 1), sign.quoted);
    } else if (sign.apart && !sign.quoted && sign.at < line_.size()) {
      read_value_apart(begin, sign.at);
    }
  }

  // An item `- NAME=a b` in YAML, or all that is in quotes: `-e "NAME=a b"`.
  bool is_assigned_alone(size_t begin) const {
    if (begin == 0) return false;
    if (line_[begin - 1] == outer_) return true;
    return character(first_) == '-' && is_blank(character(first_ + 1)) &&
           begin == after_blanks(first_ + 1);
  }

  // Nothing but blanks is between.
  void read_value_apart(size_t begin, size_t value) {
    const bool flag = begin > 0 && line_[begin - 1] == '-';
    const bool two_words =
        begins_line(begin) && rest(value).find_first_of(kBlanks) == std::string_view::npos;
    if (flag) {
      if (!has(value, "--")) read_value(value, false);
    } else if (two_words || is_introduced(begin)) {
      read_value(value, true);
    }
  }

  bool is_introduced(size_t begin) const {
    if (begin - first_ > kLongestName) return false;
    const std::string_view before = trimmed(line_.substr(first_, begin - first_));
    return std::find(kIntroductions.begin(), kIntroductions.end(), before) != kIntroductions.end();
  }

  bool is_entry(size_t begin) const { return entry_ && entry_->key.data() == &line_[begin]; }

  // { "key":
  bool is_member(size_t begin, bool quoted) const {
    if (!quoted || begin < 2) return false;
    const std::string_view before = line_.substr(0, begin - 1);
    const size_t last = before.find_last_not_of(kBlanks);
    return last != std::string_view::npos &&
           (before[last] == '{' || before[last] == ',' || before[last] == '[');
  }

  // What begins behind a colon.
  void read_entry(size_t begin, size_t value, bool quoted) {
    const bool entry = is_entry(begin);
    const size_t column = entry ? entry_->column : first_;
    const Beginning beginning = beginning_of(rest(value));
    if (beginning == Beginning::kText) {
      result_.open = {.kind = OpenValue::Kind::kIndented, .indent = column};
      at_ = line_.size();
    } else if (beginning != Beginning::kValue && (entry || is_member(begin, quoted))) {
      // An anchor may be a password that begins so.
      if (has(value, "!") || has(value, "&")) put(value, line_.size());
      // Where its line begins says nothing of what is below it.
      const bool alone = !entry && beginning == Beginning::kNothing;
      const auto kind = alone ? OpenValue::Kind::kNextLine : OpenValue::Kind::kBelow;
      const bool items = beginning == Beginning::kNothing;
      result_.open = {.kind = kind, .indent = column, .items = items, .quoted = quoted};
      at_ = line_.size();
    } else {
      const size_t ranges = result_.ranges.size();
      read_value(value, true);
      const bool hidden = result_.ranges.size() > ranges;
      if (entry && hidden && !is_quote(line_[value]) &&
          result_.open.kind == OpenValue::Kind::kNone) {
        result_.open = {.kind = OpenValue::Kind::kBelow, .indent = column, .quoted = quoted};
      }
    }
  }

  void read_value(size_t begin, bool to_end) {
    if (rest(begin) == "\\") {
      result_.open = {.kind = OpenValue::Kind::kNextLine};
      at_ = line_.size();
    } else if (character(begin) == '\\' && is_quote(character(begin + 1))) {
      const std::string_view mark = line_.substr(begin, 2);
      put(begin + 2, std::min(line_.find(mark, begin + 2), line_.size()));
    } else if (is_quote(character(begin)) && line_[begin] != outer_) {
      read_quoted(begin);
    } else {
      const size_t end = to_end ? end_of_rest(begin) : end_of_word(begin);
      put(begin, end);
      if (end > begin && end >= end_ && goes_on_in_the_next(line_.substr(begin))) {
        result_.open = {.kind = OpenValue::Kind::kNextLine};
      }
    }
  }

  // NAME=(a 'b c')
  void read_list(size_t begin) {
    size_t end = begin;
    while (end < line_.size() && line_[end] != ')') {
      end = is_quote(line_[end]) ? closing(end + 1, line_[end]) + 1 : end + 1;
    }
    if (end >= line_.size()) result_.open = {.kind = OpenValue::Kind::kQuote, .quote = ')'};
    put(begin, std::min(end, line_.size()));
  }

  void read_quoted(size_t begin) {
    const size_t end = closing(begin + 1, line_[begin]);
    put(begin + 1, end);
    if (end == line_.size()) {
      result_.open = {.kind = OpenValue::Kind::kQuote, .quote = line_[begin]};
      return;
    }
    at_ = end + 1;
    if (is_alphanumeric(character(at_)) || is_quote(character(at_)) || character(at_) == '$') {
      if (character(at_) != outer_) put(at_, end_of_word(at_));
    }
  }

  // Where the quote ends that was opened before `at`; the line's size when it does not.
  size_t closing(size_t at, char quote) const {
    for (; at < line_.size() && line_[at] != quote; ++at) {
      if (line_[at] == '\\' && quote == '"') ++at;
    }
    return std::min(at, line_.size());
  }

  size_t end_of_rest(size_t begin) const {
    return outer_ == 0 ? line_.size() : closing(begin, outer_);
  }

  size_t end_of_word(size_t begin) const {
    if (has(begin, "${{")) return std::min(line_.find("}}", begin), line_.size() - 2) + 2;
    if (has(begin, "$(") || has(begin, "`")) return end_of_rest(begin);
    size_t at = begin;
    while (at < line_.size() && !is_blank(line_[at]) && !(outer_ != 0 && line_[at] == outer_)) {
      const bool opens = outer_ == 0 && is_quote(line_[at]);
      at = opens ? closing(at + 1, line_[at]) + 1 : at + 1;
    }
    return std::min(at, line_.size());
  }

  void put(size_t begin, size_t end) {
    at_ = std::max(at_, end);
    while (end > begin && is_blank(line_[end - 1])) --end;
    const std::string_view value = line_.substr(begin, end - begin);
    if (!value.empty() && !is_reference(value) && !is_plain_word(value)) {
      result_.ranges.push_back({begin, end});
    }
  }

  std::string_view line_;
  bool whole_line_;
  size_t first_;  // where the line begins, and
  size_t end_;    // ends, but for blanks
  std::optional<Entry> entry_;
  size_t at_ = 0;
  char outer_ = 0;  // the quote that is open here
  static constexpr int kNotNamed = std::numeric_limits<int>::min();
  std::string_view command_;  // that has secret options, if any
  int depth_ = 0;             // of braces
  int named_depth_ = kNotNamed;
  struct ValueBefore {
    size_t at;
    int depth;
  };
  std::optional<ValueBefore> value_before_;
  SecretValues result_;
};

SecretValues with_private_key(std::string_view line, SecretValues values) {
  const size_t begin = line.find("-----BEGIN ");
  if (begin == std::string_view::npos) return values;
  constexpr std::string_view kMark = "PRIVATE KEY-----";
  const size_t mark = line.find(kMark, begin);
  if (mark == std::string_view::npos) return values;
  const size_t rest = mark + kMark.size();
  if (rest < line.size()) values.ranges = {{rest, line.size()}};
  values.open = {};
  if (line.find("-----END", rest) == std::string_view::npos) {
    values.open = {.kind = OpenValue::Kind::kKey};
  }
  return values;
}

}  // namespace

SecretValues secret_values_in(std::string_view line, bool whole_line) {
  return with_private_key(line, LineScan(line, whole_line).run());
}

}  // namespace backstep
