// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "report/diff/file_diff.h"

namespace backstep::fuzz {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

std::string applied(const std::vector<DiffLine>& lines, const std::vector<std::string_view>& from,
                    const std::vector<std::string_view>& to) {
  std::string text;
  size_t at = 0;
  for (const DiffLine& line : lines) {
    require(line.from == at, "no line is left out, and none comes twice");
    if (line.kind != '+') ++at;
    if (line.kind == ' ') text += from.at(line.from);
    if (line.kind == '+') text += to.at(line.to);
  }
  require(at == from.size(), "the first text is told to its end");
  return text;
}

// Behind a key that tells of it no value is seen, whatever surrounds the line.
void require_hidden(std::string_view before) {
  const std::string text = std::string(before) + "\nAPI_TOKEN=tell-tale-4711\n";
  const std::vector<std::string_view> lines = lines_in(text);
  const auto masked = masked_lines(lines, "services/a/entrypoint.sh", Secrets());
  require(masked.at(lines.size() - 1).find("tell-tale") == std::string::npos,
          "a value is hidden whatever stands before it", text);
}

}  // namespace

// Two texts, apart by the first NUL.
void try_input(std::string_view bytes) {
  ++accepted;
  const size_t end = std::min(bytes.find('\0'), bytes.size());
  const std::string_view to_text = bytes.substr(std::min(end + 1, bytes.size()));
  const std::vector<std::string_view> from = lines_in(bytes.substr(0, end));
  const std::vector<std::string_view> to = lines_in(to_text);
  const auto lines = line_diff(from, to);
  if (lines) require(applied(*lines, from, to) == to_text, "the lines lead to the second text");
  const Secrets secrets(Environment(Variables{{"A_TOKEN", "tok-4711"}}));
  for (const std::string& line : masked_lines(to, "a.sh", secrets)) {
    require(line.find('\n') == std::string::npos, "a masked line is one line", line);
    require(line.find("tok-4711") == std::string::npos, "a known secret is hidden", line);
  }
  require_hidden(to_text);
  secrets.add_words_of(to_text, "a text");  // comes to an end
}

}  // namespace backstep::fuzz
