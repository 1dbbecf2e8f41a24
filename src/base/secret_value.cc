// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/secret_lines.h"
#include "base/secrets.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kNothingIsLonger = 1024;  // and harmless
// A port or a limit has fewer digits than a password; an account's number may have more.
constexpr size_t kShortestPassword = 6;
constexpr size_t kShortestCode = 10;

constexpr size_t kShortestSecret = 4;
// A key may be that of a table or of a cache: SORT_KEY=path, a word of every answer in JSON.
constexpr size_t kShortestKey = 8;
// Parts of _NAME_. A hotkey, a cachekey and a pubkey are none.
constexpr auto kPasswords = std::to_array<std::string_view>(
    {"TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "PASS_", "PWD_", "_PW_"});
constexpr auto kKeys = std::to_array<std::string_view>(
    {"_KEY_", "_KEYS_", "_PAT_", "_CRED_", "CREDS_", "APIKEY_", "ACCESSKEY_", "SSHKEY_", "AUTH_", "PRIVATEKEY_",
     "AUTHORIZATION_", "BEARER_", "COOKIE_", "WEBHOOK_", "JWT_", "DSN_"});
constexpr auto kNeither = std::to_array<std::string_view>({"COMPASS_", "BYPASS_", "ASKPASS_", "OLDPWD_", "_PUBLIC_"});
constexpr auto kPlaces = std::to_array<std::string_view>({"FILE", "PATH", "DIR", "URL", "NAME", "HOST", "SOCK", "REF"});
constexpr auto kPlainValues = std::to_array<std::string_view>(
    {"true",   "false",   "yes",      "no",       "on",       "off",     "none",  "null",    "nil",       "empty",
     "unset",  "enabled", "disabled", "optional", "required", "inherit", "write", "auto",    "default",   "basic",
     "bearer", "token",   "local",    "public",   "private",  "always",  "never", "session", "production"});
constexpr std::array<std::string_view, 5> kFiles = {".pem", ".key", ".crt", ".json", ".txt"};

bool is_one_of(std::string_view word, const auto& words) { return std::ranges::find(words, word) != words.end(); }

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// DEPLOY_TOKEN, whether it is written deploy-token, deploy.token or deployToken.
std::string as_variable(std::string_view name) {
  std::string words;
  char previous = 'A';
  for (const char c : name) {
    if (is_upper(c) && !is_upper(previous)) words += '_';
    words += c == '-' || c == '.' ? '_' : c;
    previous = c;
  }
  return upper_case(words);
}

// How many bytes a value of this variable must have to count as a secret. 0: it never does.
size_t shortest_secret_of(std::string_view variable) {
  const std::string name = as_variable(variable);
  const auto has_one_of = [name = "_" + name + "_"](const auto& parts) {
    return std::ranges::any_of(parts, [&](auto part) { return name.find(part) != name.npos; });
  };
  if (names_a_place(variable) && name.find("WEBHOOK_") == name.npos) return 0;
  if (name == "PWD" || has_one_of(kNeither)) return 0;
  if (has_one_of(kPasswords)) return kShortestSecret;
  return has_one_of(kKeys) ? kShortestKey : 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes of other alphabets are letters.
bool tells(char c) { return is_ascii_alphanumeric(c) || (c & '\x80') != 0; }

// How long the reference `${…}`, `{{…}}` or `$(cat …)` is that `text` begins with; 0: it is none.
size_t bracketed_size(std::string_view text, std::string_view open, std::string_view close) {
  const size_t end = text.find(close, open.size());
  if (end == std::string_view::npos) return 0;
  const std::string_view inside = text.substr(open.size(), end - open.size());
  bool harmless = inside.find_first_of("\"'") == std::string_view::npos;
  if (open == "$(cat ") harmless = tells_nothing(inside);
  if (open == "${") {  // of ${NAME:-value} the value counts, of ${NAME:?why} nothing does
    const size_t sign = std::min(inside.find_first_of("-=+?"), inside.size());
    const std::string_view value = inside.substr(sign);
    harmless = value.empty() || value[0] == '?' || tells_nothing(value.substr(1));
  }
  return harmless ? end + close.size() : 0;
}

// How much of the beginning only refers to something.
size_t reference_size(std::string_view text) {
  if (text.starts_with("${{")) return bracketed_size(text, "${{", "}}");
  if (text.starts_with("{{")) return bracketed_size(text, "{{", "}}");
  if (text.starts_with("${")) return bracketed_size(text, "${", "}");
  if (text.starts_with("$(cat ")) return bracketed_size(text, "$(cat ", ")");
  if (!text.starts_with('$') || text.size() < 2) return 0;
  if (std::string_view("@*#?").find(text[1]) != std::string_view::npos) return 2;
  size_t size = 1;
  while (size < text.size() && (text[size] == '_' || tells(text[size]))) ++size;
  // `$2y$10$…` is a hash, and so is `$apr1$…`.
  const bool hash = (is_digit(text[1]) && size > 2) || text.substr(size).starts_with('$');
  return hash || size == 1 ? 0 : size;
}

// Up to one of `ends`.
std::string without_references(std::string_view value, std::string_view ends) {
  if (lower_case(value.substr(0, 7)) == "bearer ") value.remove_prefix(7);
  std::string left;
  while (!value.empty() && ends.find(value[0]) == std::string_view::npos) {
    const size_t size = reference_size(value);
    if (size == 0) left += value[0];
    value.remove_prefix(std::max<size_t>(size, 1));
  }
  return left;
}

// "8080", "0.5", "1000:1000", "30m"
bool is_number(std::string_view text, const std::string& name) {
  if (std::string_view("smhdMG%").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  const auto digits = static_cast<size_t>(std::ranges::count_if(text, is_digit));
  const bool password =
      name.ends_with("pass") || name.ends_with("password") || name.ends_with("passwd") || name.ends_with("pwd");
  return digits > 0 && digits < (password ? kShortestPassword : kShortestCode) &&
         text.find_first_not_of("0123456789.:_") == std::string_view::npos;
}

// Without capitals, as mostly: base64 may begin with a slash, too.
bool is_path(std::string_view text) {
  const bool begins = text.find_first_of('/') == text.find_first_not_of(".~");
  const bool ends = std::ranges::any_of(kFiles, [&](std::string_view ending) { return text.ends_with(ending); });
  return (begins || ends) &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/._-~") == std::string_view::npos;
}

}  // namespace

bool names_a_secret(std::string_view variable) { return shortest_secret_of(variable) > 0; }

bool names_a_place(std::string_view variable) {
  std::string name = as_variable(variable);
  if (name.ends_with('S')) name.pop_back();
  return is_one_of(split(name, '_').back(), kPlaces);
}

bool tells_nothing(std::string_view value, std::string_view name, Extent extent) {
  constexpr std::array<std::string_view, 3> kEnds = {"\"', \t;&)|<}", "\"',", ""};
  const size_t begin = std::min(value.find_first_not_of("\"'\\(["), value.size());
  const std::string left =
      without_references(value.substr(begin, kNothingIsLonger), kEnds[static_cast<size_t>(extent)]);
  if (left.size() >= kNothingIsLonger) return false;
  const std::string_view text = std::string_view(left).substr(0, left.find_last_not_of(" \t\r\"'\\]});,<") + 1);
  return std::ranges::none_of(text, tells) || is_plain_word(text) || is_number(text, lower_case(name)) || is_path(text);
}

bool is_plain_word(std::string_view value) { return is_one_of(lower_case(value), kPlainValues); }

bool is_a_secret(std::string_view value, std::string_view variable) {
  const size_t shortest = shortest_secret_of(variable);
  if (shortest == 0 || value.size() < shortest || tells_nothing(value, variable)) return false;
  // TOKEN_TYPE=kerberos and SECRET_BACKEND=vault tell less than DB_PASSWORD=vault does.
  return value.size() > 8 || std::ranges::any_of(value, [](char c) { return c < 'a' || c > 'z'; }) ||
         names_a_secret(split(as_variable(variable), '_').back());
}

}  // namespace backstep
