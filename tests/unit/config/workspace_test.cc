// SPDX-License-Identifier: Apache-2.0
#include "config/workspace.h"

#include <unistd.h>

#include "support/catch.h"
#include "support/refusal.h"
#include "support/temp_dir.h"

using namespace backstep;

namespace {

// A checkout with a directory app/ in it, and a symlink beside it that leads to the checkout.
struct Checkout {
  test::TempDir temp;
  std::string checkout;
  std::string app;
  std::string alias;

  Checkout() : checkout(temp / "checkout"), app(checkout + "/app"), alias(temp / "alias") {
    temp.write("checkout/app/deep/here", "");
    REQUIRE(symlink(checkout.c_str(), alias.c_str()) == 0);
  }
  void is_git() const { temp.write("checkout/.git/config", ""); }
};

Environment with(const std::string& name, const std::string& value) {
  return Environment(std::map<std::string, std::string, std::less<>>{{name, value}});
}

SettingsPlace find(const std::string& current, const Environment& environment = Environment(),
                   const std::string& named = "") {
  return find_settings(current, environment, named, {"backstep.yml", "backstep.staging.yml"});
}

StorePlace place_of(const Workspace& workspace, const std::string& backups_dir) {
  Config config;
  config.backups_dir = backups_dir;
  return store_place(workspace, config);
}

}  // namespace

TEST_CASE("Workspace: a checkout that does not hold the current directory is not it", "[config][workspace]") {
  const Checkout tree;
  tree.temp.write("checkout-2/x", "");
  for (const std::string& other :
       {tree.temp / "checkout-2", tree.app + "/none", std::string("checkout"), std::string("")}) {
    const Workspace workspace = find(tree.app, with("GITHUB_WORKSPACE", other)).workspace;
    CHECK(workspace.root == tree.app);
    CHECK(workspace.prefix.empty());
  }
}

TEST_CASE("Workspace: each platform's checkout is known", "[config][workspace]") {
  const Checkout tree;
  for (const char* variable :
       {"GITHUB_WORKSPACE", "CI_PROJECT_DIR", "CI_WORKSPACE", "BITBUCKET_CLONE_DIR", "DRONE_WORKSPACE"}) {
    const Workspace workspace = find(tree.app, with(variable, tree.checkout)).workspace;
    CHECK(workspace.root == tree.checkout);
    CHECK(workspace.prefix == "app");
    CHECK(workspace.called_in == tree.app);
    CHECK(workspace.directory.status("deep/here").has_value());
    CHECK(workspace.directory.status("../app/deep/here").has_value());
  }
}

TEST_CASE("Workspace: by hand it is what CI calls the checkout: where .git is", "[config][workspace]") {
  const Checkout tree;
  SECTION("a directory") { tree.is_git(); }
  SECTION("the file of a worktree") { tree.temp.write("checkout/.git", "gitdir: /elsewhere\n"); }
  const Workspace by_hand = find(tree.app).workspace;
  const Workspace in_ci = find(tree.app, with("CI_PROJECT_DIR", tree.checkout)).workspace;
  for (const Workspace* workspace : {&by_hand, &in_ci}) {
    CHECK(workspace->root == tree.checkout);
    CHECK(workspace->prefix == "app");
    CHECK(workspace->place == "app");
    CHECK(workspace->path() == tree.app);
  }
  CHECK(find(tree.checkout).workspace.place == ".");
}

TEST_CASE("Workspace: settings are found upwards, as far as the root", "[config][workspace]") {
  const Checkout tree;
  tree.is_git();
  tree.temp.write("backstep.yml", "");  // beyond the root
  const std::string deep = tree.app + "/deep";
  CHECK(find(deep).workspace.prefix == "app/deep");
  tree.temp.write("checkout/app/backstep.yml", "");
  const SettingsPlace found = find(deep);
  CHECK(found.workspace.prefix == "app");
  CHECK(found.file == "backstep.yml");
  CHECK(found.shown == "../backstep.yml");
  tree.temp.write("checkout/app/deep/backstep.yml", "");
  CHECK(find(deep).workspace.prefix == "app/deep");
  CHECK(find(deep).shown == "backstep.yml");
}

TEST_CASE("Workspace: without a checkout the settings' directory is the root", "[config][workspace]") {
  const Checkout tree;
  tree.temp.write("backstep.yml", "");
  const Workspace workspace = find(tree.app + "/deep").workspace;
  CHECK(workspace.root == tree.temp.path());
  CHECK(workspace.prefix.empty());
  CHECK(workspace.place.empty());
  CHECK(test::refusal([&] { return workspace.resolve("../x"); }) ==
        "'../x' leaves the workspace '" + workspace.root + "'");
  CHECK(workspace.resolve(workspace.root + "/a/*.conf") == "a/*.conf");
  CHECK(test::refusal([&] { workspace.resolve(workspace.root); }) ==
        "'" + workspace.root + "' is the workspace itself: name what lies in it");
  CHECK(test::refusal([&] { workspace.resolve("/etc/x"); }) ==
        "'/etc/x' leaves the workspace '" + workspace.root + "': paths are relative to the settings' directory");
}

TEST_CASE("Workspace: only what overlays an environment can be all that there is", "[config][workspace]") {
  const Checkout tree;
  tree.is_git();
  tree.temp.write("checkout/backstep.staging.yml", "");
  const SettingsPlace found = find(tree.app);
  CHECK(found.workspace.prefix.empty());
  CHECK(found.file == "backstep.staging.yml");
}

TEST_CASE("Workspace: where a named file lies, paths begin", "[config][workspace]") {
  const Checkout tree;
  tree.is_git();
  tree.temp.write("checkout/other/production.yml", "");
  const SettingsPlace relative = find(tree.app, Environment(), "../other/production.yml");
  CHECK(relative.workspace.prefix == "other");
  CHECK(relative.file == "production.yml");
  CHECK(relative.shown == "../other/production.yml");
  const std::string path = tree.checkout + "/other/production.yml";
  CHECK(find(tree.app, Environment(), path).workspace.prefix == "other");
}

TEST_CASE("Workspace: a named file outside leaves the settings' directory where the user stands",
          "[config][workspace]") {
  const Checkout tree;
  tree.is_git();
  tree.temp.write("outside.yml", "");
  const std::string named = GENERATE(as<std::string>(), "/outside.yml", "../../outside.yml");
  const std::string file = named.starts_with('/') ? tree.temp.path() + named : named;
  const SettingsPlace found = find(tree.app, Environment(), file);
  CHECK(found.workspace.prefix == "app");
  CHECK(found.file == tree.temp / "outside.yml");
  CHECK(found.shown == file);
}

TEST_CASE("Workspace: symlinks do not hide that the directory lies in the checkout", "[config][workspace]") {
  const Checkout tree;
  const Workspace by_link = find(tree.app, with("CI_PROJECT_DIR", tree.alias + "/")).workspace;
  CHECK(by_link.root == tree.checkout);
  CHECK(by_link.prefix == "app");
  const Workspace from_link = find(tree.alias + "/app", with("CI_PROJECT_DIR", tree.checkout)).workspace;
  CHECK(from_link.prefix == "app");
}

TEST_CASE("Workspace: the file system's root can be a checkout", "[config][workspace]") {
  const Checkout tree;
  const Workspace workspace = find(tree.app, with("CI_WORKSPACE", "/")).workspace;
  CHECK(workspace.root == "/");
  CHECK("/" + workspace.prefix == tree.app);
  CHECK(workspace.path() == tree.app);
}

TEST_CASE("Workspace: a current directory that is gone is an error", "[config][workspace]") {
  const Checkout tree;
  REQUIRE_THROWS_AS(find(tree.app + "/none"), SystemError);
}

TEST_CASE("Workspace: a store that holds the workspace is refused", "[config][workspace]") {
  const Checkout tree;
  const Workspace workspace = find(tree.app, with("CI_PROJECT_DIR", tree.checkout)).workspace;
  for (const std::string& outer : {tree.temp.path(), tree.checkout, tree.alias}) {
    CHECK(test::refusal([&] { place_of(workspace, outer); }) ==
          "backups_dir '" + outer + "' holds the workspace itself");
  }
}

TEST_CASE("Workspace: an absolute store in the workspace is made relative", "[config][workspace]") {
  const Checkout tree;
  const Workspace workspace = find(tree.app, with("CI_PROJECT_DIR", tree.checkout)).workspace;
  const StorePlace direct = place_of(workspace, tree.app + "/new/backups");
  CHECK(direct.path == "new/backups");
  CHECK_FALSE(direct.absolute);
  CHECK(direct.display == tree.app + "/new/backups");
  CHECK(place_of(workspace, tree.alias + "/backups").path == "../backups");
}

TEST_CASE("Workspace: an absolute store elsewhere stays there", "[config][workspace]") {
  const Checkout tree;
  const Workspace workspace = find(tree.app, with("CI_PROJECT_DIR", tree.checkout)).workspace;
  const StorePlace place = place_of(workspace, tree.temp / "checkout-backups");
  CHECK(place.path == tree.temp / "checkout-backups");
  CHECK(place.absolute);
}

TEST_CASE("Workspace: the paths of the settings are seen from the settings' directory", "[config][workspace]") {
  const Checkout tree;
  const Workspace workspace = find(tree.app, with("CI_PROJECT_DIR", tree.checkout)).workspace;
  Config config;
  config.files = {"a.yml", "../nginx/*.conf", "../app/b.yml"};
  config.reports = {"report.xml"};
  const Patterns patterns = patterns_of(workspace, config);
  CHECK(patterns.services_dirs == std::vector<std::string>{"services"});
  CHECK(patterns.files == std::vector<std::string>{"a.yml", "../nginx/*.conf", "b.yml"});
  CHECK(patterns.is_excluded("report.xml"));
  CHECK(patterns.is_excluded("backstep.yml"));
  CHECK(store_place(workspace, config).path == "backups");
  config.files = {"../../x"};
  CHECK(test::refusal([&] { patterns_of(workspace, config); }) ==
        "'../../x' leaves the workspace '" + tree.checkout + "'");
}

TEST_CASE("StorePlace: a command has the flags that lead to it, as a shell takes them", "[config][workspace]") {
  StorePlace place{"backups", false, "backups"};
  CHECK(place.command("list") == "backstep list");
  place.flags = {"--config", "ci/the deploy.yml", "--environment", "eu"};
  CHECK(place.command("rollback --to ID") == "backstep rollback --to ID --config 'ci/the deploy.yml' --environment eu");
}
