// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "cli/session.h"
#include "deploy/steps/health_checks.h"
#include "report/table.h"

namespace backstep {

namespace {

// Where nobody said which environment, the store may leave no choice.
void show_only_environment(const Session& session, std::vector<ShownSetting>& all) {
  const std::vector<StorePlace>& places = session.places();
  if (places.size() != 1 || places.front().environment.empty()) return;
  for (ShownSetting& shown : all) {
    if (shown.name != "environment" || !shown.value.empty()) continue;
    shown.value = places.front().environment;
    shown.origin = "the only one in " + in_quotes(places.front().display);
  }
}

std::vector<ShownSetting> all_shown(const Session& session) {
  const LoadedConfig& loaded = session.loaded();
  std::vector<ShownSetting> all = loaded.shown;
  show_only_environment(session, all);
  all.insert(all.end(), loaded.shown_services.begin(), loaded.shown_services.end());
  return all;
}

void warn_of_entries_without_service(Session& session) {
  const ServiceChecks& checks = session.config().service_checks;
  if (checks.own.empty()) return;
  const auto services =
      services_here(session.workspace(), session.patterns(), session.backups_dir());
  for (const std::string& text : entries_without_service(checks, services)) session.warn(text);
}

}  // namespace

int cmd_config(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  warn_of_entries_without_service(session);
  Json::Array settings;
  Table table({"SETTING", "VALUE", "FROM"});
  for (const ShownSetting& shown : all_shown(session)) {
    settings.emplace_back(
        Json::Object{{"name", shown.name}, {"value", shown.value}, {"origin", shown.origin}});
    table.add({shown.name, shown.value, shown.origin});
  }
  session.answer(json_answer("config", {{"workspace", session.workspace().root},
                                        {"settings", std::move(settings)}}),
                 table.text());
  return 0;
}

}  // namespace backstep
