// SPDX-License-Identifier: Apache-2.0
#include "store/records/line_file.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr size_t kLargestLineFile = size_t{256} * 1024 * 1024;

void read_line(LineFile& file, std::string_view text) {
  const bool torn = !text.ends_with('\n');
  if (!torn) text.remove_suffix(1);
  if (text.empty()) return;
  try {
    Json line = Json::parse(text);
    const int64_t format = line.number("format");
    if (format > LineFile::kFormat) return;
    file.lines.push_back(std::move(line));
  } catch (const Error&) {
    if (!torn) ++file.broken;
  }
}

}  // namespace

LineFile read_line_file(const Store& store, std::string_view name) {
  return read_line_file(store, name, "");
}

LineFile read_line_file(const Store& store, std::string_view name, std::string_view mentioning) {
  LineFile file;
  for_each_line(store, name, [&](std::string_view line) {
    if (line.find(mentioning) != std::string_view::npos) read_line(file, line);
  });
  return file;
}

void for_each_line(const Store& store, std::string_view name,
                   const std::function<void(std::string_view line)>& look) {
  const std::optional<std::string> bytes = store.read_control_file(name, kLargestLineFile);
  std::string_view rest = bytes ? *bytes : std::string_view();
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    look(rest.substr(0, end));
    rest.remove_prefix(end);
  }
}

void append_to_line_file(const Store& store, const std::string& name, const Json& line) {
  append_line_durably(store.control(), name, line.dump(), store.owner());
}

void append_to_line_file(const Store& store, const std::string& name,
                         const std::vector<Json>& lines) {
  std::vector<std::string> texts;
  texts.reserve(lines.size());
  for (const Json& line : lines) texts.push_back(line.dump());
  append_line_durably(store.control(), name, joined(texts, "\n"), store.owner());
}

}  // namespace backstep
