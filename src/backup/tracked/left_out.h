// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.h"
#include "config/patterns.h"
#include "system/files/directory.h"

namespace backstep {

// Before anything changes (kRefuse), what the user named must be such that it can be brought back,
// and what a wildcard found beside it and cannot be stored is left out. Once a deploy may have
// begun, and for who only looks (kReport), none of it may stop the way back: all is left out.
enum class Oddities { kRefuse, kReport };

// Whether it is an entrypoint or a literal path of `files`: no wildcard had to find it.
bool is_named(const Patterns& patterns, const std::string& path);

// "PATH is left out: it is a symlink, not a regular file ('exclude' names what to pass over)".
std::string left_out_words(const std::string& path, const std::string& why);

// The same for a path that was answered with an error. Throws the error where it is not left out:
// it was named and must be understood, or it is the disk that is in trouble.
std::string left_out_words(const Directory& workspace, const std::string& path, const Error& error,
                           Oddities oddities, bool named);

}  // namespace backstep
