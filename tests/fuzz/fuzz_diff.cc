// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "report/diff/line_diff.h"
#include "report/diff/masked_lines.h"

namespace backstep::fuzz {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

std::string applied(const std::vector<LineChange>& changes,
                    const std::vector<std::string_view>& from,
                    const std::vector<std::string_view>& to) {
  std::string text;
  size_t at = 0;
  for (const LineChange& change : changes) {
    require(change.from >= at, "changes come in order and do not touch");
    while (at < change.from) text += from.at(at++);
    for (size_t i = 0; i < change.added; ++i) text += to.at(change.to + i);
    at += change.removed;
  }
  while (at < from.size()) text += from.at(at++);
  return text;
}

// Behind a key that tells of it no value is seen, whatever surrounds the line.
void require_hidden(std::string_view before) {
  const std::string text = std::string(before) + "\nAPI_TOKEN=tell-tale-4711\n";
  const std::vector<std::string_view> lines = lines_of(text);
  const Secrets none;
  const MaskedLines masked(lines, "services/a/entrypoint.sh", none);
  require(masked.at(lines.size() - 1).find("tell-tale") == std::string::npos,
          "a value is hidden whatever stands before it", text);
}

}  // namespace

// Two texts, apart by the first NUL.
void try_input(std::string_view bytes) {
  ++accepted;
  const size_t end = std::min(bytes.find('\0'), bytes.size());
  const std::string_view to_text = bytes.substr(std::min(end + 1, bytes.size()));
  const std::vector<std::string_view> from = lines_of(bytes.substr(0, end));
  const std::vector<std::string_view> to = lines_of(to_text);
  const auto changes = line_changes(from, to);
  if (changes) require(applied(*changes, from, to) == to_text, "changes lead to the second text");
  const Secrets secrets(Environment(Variables{{"A_TOKEN", "tok-4711"}}));
  const MaskedLines masked(to, "a.sh", secrets);
  for (size_t i = 0; i < to.size(); ++i) {
    const std::string line = masked.at(i);
    require(line.find('\n') == std::string::npos, "a masked line is one line", line);
    require(line.find("tok-4711") == std::string::npos, "a known secret is hidden", line);
  }
  require_hidden(to_text);
}

}  // namespace backstep::fuzz
