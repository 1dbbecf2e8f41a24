// SPDX-License-Identifier: Apache-2.0
#include "store/line_file.h"

#include "base/error.h"
#include "base/text.h"
#include "system/staged_file.h"

namespace backstep {
namespace {

constexpr size_t kLargestLineFile = size_t{256} * 1024 * 1024;

void read_line(LineFile& file, std::string_view text, bool torn) {
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
  LineFile file;
  const std::optional<std::string> bytes = store.read_control_file(name, kLargestLineFile);
  if (!bytes) return file;
  std::string_view rest = *bytes;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!line.empty()) read_line(file, line, end == std::string_view::npos);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return file;
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
