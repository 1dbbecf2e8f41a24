// SPDX-License-Identifier: Apache-2.0
#include "config/workspace.h"

#include <unistd.h>

#include "support/catch.h"
#include "support/refusal.h"
#include "support/temp_dir.h"

using namespace backstep;

namespace {

// A checkout with a directory app/ in it, and a symlink beside it that leads to the checkout.
struct Tree {
  test::TempDir temp;
  std::string checkout;
  std::string app;
  std::string alias;

  Tree() : checkout(temp / "checkout"), app(checkout + "/app"), alias(temp / "alias") {
    temp.write("checkout/app/here", "");
    REQUIRE(symlink(checkout.c_str(), alias.c_str()) == 0);
  }
};

Environment with(const std::string& name, const std::string& value) {
  return Environment(std::map<std::string, std::string, std::less<>>{{name, value}});
}

StorePlace place_of(const Workspace& workspace, const std::string& backups_dir) {
  Config config;
  config.backups_dir = backups_dir;
  return store_place(workspace, config);
}

}  // namespace

TEST_CASE("Workspace: a checkout that does not hold the current directory is not it",
          "[config][workspace]") {
  const Tree tree;
  tree.temp.write("checkout-2/x", "");
  for (const std::string& other :
       {tree.temp / "checkout-2", tree.app + "/none", std::string("checkout"), std::string("")}) {
    const Workspace workspace = find_workspace(tree.app, with("GITHUB_WORKSPACE", other));
    REQUIRE(workspace.root == tree.app);
    REQUIRE(workspace.prefix.empty());
  }
}

TEST_CASE("Workspace: each platform's checkout is known", "[config][workspace]") {
  const Tree tree;
  for (const char* variable :
       {"GITHUB_WORKSPACE", "CI_PROJECT_DIR", "CI_WORKSPACE", "BITBUCKET_CLONE_DIR"}) {
    const Workspace workspace = find_workspace(tree.app, with(variable, tree.checkout));
    REQUIRE(workspace.root == tree.checkout);
    REQUIRE(workspace.prefix == "app");
    REQUIRE(workspace.directory.status("app/here").has_value());
  }
}

TEST_CASE("Workspace: symlinks do not hide that the directory lies in the checkout",
          "[config][workspace]") {
  const Tree tree;
  const Workspace by_link = find_workspace(tree.app, with("CI_PROJECT_DIR", tree.alias + "/"));
  REQUIRE(by_link.root == tree.checkout);
  REQUIRE(by_link.prefix == "app");
  const Workspace from_link =
      find_workspace(tree.alias + "/app", with("CI_PROJECT_DIR", tree.checkout));
  REQUIRE(from_link.prefix == "app");
}

TEST_CASE("Workspace: the file system's root can be a checkout", "[config][workspace]") {
  const Tree tree;
  const Workspace workspace = find_workspace(tree.app, with("CI_WORKSPACE", "/"));
  REQUIRE(workspace.root == "/");
  REQUIRE("/" + workspace.prefix == tree.app);
}

TEST_CASE("Workspace: a current directory that is gone is an error", "[config][workspace]") {
  const Tree tree;
  REQUIRE_THROWS_AS(find_workspace(tree.app + "/none", Environment()), SystemError);
}

TEST_CASE("Workspace: a store that holds the workspace is refused", "[config][workspace]") {
  const Tree tree;
  const Workspace workspace = find_workspace(tree.app, with("CI_PROJECT_DIR", tree.checkout));
  for (const std::string& outer : {tree.temp.path(), tree.checkout, tree.alias}) {
    REQUIRE(test::refusal([&] { place_of(workspace, outer); }) ==
            "backups_dir '" + outer + "' holds the workspace itself");
  }
}

TEST_CASE("Workspace: an absolute store in the workspace is made relative", "[config][workspace]") {
  const Tree tree;
  const Workspace workspace = find_workspace(tree.app, with("CI_PROJECT_DIR", tree.checkout));
  const StorePlace direct = place_of(workspace, tree.checkout + "/app/new/backups");
  REQUIRE(direct.path == "app/new/backups");
  REQUIRE_FALSE(direct.absolute);
  REQUIRE(direct.display == tree.checkout + "/app/new/backups");
  REQUIRE(place_of(workspace, tree.alias + "/backups").path == "backups");
}

TEST_CASE("Workspace: an absolute store elsewhere stays there", "[config][workspace]") {
  const Tree tree;
  const Workspace workspace = find_workspace(tree.app, with("CI_PROJECT_DIR", tree.checkout));
  const StorePlace place = place_of(workspace, tree.temp / "checkout-backups");
  REQUIRE(place.path == tree.temp / "checkout-backups");
  REQUIRE(place.absolute);
}

TEST_CASE("Workspace: the paths of the settings are seen from the workspace",
          "[config][workspace]") {
  const Tree tree;
  const Workspace workspace = find_workspace(tree.app, with("CI_PROJECT_DIR", tree.checkout));
  Config config;
  config.files = {"a.yml", "nginx/*.conf"};
  const Patterns patterns = patterns_of(workspace, config);
  REQUIRE(patterns.services_dir == "app/services");
  REQUIRE(patterns.entrypoint_file == "entrypoint.sh");
  REQUIRE(patterns.files == std::vector<std::string>{"app/a.yml", "app/nginx/*.conf"});
  const StorePlace store = store_place(workspace, config);
  REQUIRE(store.path == "app/backups");
  REQUIRE(store.display == "backups");

  const Workspace alone = find_workspace(tree.app, Environment());
  REQUIRE(patterns_of(alone, config).services_dir == "services");
}
