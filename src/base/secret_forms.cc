// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <array>
#include <utility>

#include "base/secrets.h"
#include "base/text.h"

namespace backstep {
namespace {

// Which signs are escaped (behind ^: all but these, letters and digits); {0} the byte, {1} itself.
using Escape = std::pair<std::string_view, const char*>;
constexpr auto kEscapes = std::to_array<Escape>({
    {"\\\"", "\\{1}"},    // JSON
    {"\\\"$`", "\\{1}"},  // a shell's double quotes
    {"'", "'\\{1}'"},     // its single ones
    {"'", "'\"{1}\"'"},   // of Python
    {"\\\"/", "\\{1}"},   // JSON of PHP
    {"\t", "\\t"},
    {"^_-./:=@%+", "\\{1}"},  // printf %q
    {"^-_.~", "%{0:02X}"},    // URLs
    {"^-_.~/", "%{0:02X}"},   // of Python
    {"^-_.~", "%{0:02x}"},
    {"^-_.~!'()*", "%{0:02X}"},  // of JavaScript
});

std::string escaped(std::string_view secret, const Escape& escape) {
  const auto& [signs, how] = escape;
  const bool all_but = signs[0] == '^';
  std::string text;
  for (const char c : secret) {
    const bool is_named = signs.find(c, all_but ? 1 : 0) != signs.npos;
    text += is_named == all_but || is_ascii_alphanumeric(c)
                ? std::string(1, c)
                : fmt::format(fmt::runtime(how), static_cast<unsigned char>(c), c);
  }
  return text;
}

// What of the base64 of a text depends on the secret alone, which stands behind `before` bytes.
std::string in_base64(std::string_view secret, size_t before) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned bits = 0;
  unsigned count = 0;
  const std::string bytes = std::string(before, 0).append(secret);
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += kDigits[bits >> (count - 6) & 63];
  }
  return text.substr((8 * before + 5) / 6);
}

}  // namespace

std::vector<std::string> forms_of_secret(std::string_view secret) {
  std::vector<std::string> forms = {std::string(secret), printable(secret)};
  for (const Escape& escape : kEscapes) forms.push_back(escaped(secret, escape));
  forms.push_back(escaped(forms[2], {"&<>", "\\u{0:04x}"}));                    // JSON of Go
  forms.push_back(with_json_escapes(forms[2], true));                           // and of Python
  forms.push_back(replaced(escaped(secret, {"^-_. ", "%{0:02X}"}), " ", "+"));  // a web form
  const auto xml = replaced(replaced(replaced(forms[0], "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
  for (const char* quote : {"\"", "&quot;", "&#34;"}) {
    for (const char* apostrophe : {"'", "&apos;", "&#39;", "&#x27;"}) {
      forms.push_back(replaced(replaced(xml, "\"", quote), "'", apostrophe));
    }
  }
  for (const size_t before : {0, 1, 2}) {
    forms.push_back(in_base64(secret, before));
    forms.push_back(replaced(replaced(forms.back(), "+", "-"), "/", "_"));  // in URLs
  }
  return forms;
}

}  // namespace backstep
