// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/secret_lines.h"
#include "base/text.h"

namespace backstep {
namespace {

// Both sides are held in memory, and what is longer is read by nobody.
constexpr uint64_t kLargestText = uint64_t{16} << 20;
constexpr ptrdiff_t kMostLines = 500'000;

bool is_too_large(const FileEntry* entry) { return entry != nullptr && entry->size > kLargestText; }

bool is_no_file(const FileEntry* entry) { return entry != nullptr && entry->sha256 == kNoContent; }

bool is_binary(const std::string& bytes) { return bytes.find('\0') != std::string::npos; }

bool has_too_many_lines(const std::string& bytes) { return std::ranges::count(bytes, '\n') > kMostLines; }

// "10 and 12 bytes", or of the one side that there is.
std::string sizes(const FileDifference& file) {
  if (file.from == nullptr) return counted(file.to->size, "byte");
  if (file.to == nullptr) return counted(file.from->size, "byte");
  return fmt::format("{} and {}", file.from->size, counted(file.to->size, "byte"));
}

// A `value:` may stand above the name of what it is by so many lines.
constexpr size_t kNamedLines = 16;

bool begins_document(std::string_view line) { return line.starts_with("---") && trimmed(line.substr(3)).empty(); }

// `kind: Secret`, SecretList, in YAML or JSON.
bool is_of_kind_secret(std::string_view line) {
  for (size_t at = line.find("kind"); at != std::string_view::npos; at = line.find("kind", at + 1)) {
    const size_t value = std::min(line.find_first_not_of("\"'\\: \t", at + 4), line.size());
    if (line.substr(value).starts_with("Secret")) return true;
  }
  return false;
}

bool is_one_secret_word(LineSpan lines, std::string_view path) {
  if (lines.size() != 1 || !names_a_secret(path.substr(path.rfind('/') + 1))) return false;
  const std::string_view word = trimmed(lines[0]);
  return !word.empty() && word.find_first_of(" \t") == std::string_view::npos;
}

// - value: x
//   name: DB_PASSWORD
void hide_value_above(LineSpan lines, size_t name, size_t column, std::vector<size_t>& hidden_from) {
  for (size_t i = name; i > 0 && name - i < kNamedLines; --i) {
    if (lines[i].find_first_not_of(" \t") < column) return;  // an item begins
    const std::string_view line = lines[i - 1];
    const size_t key = std::min(line.find_first_not_of(" \t-{"), line.size());
    const bool is_value = line.substr(key).starts_with("value") || line.substr(key).starts_with("\"value");
    if (key == column && is_value) {
      std::fill(&hidden_from[i - 1], &hidden_from[name], column);
      return;
    }
  }
}

// From where on each line is hidden. `shown`: the lines without the secrets of the environment.
std::vector<size_t> secret_places(LineSpan lines, const std::vector<std::string>& shown) {
  SecretLines secrets;
  std::vector<size_t> hidden_from(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == 0 || begins_document(lines[i])) {
      const auto document = lines.subspan(i);
      const auto end = std::find_if(document.begin() + 1, document.end(), begins_document);
      secrets.begin_document(std::any_of(document.begin(), end, is_of_kind_secret));
    }
    const size_t named = secrets.named();
    hidden_from[i] = secrets.hidden_from(shown[i]);
    const bool names = secrets.named() != named && secrets.named() != SecretLines::kNowhere;
    if (names) hide_value_above(lines, i, secrets.named(), hidden_from);
  }
  return hidden_from;
}

}  // namespace

FileDiff::FileDiff(const FileDifference& file, const ComparedSide& from, const ComparedSide& to, const Secrets& secrets)
    : file_(file) {
  if (is_no_file(file.from) || is_no_file(file.to)) {
    only_name("no_file", fmt::format("no regular file {}", is_no_file(file.to) ? "any more" : "before"));
  } else if (file.from != nullptr && file.to != nullptr && !file.content) {
    kind_ = "same";
  } else if (is_too_large(file.from) || is_too_large(file.to)) {
    name_too_large();
  } else {
    compare(from, to, secrets);
  }
}

void FileDiff::compare(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets) {
  if (file_.from != nullptr) from_.bytes = from.content(*file_.from);
  if (file_.to != nullptr) to_.bytes = to.content(*file_.to);
  if (is_binary(from_.bytes) || is_binary(to_.bytes)) {
    return only_name("binary", "binary, " + sizes(file_));
  }
  if (has_too_many_lines(from_.bytes) || has_too_many_lines(to_.bytes)) return name_too_large();
  for (Text* text : {&from_, &to_}) text->lines = lines_in(text->bytes);
  auto lines = line_diff(from_.lines, to_.lines);
  if (!lines) {
    return only_name("too_different", fmt::format("too different to show line by line, {} and {}", from_.lines.size(),
                                                  counted(to_.lines.size(), "line")));
  }
  lines_ = std::move(*lines);
  for (Text* text : {&from_, &to_}) text->shown = masked_lines(text->lines, file_.path(), secrets);
}

void FileDiff::only_name(std::string_view kind, std::string why) {
  kind_ = kind;
  why_not_shown_ = std::move(why);
}

void FileDiff::name_too_large() { only_name("too_large", "too large to show line by line, " + sizes(file_)); }

size_t FileDiff::count_of(char kind) const {
  return static_cast<size_t>(std::ranges::count(lines_, kind, &DiffLine::kind));
}

// Two changed lines that look alike, between the same common ones, differ behind their masks.
size_t FileDiff::only_masked() const {
  size_t count = 0;
  std::multiset<std::string_view> went;
  for (const DiffLine& line : lines_) {
    const std::string& text = shown(line);
    if (line.kind == ' ') {
      went.clear();
    } else if (line.kind == '-') {
      if (text.find(kHiddenSecret) != std::string::npos) went.insert(text);
    } else if (const auto found = went.find(text); found != went.end()) {
      ++count;
      went.erase(found);
    }
  }
  return count;
}

const std::string& FileDiff::shown(const DiffLine& line) const {
  return line.kind == '-' ? from_.shown[line.from] : to_.shown[line.to];
}

bool FileDiff::lacks_newline(const DiffLine& line) const {
  return !(line.kind == '-' ? from_.lines[line.from] : to_.lines[line.to]).ends_with('\n');
}

std::vector<std::string> masked_lines(LineSpan lines, std::string_view path, const Secrets& secrets) {
  if (is_one_secret_word(lines, path)) return {std::string(kHiddenSecret)};
  std::vector<std::string> shown;
  for (std::string_view line : lines) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    shown.push_back(secrets.hidden_in(std::string(line)));
  }
  const std::vector<size_t> hidden_from = secret_places(lines, shown);
  for (size_t i = 0; i < shown.size(); ++i) {
    if (hidden_from[i] < shown[i].size()) {
      shown[i].replace(hidden_from[i], std::string::npos, kHiddenSecret);
    }
  }
  return shown;
}

}  // namespace backstep
