// SPDX-License-Identifier: Apache-2.0
#include "store/project.h"

#include "support/catch.h"

#include "base/error.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Hints = std::vector<std::pair<std::string, std::string>>;

namespace {

// An absolute store beside two checkouts.
struct ProjectScene {
  TempDir temp;
  StorePlace place{temp / "store", true, temp / "store"};
  Workspace here;
  Store store;

  ProjectScene() : here(made("here")), store(Store::open_or_create(here, place)) {}

  Workspace made(const std::string& name) const {
    temp.write(name + "/x", "");
    return workspace_at(temp / name);
  }
  void used_by(Hints hints) const { learn_project(place, store, {std::move(hints)}); }
  std::string refusal(Hints hints) const {
    try {
      require_own_project(here, place, {std::move(hints)});
    } catch (const Error& error) {
      return error.code() == ExitCode::kBackupFailed ? error.message() : "another exit code";
    }
    return "let in";
  }
  std::string known() const { return temp.read("store/.backstep/project.json"); }
};

}  // namespace

TEST_CASE("Project: the strongest hint that both know decides", "[store][project]") {
  const ProjectScene scene;
  CHECK(scene.refusal({{"url", "h/a"}}) == "let in");
  scene.used_by({{"project", "shop"}, {"GITHUB_REPOSITORY_ID", "7"}, {"url", "h/shop"}});
  CHECK(scene.refusal({{"project", "shop"}, {"url", "h/other"}}) == "let in");
  CHECK(scene.refusal({{"GITHUB_REPOSITORY_ID", "7"}, {"url", "h/renamed"}}) == "let in");
  CHECK_THAT(scene.refusal({{"project", "blog"}, {"url", "h/shop"}}),
             Contains("the project 'shop', and this is 'blog'"));
  CHECK_THAT(scene.refusal({{"GITHUB_REPOSITORY_ID", "8"}, {"url", "h/shop"}}),
             Contains("GITHUB_REPOSITORY_ID '7', and this is '8'"));
  CHECK_THAT(scene.refusal({{"CI_PROJECT_ID", "7"}, {"url", "h/blog"}}),
             Contains("the repository 'h/shop', and this is 'h/blog'"));
  CHECK(scene.refusal({{"CI_PROJECT_ID", "9"}}) == "let in");
  CHECK(scene.refusal({}) == "let in");
}

TEST_CASE("Project: a place counts as long as it is there", "[store][project]") {
  const ProjectScene scene;
  scene.made("other");
  scene.used_by({{"path", scene.temp / "here"}});
  CHECK(scene.refusal({{"path", scene.temp / "here"}}) == "let in");
  CHECK_THAT(scene.refusal({{"path", scene.temp / "other"}}), Contains("the checkout in"));
  CHECK_THAT(scene.refusal({{"url", "h/x"}, {"path", scene.temp / "other"}}), Contains("the checkout in"));
  std::filesystem::remove_all(scene.temp / "here");
  CHECK(scene.refusal({{"path", scene.temp / "other"}}) == "let in");
}

TEST_CASE("Project: who knows no name is no stranger to one that has one", "[store][project]") {
  const ProjectScene scene;
  scene.made("other");
  scene.used_by({{"url", "h/x"}, {"path", scene.temp / "here"}});
  CHECK(scene.refusal({{"path", scene.temp / "other"}}) == "let in");
}

TEST_CASE("Project: a store learns what it did not know", "[store][project]") {
  const ProjectScene scene;
  scene.made("other");
  scene.used_by({{"url", "h/x"}, {"path", scene.temp / "here"}});
  scene.used_by({{"project", "shop"}, {"url", "h/x"}, {"path", scene.temp / "other"}});
  CHECK_THAT(scene.known(), Contains("shop") && Contains("h/x") && Contains("/here\""));
  std::filesystem::remove_all(scene.temp / "here");
  scene.used_by({{"url", "h/x"}, {"path", scene.temp / "other"}});
  CHECK_THAT(scene.known(), Contains("shop") && Contains("/other\""));
  CHECK_THROWS_AS(scene.used_by({{"project", "blog"}}), Error);
}

TEST_CASE("Project: a store beneath the workspace is nobody else's", "[store][project]") {
  const TempDir temp;
  const Workspace workspace = workspace_at(temp.path());
  const StorePlace place{"backups", false, "backups"};
  const Store store = Store::open_or_create(workspace, place);
  learn_project(place, store, {{{"project", "a"}}});
  CHECK_FALSE(temp.has("backups/.backstep/project.json"));
  temp.write("backups/.backstep/project.json", R"({"hints":{"project":"a"}})");
  require_own_project(workspace, place, {{{"project", "b"}}});
}

TEST_CASE("Project: hints that nobody can read are none", "[store][project]") {
  const ProjectScene scene;
  for (const char* text : {"", "{", "[]", R"({"hints":[1]})", R"({"hints":{"project":1}})"}) {
    scene.temp.write("store/.backstep/project.json", text);
    CHECK(scene.refusal({{"project", "b"}}) == "let in");
  }
}
