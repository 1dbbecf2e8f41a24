// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "report/diff/diff_report.h"

namespace backstep {
namespace {

constexpr size_t kPiece = size_t{64} << 10;
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kCyan = "\x1b[36m";
constexpr std::string_view kReset = "\x1b[0m";

// git knows two modes, and takes names of other bytes in quotes, as C writes them.
const char* git_mode(const FileEntry& entry) { return entry.executable() ? "100755" : "100644"; }

std::string name_for_patch(const std::string& prefix, const std::string& path) {
  const std::string name = prefix + path;
  if (printable(path) == path && path.find_first_of("\"\\") == std::string::npos) return name;
  std::string quoted = "\"";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      quoted += fmt::format("\\{:03o}", byte);
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

// GNU patch takes what follows a blank for a time, unless a tab ends the name.
std::string name_in_header(const FileEntry* entry, const std::string& prefix) {
  if (entry == nullptr) return "/dev/null";
  const std::string name = name_for_patch(prefix, entry->path);
  return name.find(' ') == std::string::npos ? name : name + "\t";
}

class DiffText {
 public:
  DiffText(DiffTotals totals, const DiffLook& look, const std::function<void(const std::string&)>& write)
      : totals_(totals), look_(look), write_(write) {}

  void add(const FileDiff& diff) {
    if (totals_.files == 0) put("", totals_.heading());
    totals_.count(diff);
    const std::string notes = notes_of(diff);
    put("", "");
    put(kBold, fmt::format("{:<4} {}{}", diff.file().letters(), printable(diff.file().path()),
                           notes.empty() ? "" : " (" + notes + ")"));
    put_names(diff);
    for (const Hunk& hunk : diff.hunks()) put_hunk(diff, hunk);
  }

  void end() {
    put("", (totals_.files == 0 ? "" : "\n") + totals_.sentence());
    write_(pending_);
  }

 private:
  void put_names(const FileDiff& diff) {
    const FileEntry* from = diff.file().from;
    const FileEntry* to = diff.file().to;
    if (!diff.why_not_shown().empty()) return;
    const bool mode = from != nullptr && to != nullptr && from->executable() != to->executable();
    if (diff.kind() != "text" && !mode) return;
    const std::string& path = diff.file().path();
    put("", "diff --git " + name_for_patch("a/", path) + " " + name_for_patch("b/", path));
    if (from == nullptr) put("", fmt::format("new file mode {}", git_mode(*to)));
    if (to == nullptr) put("", fmt::format("deleted file mode {}", git_mode(*from)));
    if (mode) put("", fmt::format("old mode {}\nnew mode {}", git_mode(*from), git_mode(*to)));
    if (diff.added() + diff.removed() == 0) return;
    put(kBold, "--- " + name_in_header(from, "a/"));
    put(kBold, "+++ " + name_in_header(to, "b/"));
  }

  void put_hunk(const FileDiff& diff, const Hunk& hunk) {
    put(kCyan, header_of(hunk));
    for (const DiffLine& line : hunk) {
      const std::string& shown = diff.shown(line);
      const std::string text = look_.exact ? shown : printable_lines(shown);
      const std::string_view colour = line.kind == '-' ? kRed : line.kind == '+' ? kGreen : "";
      put(colour, fmt::format("{}{}{}", look_.bar, line.kind, text));
      if (diff.lacks_newline(line)) put("", "\\ No newline at end of file");
    }
  }

  void put(std::string_view colour, const std::string& line) {
    if (look_.coloured && !colour.empty()) {
      pending_ += fmt::format("{}{}{}\n", colour, line, kReset);
    } else {
      pending_ += line + "\n";
    }
    if (pending_.size() < kPiece) return;
    write_(pending_);
    pending_.clear();
  }

  DiffTotals totals_;
  const DiffLook& look_;
  const std::function<void(const std::string&)>& write_;
  std::string pending_;
};

constexpr size_t kLongestDiff = size_t{64} << 10;

std::string told(ComparedSide from, ComparedSide to, const Secrets& secrets) {
  keep_comparable(from, to);
  if (differences(from, to).empty()) return "";
  std::string text;
  write_diff(from, to, secrets, {}, [&](const std::string& piece) {
    if (text.size() <= kLongestDiff) text += piece;
  });
  if (text.size() <= kLongestDiff) return text;
  return text.substr(0, text.rfind('\n', kLongestDiff)) + "\n(cut here)\n";
}

}  // namespace

void write_diff(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets, const DiffLook& look,
                const std::function<void(const std::string&)>& write) {
  DiffText text({from, to}, look, write);
  for (const FileDifference& file : differences(from, to)) {
    text.add(FileDiff(file, from, to, secrets));
  }
  text.end();
}

std::string diff_of_run(const Store& store, const Tree& tree, const Outcome& outcome, const Secrets& secrets) {
  const Catalog catalog = read_catalog(store);
  const auto set = [&](const std::string& label) { return read_set(store, named_set(catalog, label), tree.patterns); };
  const bool replaced = !outcome.evidence.empty();
  const bool is_back = replaced && !outcome.restored_from.empty();
  const std::string& earlier = is_back ? outcome.restored_from : outcome.backup;
  if (earlier.empty()) return "";
  const StoredSet before = set(earlier);
  if (!replaced) {
    return told(compared_set(before), compared_tree(tree, before, nullptr), secrets);
  }
  const StoredSet failed = set(outcome.evidence);
  return told(compared_set(before), compared_set(failed), secrets);
}

}  // namespace backstep
