// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <set>

#include "backup/tracked/tracked_files.h"
#include "config/patterns.h"
#include "config/setting_types.h"
#include "fuzz/fuzz.h"
#include "support/temp_dir.h"
#include "system/files/beneath.h"

namespace backstep::fuzz {
namespace {

// Deep and narrow, with a symlink out of it, a name that begins with a dot, and one with wildcards.
struct Tree {
  test::TempDir temp;
  Directory root;

  Tree() : root(Directory::open_root(temp.path(), "")) {
    std::string path = "root";
    for (const char* name : {"a", "ab", "a", "b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}) {
      path += std::string("/") + name;
      temp.write(path + "/f.conf", "");
      temp.write(path + "/.hidden", "");
    }
    temp.write("root/a/[x]*", "");
    temp.write("outside/f.conf", "");
    std::filesystem::create_directory_symlink("../outside", temp / "root/out");
    root = Directory::open_root(temp / "root", "");
  }
};

const GlobWatch kWatch{.skipped = [](const std::string& path) { return path == "a/ab/a/b"; },
                       .left_out = [](const std::string&, const Error&) {}};

}  // namespace

// A pattern as the settings take it.
void try_input(std::string_view bytes) {
  static const Tree tree;
  std::string pattern;
  const RawValue value{.text = std::string(bytes), .list = {}, .is_list = false};
  if (!accepts([&] { pattern = PathValue::read(value); })) return;
  if (!has_wildcard(pattern)) return;
  std::vector<std::string> found;
  if (!accepts([&] { found = paths_matching(tree.root, pattern, Wanted::kFiles, kWatch); })) return;
  for (const std::string& path : found) {
    require(is_plain_relative_path(path), "a pattern finds plain paths", path);
    require(tree.temp.has("root/" + path), "what a pattern finds is there", path);
    require(!path.starts_with("out/"), "no symlink is followed", path);
    require(!path.starts_with("a/ab/a/b/"), "what is skipped is not entered", path);
    require(matches_pattern(pattern, path), "what is found matches by itself", path);
  }
  const std::set<std::string> once(found.begin(), found.end());
  require(once.size() == found.size(), "a file is found once", pattern);
}

}  // namespace backstep::fuzz
