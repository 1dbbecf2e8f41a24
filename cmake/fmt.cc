// SPDX-License-Identifier: Apache-2.0
// The half of fmt that all our files share, compiled once. See cmake/fmt.cmake.
// Only here fmt is all headers, and only by its public calls: what they need of it comes along,
// whatever a release of fmt calls that.
#define FMT_HEADER_ONLY 1
#include <fmt/format.h>

#include <cstdio>
#include <iterator>
#include <string>

std::string backstep_needs_of_fmt(fmt::string_view format, fmt::format_args args) {
  std::string text = fmt::vformat(format, args);
  fmt::vformat_to(std::back_inserter(text), format, args);
  fmt::vprint(format, args);
  fmt::vprint(stderr, format, args);
  return text;
}
