// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_json.h"

namespace backstep {

Json json_answer(std::string_view kind) {
  return Json::Object{{"backstep", kind}, {"version", 1}};
}

Json outcome_json(const Outcome& outcome) {
  Json json = json_answer("outcome");
  json.set("result", name_of(outcome.result));
  json.set("exit_code", outcome.exit_status);
  json.set("run", outcome.run);
  json.set("live", outcome.live);
  json.set("services", outcome.services);
  if (outcome.failure) {
    json.set("failure", Json::Object{{"step", outcome.failure->step},
                                     {"described", outcome.failure->described},
                                     {"output_tail", outcome.failure->output_tail}});
  }
  json.set("advice", outcome.advice);
  json.set("backup", outcome.backup);
  json.set("restored_from", outcome.restored_from);
  json.set("target_reason", outcome.target_reason);
  json.set("evidence", outcome.evidence);
  json.set("changed", json_texts(outcome.changed));
  json.set("restored", json_texts(outcome.restored));
  json.set("kept", json_texts(outcome.kept));
  json.set("unchanged", outcome.unchanged);
  json.set("was_unhealthy_before", outcome.was_unhealthy_before);
  json.set("verdict", name_of(outcome.verdict));
  json.set("attempts", outcome.attempts);
  json.set("next", json_texts(outcome.next));
  return json;
}

}  // namespace backstep
