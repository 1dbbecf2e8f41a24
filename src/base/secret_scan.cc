// SPDX-License-Identifier: Apache-2.0
#include "base/secret_lines.h"

#include <strings.h>

#include <array>

#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr std::string_view kBlank = " \t\r";
constexpr size_t kLongestName = 128;
constexpr size_t kShortestToken = 16;  // a user's name is shorter

constexpr std::array<std::string_view, 13> kTelling = {
    "token", "secret", "pass", "pwd", "key", "auth", "credential", "://", "curl", "-u", "mysql", "login", "mariadb"};
// Words that begin a line in which blanks alone are between a name and its value.
constexpr std::array<std::string_view, 8> kIntroductions = {
    "ENV", "ARG", "setenv", "SetEnv", "proxy_set_header", "fastcgi_param", "set", "machine"};

struct SecretOption {
  std::string_view command;  // is in the line,
  std::string_view option;   // and behind this the secret; or wherever this is
  bool anywhere = false;
};
constexpr std::array<SecretOption, 6> kSecretOptions = {{{"mysql", " -p"},
                                                         {"mariadb", " -p"},
                                                         {"sshpass", " -p"},
                                                         {"login", " -p"},
                                                         {"password-stdin", "echo ", true},
                                                         {"password-stdin", "<<<"}}};

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && strncasecmp(text.data(), word.data(), word.size()) == 0;
}

bool is_among(char c, std::string_view characters) { return c != 0 && characters.find(c) != kNone; }

bool is_of_name(char c) { return c == '_' || is_ascii_alphanumeric(c); }

bool is_quote(char c) { return is_among(c, "\"'"); }

// `url` stands behind ://. A token may be in the place of the user; a port is no password.
bool holds_a_password(std::string_view url) {
  const size_t sign = url.find_first_of(":@/?# \t\"'`");
  if (sign == kNone || !is_among(url[sign], ":@")) return false;
  if (url[sign] == '@') return sign >= kShortestToken && !tells_nothing(url.substr(0, sign));
  const size_t port = url.find_first_not_of("0123456789", sign + 1);
  if (port == kNone || is_among(url[port], "/?#")) return false;
  const size_t end = std::min(url.find_first_of("@ \t\"'`", port), url.size());
  if (end < url.size() ? url[end] != '@' : end < ScannedLine::kNearBytes) return false;
  const std::string_view password = url.substr(sign + 1, end - sign - 1);
  if (password.empty()) return sign >= kShortestToken;
  return !is_among(password[0], "${") || !tells_nothing(password);
}

}  // namespace

bool may_hold_a_secret(std::string_view line) {
  const std::string text = lower_case(line);
  return std::ranges::any_of(kTelling, [&](std::string_view word) { return text.find(word) != kNone; });
}

size_t end_of_quote(std::string_view text, size_t at, char quote) {
  for (; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\' && quote == '"') ++at;
  }
  return std::min(at, text.size());
}

char open_quote(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (is_quote(text[at]) && (at == 0 || !is_ascii_alphanumeric(text[at - 1]))) {  // don't
      const char quote = text[at];
      at = end_of_quote(text, at + 1, quote);
      if (at == text.size()) return quote;
    }
  }
  return 0;
}

ScannedLine::ScannedLine(std::string_view line)
    : line_(line),
      indent_(after(0, " \t")),
      first_key_(indent_),
      end_(line.find_last_not_of(kBlank) + 1),
      open_quote_(backstep::open_quote(line)) {
  while (at(first_key_) == '{' || (at(first_key_) == '-' && at(first_key_ + 1) == ' ')) {
    first_key_ = after(first_key_ + 1, kBlank);
  }
}

bool ScannedLine::is_blank(size_t place) const { return place >= line_.size() || is_among(line_[place], kBlank); }

bool ScannedLine::ends_in_backslash(bool glued) const {
  return end_ > 0 && line_[end_ - 1] == '\\' && !(glued && end_ > 1 && is_blank(end_ - 2));
}

// api-key and spring.datasource.password are one name.
std::optional<NamedValue> ScannedLine::next_name(size_t from) const {
  while (from < line_.size() && !is_of_name(line_[from])) ++from;
  if (from >= line_.size()) return std::nullopt;
  const bool expansion = from > 1 && near(from - 2).starts_with("${");
  size_t end = from;
  while (is_of_name(at(end)) || (!expansion && is_among(at(end), "-.") && is_of_name(at(end + 1)))) {
    ++end;
  }
  // The end of a long one tells what it is.
  const size_t size = std::min(end - from, kLongestName);
  NamedValue named{.name = line_.substr(end - size, size), .begin = from, .end = end};
  named.refers = expansion || (from > 0 && at(from - 1) == '$');
  if (expansion) {
    named.value = end + (at(end) == ':' ? 2 : 1);
    named.is_given = is_among(at(named.value - 1), "-=");
  } else {
    find_value(named);
  }
  return named;
}

void ScannedLine::find_value(NamedValue& named) const {
  const bool option = named.begin > 0 && at(named.begin - 1) == '-';
  size_t end = named.end + (at(named.end) == '\\' && is_quote(at(named.end + 1)) ? 1 : 0);
  named.quoted = is_quote(at(end));
  end += named.quoted ? 1 : 0;
  end += at(end) == ']' ? 1 : 0;
  if (at(end) == '[') end += near(end).find(']') + 1;
  const size_t place = after(end, kBlank);
  const size_t equals = place + (is_among(at(place), ":?+") && at(place + 1) == '=' ? 1 : 0);
  size_t value = place + 1;
  named.sign = at(equals);
  named.whole = true;
  if (named.sign == '=') {
    value = after(equals, "=~>");
    named.whole = place > end || is_blank(value);
    named.is_given = true;
  } else if (named.sign == ':') {
    named.is_given = named.quoted || is_blank(value) || is_quote(at(value)) || begins_with(named.name, "x-") ||
                     begins_with(named.name, "authorization");
  } else if (named.sign == '>') {  // <name>value
    named.is_given = named.begin > 0 && at(named.begin - 1) == '<';
  } else if (option && (named.sign == ',' || place == line_.size())) {  // "--name", "value"
    named.is_given = named.quoted || near(indent_).starts_with("- -");
  } else if (place > end && !named.quoted && !near(place).starts_with("--")) {
    value = place;
    named.sign = 0;
    named.whole = !option;
    named.is_given = option || is_introduced(named, place);
  }
  named.value = after(value, kBlank);
}

// ENV API_KEY x, or two words alone in their line.
bool ScannedLine::is_introduced(const NamedValue& named, size_t value) const {
  if (named.begin == indent_) return after(line_.find_first_of(kBlank, value), kBlank) >= end_;
  const std::string_view first = near(indent_).substr(0, near(indent_).find(' '));
  return std::ranges::find(kIntroductions, first) != kIntroductions.end();
}

size_t ScannedLine::secret_in_url() const {
  size_t at = line_.find("://");
  while (at != kNone && !holds_a_password(near(at + 3))) at = line_.find("://", at + 3);
  return at == kNone ? kNone : at + 3;
}

size_t ScannedLine::secret_of(std::string_view option, size_t from, bool pair) const {
  const size_t place = line_.find(option, from);
  if (place == kNone) return kNone;
  const size_t value = after(place + option.size(), "= \t");
  const std::string_view text = near(value);
  const bool none = pair ? text.substr(0, text.find(' ')).find(':') == kNone : at(value) == '-';
  return none || tells_nothing(text, {}, Extent::kWord) ? kNone : value;
}

size_t ScannedLine::unnamed_secret() const {
  size_t first = secret_in_url();
  for (const SecretOption& row : kSecretOptions) {
    const size_t command = line_.find(row.command);
    if (command == kNone) continue;
    first = std::min(first, secret_of(row.option, row.anywhere ? 0 : command, false));
  }
  // curl may stand in the line before: `  -u bob:x \`.
  const size_t curl = indent_ > 0 && at(indent_) == '-' ? indent_ - 1 : line_.find("curl");
  return std::min({first, secret_of(" -u", curl, true), secret_of(" --user", curl, true)});
}

}  // namespace backstep
