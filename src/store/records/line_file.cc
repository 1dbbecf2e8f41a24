// SPDX-License-Identifier: Apache-2.0
#include "store/records/line_file.h"

#include <algorithm>

#include "base/error.h"

namespace backstep {
namespace {

void read_line(LineFile& file, std::string_view text, size_t place) {
  const bool torn = !text.ends_with('\n');
  if (!torn) text.remove_suffix(1);
  if (text.empty()) return;
  try {
    Json line = Json::parse(text);
    const int64_t format = line.number("format");
    if (format > LineFile::kFormat) return;
    file.lines.push_back({std::move(line), place});
  } catch (const Error&) {
    if (!torn) ++file.broken;
  }
}

}  // namespace

LineFile read_line_file(const Store& store, std::string_view name, std::string_view mentioning) {
  LineFile file;
  size_t place = 0;
  for_each_line(store.read_records(name), [&](std::string_view line) {
    if (line.find(mentioning) != std::string_view::npos) read_line(file, line, place);
    ++place;
  });
  return file;
}

void for_each_line(std::string_view text, const std::function<void(std::string_view line)>& look) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    look(text.substr(0, end));
    text.remove_prefix(end);
  }
}

}  // namespace backstep
