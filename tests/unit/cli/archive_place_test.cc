// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include "support/catch.h"
#include "support/refusal.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

TEST_CASE("ArchivePlace: what names no file is refused", "[cli][archive]") {
  const TempDir temp;
  const Workspace workspace = workspace_at(temp.path());
  const std::string file = GENERATE("", ".", "..", "./", "/", "a/..", "nosuch/x", "/nosuch/x");
  CAPTURE(file);
  CHECK_THAT(refusal([&] { find_archive_place(workspace, file); }), Contains("cannot use"));
}

TEST_CASE("ArchivePlace: a relative path follows no symlink, an absolute one does", "[cli][archive]") {
  const TempDir temp;
  const TempDir outside;
  std::filesystem::create_directory_symlink(outside.path(), temp / "link");
  const Workspace workspace = workspace_at(temp.path());
  CHECK_THAT(refusal([&] { find_archive_place(workspace, "link/x"); }), Contains("symlink"));
  CHECK_THAT(refusal([&] { find_archive_place(workspace, "./link/x"); }), Contains("symlink"));
  CHECK(find_archive_place(workspace, temp / "link/x").name == "x");
}

TEST_CASE("ArchivePlace: the store is no place for it, by whatever name", "[cli][archive]") {
  const TempDir temp;
  temp.write("app/backups/x", "");
  std::filesystem::create_directory_symlink(temp / "app/backups", temp / "link");
  const Workspace workspace = workspace_at(temp.path(), "app");
  const StorePlace store{"backups", false, "backups"};
  const std::string file = GENERATE("backups/y", "../app/backups/y", "../link/y");
  CAPTURE(file);
  const ArchivePlace place = find_archive_place(workspace, file);
  CHECK_THAT(refusal([&] { require_writable_place(place, workspace, store); }), Contains("backups_dir"));
  require_writable_place(find_archive_place(workspace, "../y"), workspace, store);
}
