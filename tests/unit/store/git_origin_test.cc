// SPDX-License-Identifier: Apache-2.0
#include "store/project.h"

#include "support/catch.h"

#include "support/temp_dir.h"

using namespace backstep;

namespace {

constexpr const char* kConfig =
    "[core]\n\turl = no\n[remote \"other\"]\n\turl = https://h/other\n"
    "[remote \"origin\"]\n\tfetch = +refs/heads/*\n\turl = https://me:word@h/shop/web.git\n";

GitOrigin origin_of(const std::string& directory) {
  return git_origin(find_settings(directory, Environment(), "", {"backstep.yml"}).workspace);
}

std::string commit_of(const std::string& directory) {
  return git_commit(find_settings(directory, Environment(), "", {"backstep.yml"}).workspace);
}

}  // namespace

TEST_CASE("GitOrigin: a URL is a name, by whichever way and as whom one goes there", "[store][git]") {
  for (const char* url : {"https://github.com/shop/web.git", "https://token@github.com/shop/web",
                          "https://me:word@GitHub.com:8443/shop/web/", "git@github.com:shop/web.git",
                          "ssh://git@github.com:22/shop/web.git", "git@github.com:/shop/web"}) {
    CAPTURE(url);
    CHECK(name_of_url(url) == "github.com/shop/web");
  }
  CHECK(name_of_url("/srv/git/web.git") == "/srv/git/web");
  CHECK(name_of_url("../web") == "../web");
  CHECK(name_of_url("file:///srv/web") == "/srv/web");
  CHECK(name_of_url("").empty());
}

TEST_CASE("GitOrigin: it is found from any directory of the checkout", "[store][git]") {
  const test::TempDir temp;
  temp.write("checkout/.git/config", kConfig);
  temp.write("checkout/app/x", "");
  CHECK(origin_of(temp / "checkout").url == "h/shop/web");
  CHECK(origin_of(temp / "checkout/app").url == "h/shop/web");
  CHECK(origin_of(temp / "checkout/app").repository == temp / "checkout/.git");
}

TEST_CASE("GitOrigin: a worktree has its repository's", "[store][git]") {
  const test::TempDir temp;
  temp.write("first/.git/config", kConfig);
  temp.write("first/.git/worktrees/second/commondir", "../..\n");
  temp.write("second/.git", "gitdir: " + temp / "first/.git/worktrees/second" + "\n");
  CHECK(origin_of(temp / "second").url == "h/shop/web");
  CHECK(origin_of(temp / "second").repository == temp / "first/.git");
}

TEST_CASE("GitOrigin: where nothing can be told, nothing is", "[store][git]") {
  const test::TempDir temp;
  CHECK(origin_of(temp.path()).url.empty());
  temp.write("a/.git", "nonsense");
  temp.write("b/.git/HEAD", "");
  temp.write("c/.git", "gitdir: /nowhere\n");
  for (const char* name : {"a", "b", "c"}) {
    CAPTURE(name);
    CHECK(origin_of(temp / name).url.empty());
  }
  CHECK(origin_of(temp / "c").repository.empty());
}

TEST_CASE("GitOrigin: the commit that is checked out is read without git", "[store][git]") {
  const test::TempDir temp;
  temp.write("a/.git/HEAD", "ref: refs/heads/main\n");
  CHECK(commit_of(temp / "a").empty());  // nothing is committed yet
  temp.write("a/.git/packed-refs", "# pack-refs with: sorted\n111 refs/heads/main2\n222 refs/heads/main\n");
  CHECK(commit_of(temp / "a") == "222");
  temp.write("a/.git/refs/heads/main", "333\n");
  CHECK(commit_of(temp / "a") == "333");
  temp.write("a/.git/HEAD", "444\n");  // detached, as a pipeline checks out
  CHECK(commit_of(temp / "a") == "444");
  temp.write("a/.git/HEAD", "ref: refs/heads/../../../secret\n");
  temp.write("secret", "555\n");
  CHECK(commit_of(temp / "a").empty());
}

TEST_CASE("GitOrigin: a worktree has a commit of its own", "[store][git]") {
  const test::TempDir temp;
  temp.write("first/.git/HEAD", "111\n");
  temp.write("first/.git/refs/heads/topic", "222\n");
  temp.write("first/.git/worktrees/second/commondir", "../..\n");
  temp.write("first/.git/worktrees/second/HEAD", "ref: refs/heads/topic\n");
  temp.write("second/.git", "gitdir: " + temp / "first/.git/worktrees/second" + "\n");
  CHECK(commit_of(temp / "second") == "222");
}
