// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace backstep {

inline constexpr std::string_view kNameCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
inline constexpr std::string_view kBlanks = " \t\r";
// No name is longer. A line may be a file of megabytes: what is looked at again and again in it has
// a bound.
inline constexpr size_t kLongestName = 128;
bool is_name_character(char c);
bool is_alphanumeric(char c);

// DB_PASSWORD, api-key, clientSecret, spring.datasource.password, Authorization.
bool is_secret_key(std::string_view key);

// `$NAME`, `${NAME}`, `$1`, `${{ secrets.NAME }}`: a value that tells no secret, but where it is.
bool is_reference(std::string_view value);

// False for most lines: no key that tells of a secret is in them, nor a URL with a password.
bool may_hold_a_secret(std::string_view line);

// How a secret stands behind an option whose name does not tell of it.
enum class SecretOption {
  kNone,
  kAttached,  // mysql -pPASSWORD
  kNext,      // docker login -p PASSWORD
  kUser,      // curl -u USER:PASSWORD, --user=USER:PASSWORD
  kAttachedUser,
};

// Whether some of a command's options are: curl, mysql, mariadb, sshpass, `docker login`.
bool has_secret_options(std::string_view command);

// Whether this option of the command takes a secret. `command` is "" where a long command goes on
// from the line before; `option` has its dashes and what is attached.
SecretOption secret_option(std::string_view command, std::string_view option);

// `key: value` at the beginning of a line of YAML or JSON, where it may be an item: `- key: value`.
struct Entry {
  size_t column;  // of the key, or of its quote
  std::string_view key;
  size_t value;  // where it begins
  bool quoted;   // the key
};
std::optional<Entry> entry_in(std::string_view line);

// What stands behind a key's colon, once tag, anchor and comment are passed over.
enum class Beginning {
  kValue,
  kNothing,  // what belongs to the key is below
  kText,     // `|` or `>`: lines of text are
  kOpening,  // `{` or `[` alone
};
Beginning beginning_of(std::string_view value);

}  // namespace backstep
