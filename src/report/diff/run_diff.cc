// SPDX-License-Identifier: Apache-2.0
#include "report/diff/run_diff.h"

#include "report/diff/diff_report.h"

namespace backstep {
namespace {

constexpr size_t kLongest = size_t{64} << 10;
constexpr std::string_view kFailed = "failed/";

std::optional<StoredSet> set_of(const Store& store, const std::string& label,
                                const Patterns& patterns) {
  if (label.starts_with(kFailed)) {
    return find_readable_set(store, {Shelf::kFailed, label.substr(kFailed.size())}, patterns);
  }
  std::optional<StoredSet> set = find_readable_set(store, {Shelf::kBackups, label}, patterns);
  return set ? std::move(set) : find_readable_set(store, {Shelf::kGood, label}, patterns);
}

std::string told(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets) {
  if (differences(from, to).empty()) return "";
  std::string text;
  write_diff(from, to, secrets, {}, [&](const std::string& piece) {
    if (text.size() <= kLongest) text += piece;
  });
  if (text.size() <= kLongest) return text;
  return text.substr(0, text.rfind('\n', kLongest)) + "\n(cut here)\n";
}

}  // namespace

std::string diff_of_run(const Store& store, const Tree& tree, const Outcome& outcome,
                        const Secrets& secrets) {
  const bool replaced = !outcome.evidence.empty();
  const bool back = replaced && !outcome.restored_from.empty();
  const auto before = set_of(store, back ? outcome.restored_from : outcome.backup, tree.patterns);
  if (!before) return "";
  ComparedSide from = compared_set(*before);
  if (!replaced) {
    ComparedSide here = compared_tree(tree, *before, nullptr);
    keep_comparable(from, here);
    return told(from, here, secrets);
  }
  const auto failed = set_of(store, outcome.evidence, tree.patterns);
  if (!failed) return "";
  ComparedSide to = compared_set(*failed);
  keep_comparable(from, to);
  return told(from, to, secrets);
}

}  // namespace backstep
