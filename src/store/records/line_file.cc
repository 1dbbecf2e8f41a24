// SPDX-License-Identifier: Apache-2.0
#include "store/records/line_file.h"

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

bool is_broken(std::string_view text, size_t place, const TakeLine& take) {
  bool parsed = false;
  const bool torn = !text.ends_with('\n');
  if (!torn) text.remove_suffix(1);
  if (text.empty()) return false;
  try {
    const Json line = Json::parse(text);
    const int64_t format = line.number("format");
    parsed = true;
    if (format <= kLineFormat) take(line, place);
    return false;
  } catch (const Error&) {
    return parsed || !torn;
  }
}

}  // namespace

int read_lines(const Store& store, std::string_view name, const TakeLine& take, std::string_view mentioning) {
  int broken = 0;
  size_t place = 0;
  for (const std::string_view line : lines_in(store.read_records(name))) {
    if (line.find(mentioning) != line.npos && is_broken(line, place, take)) ++broken;
    ++place;
  }
  return broken;
}

}  // namespace backstep
