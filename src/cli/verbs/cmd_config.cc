// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "deploy/steps/commands.h"
#include "report/table.h"
#include "system/files/beneath.h"
#include "system/files/lock.h"
#include "system/files/staged_file.h"
#include "system/process/process.h"

namespace backstep {
namespace {

std::vector<ShownSetting> all_shown(const Session& session) {
  const LoadedConfig& loaded = session.loaded();
  std::vector<ShownSetting> all = loaded.shown;
  all.insert(all.end(), loaded.shown_services.begin(), loaded.shown_services.end());
  const std::vector<StorePlace>& places = session.places();
  if (places.size() != 1 || places.front().environment.empty()) return all;
  const auto environment = std::ranges::find(all, "environment", &ShownSetting::name);
  if (environment == all.end() || !environment->value.empty()) return all;
  // Where nobody said which environment, the store leaves no choice.
  environment->value = places.front().environment;
  environment->origin = "the only one in " + in_quotes(places.front().display);
  return all;
}

void warn_of_entries_without_service(Session& session) {
  const ServiceChecks& checks = session.config().service_checks;
  if (checks.own.empty()) return;
  const auto services = services_here(session.tree());
  for (const std::string& text : entries_without_service(checks, services)) session.warn(text);
}

constexpr const char* kName = "backstep";
constexpr mode_t kMode = 0755;

// Two jobs that share the directory would otherwise take away each other's half-written file.
std::string copy_own_binary_to(const Directory& directory) {
  const UniqueFd turn = lock_directory(directory);
  StagedFile staged(directory, kName);
  const UniqueFd own = open_own_binary();
  staged.copy_from(own.get(), status_of(own.get(), "/proc/self/exe").size, "/proc/self/exe");
  staged.set_mode_and_owner(kMode, directory.own_status().owner());
  staged.finish_durably();
  staged.commit();
  directory.sync();
  return directory.shown(kName);
}

// A directory that is made for it goes again when the copy fails.
std::string install_in(const std::string& path) {
  if (access(path.c_str(), F_OK) == 0 || errno != ENOENT) {
    return copy_own_binary_to(Directory::open_root(path, path));
  }
  const std::string above = path.find('/') == path.npos ? "." : parent_of(path);
  const Directory parent = Directory::open_root(above, above);
  const std::string_view name = parts_of(path).name;
  parent.make_directories(name, parent.own_status().owner(), kMode);
  try {
    std::string copy = copy_own_binary_to(Directory::open_root(path, path));
    parent.sync();
    return copy;
  } catch (const Error&) {
    parent.remove_directory(name);
    throw;
  }
}

}  // namespace

int cmd_config(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  warn_of_entries_without_service(session);
  Json::Array settings;
  Table table({"SETTING", "VALUE", "FROM"});
  for (const ShownSetting& shown : all_shown(session)) {
    settings.emplace_back(Json::Object{{"name", shown.name}, {"value", shown.value}, {"origin", shown.origin}});
    table.add({shown.name, shown.value, shown.origin});
  }
  session.answer(json_answer("config", {{"workspace", session.workspace().root}, {"settings", std::move(settings)}}),
                 table.text());
  return 0;
}

int cmd_install(const Invocation& invocation) {
  const std::string directory = required_word(invocation, "name the directory to install in: backstep install DIR");
  std::string installed;
  try {
    installed = install_in(without_trailing_slashes(directory));
  } catch (const Error& error) {
    throw error.within("nothing was installed", ExitCode::kBackupFailed);
  }
  print_answer(invocation, json_answer("install", {{"path", installed}, {"release", BACKSTEP_VERSION}}),
               fmt::format("✅ Installed backstep {} as {}\n", BACKSTEP_VERSION, printable(installed)));
  return 0;
}

}  // namespace backstep
