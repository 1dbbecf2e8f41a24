// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

namespace backstep {
namespace {

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

std::string diff_of_run(const Store& store, const Tree& tree, const Outcome& outcome,
                        const Secrets& secrets) {
  const Catalog catalog = read_catalog(store);
  const auto set = [&](const std::string& label) {
    return read_set(store, named_set(catalog, label), tree.patterns);
  };
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
