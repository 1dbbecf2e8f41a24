// SPDX-License-Identifier: Apache-2.0
#include "cli/each_environment.h"

#include "base/text.h"
#include "store/environments.h"

namespace backstep {
namespace {

std::string heading(const StorePlace& place) {
  return place.environment == kNameless ? "without a name:" : printable(place.environment) + ":";
}

Json named(const StorePlace& place, const Json& answer) {
  Json json = Json::Object{{"environment", place.environment}};
  const Json::Object* members = answer.object();
  if (members == nullptr) return json;
  for (const auto& [name, value] : *members) json.set(name, value);
  return json;
}

}  // namespace

void print_each_environment(Session& session, std::string_view kind,
                            const std::function<LookAnswer(const StorePlace&)>& look) {
  const std::vector<StorePlace>& places = session.places();
  const bool several = places.size() > 1;
  Json::Array all;
  for (const StorePlace& place : places) {
    const LookAnswer answer = look(place);
    if (!session.json()) {
      const std::string gap = all.empty() ? "" : "\n";
      session.print(several ? gap + heading(place) + "\n" + answer.text : answer.text);
      all.emplace_back();
    } else if (several) {
      all.push_back(named(place, answer.json));
    } else {
      session.print(answer.json);
    }
  }
  if (!session.json() || !several) return;
  Json json = json_answer(kind);
  json.set("environments", std::move(all));
  session.print(json);
}

}  // namespace backstep
