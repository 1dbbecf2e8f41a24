// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"
#include "report/outcome_json.h"
#include "report/table.h"

namespace backstep {

int cmd_config(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  if (session.json()) {
    Json::Array settings;
    for (const ShownSetting& shown : session.loaded().shown) {
      settings.emplace_back(
          Json::Object{{"name", shown.name}, {"value", shown.value}, {"origin", shown.origin}});
    }
    Json json = json_answer("config");
    json.set("workspace", session.workspace().root);
    json.set("settings", std::move(settings));
    session.print(json);
    return 0;
  }
  Table table({"SETTING", "VALUE", "FROM"});
  for (const ShownSetting& shown : session.loaded().shown) {
    table.add({shown.name, shown.value, shown.origin});
  }
  session.print(table.text());
  return 0;
}

}  // namespace backstep
