// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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

}  // namespace backstep
