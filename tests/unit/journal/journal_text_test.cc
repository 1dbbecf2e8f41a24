// SPDX-License-Identifier: Apache-2.0
#include "journal/journal_text.h"

#include "base/error.h"
#include "base/json.h"
#include "support/catch.h"
#include "support/json_parts.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

// As it comes from a journal, which knows no shelf.
RecordedSet named(const std::string& id) {
  return {uid_of(id), {Shelf::kBackups, uid_of(id)}};
}

// Every member has a value that is not its default.
Journal full_journal() {
  Journal journal;
  journal.run = uid_of("run");
  journal.verb = "begin";
  journal.phase = Phase::kRestoring;
  journal.owner = "github run 7 \"quoted\"";
  journal.actor = "Jörg";
  journal.url = "https://example.org/7";
  journal.commit = "abc123";
  journal.started = 1'710'080'580;
  journal.guard_until = 1'710'084'180;
  journal.generate = {"", {"python", "generate.py"}};
  journal.deploy = {"docker compose up -d\n", {}};
  journal.rollback_command = {"true", {}};
  journal.rollback_enabled = false;
  journal.no_rollback_exit_codes = {75, 80};
  journal.target_policy = RollbackTarget::kLastGood;
  journal.rollback_scope = RollbackScope::kFailed;
  journal.health = {.test = {"", {"curl", "-f"}},
                    .http = "http://$BACKSTEP_HOST_GATEWAY:8080/health",
                    .interval = Duration(1),
                    .timeout = Duration(2),
                    .retries = 4,
                    .start_period = Duration(5),
                    .min_healthy_time = Duration(6),
                    .deadline = Duration(7)};
  journal.service_checks.each.health.test = {"curl http://$BACKSTEP_SERVICE/", {}};
  journal.service_checks.each.on_failure = OnFailure::kWarn;
  journal.service_checks.own["action_service"].health.http = "http://$BACKSTEP_SERVICE/health";
  journal.service_checks.own["action_service"].health.retries = 15;
  journal.service_checks.own["unchecked"] = {};
  journal.timeouts = {Duration(8), Duration(9), Duration(10), Duration(11)};
  journal.retention = {12, 13, Duration(14)};
  journal.patterns = {.prefix = "app",
                      .services_dirs = {"services", "../more/*"},
                      .entrypoint_file = "bin/start.sh",
                      .files = {"*.conf"},
                      .exclude = {"x.conf"}};
  journal.backup = named("2024-03-10_14-23-00");
  journal.stands_in = named("2024-03-10_14-22-00");
  journal.digest = std::string(64, 'a');
  journal.was_unhealthy_before = true;
  journal.unhealthy_before = {"", "action_service"};
  journal.no_return_code = 80;
  journal.passed_services = {"action_service"};
  journal.failed_services = {"typesense_client_service"};
  journal.recorded = {{"app/x", std::string(64, 'b'), true, false}, {"app/y", "", false, true}};
  journal.target = named("2024-03-09_00-00-00");
  journal.target_reason = "the newest known good";
  journal.evidence = named("2024-03-10_14-23-05");
  journal.owed = true;
  journal.failure = "health check exited with 7";
  journal.scope = {false, false, {"action_service"}};
  journal.passed_check = true;
  return journal;
}

// The journal with one member replaced or, where there is none of that name, added.
std::string with(const std::string& key, Json value) {
  const Json journal = Json::parse(encode_journal(full_journal()));
  Json json;
  for (const auto& [name, member] : test::members(journal)) {
    if (name != key) json.set(name, member);
  }
  json.set(key, std::move(value));
  return json.dump();
}

std::string refused(const std::string& text, ExitCode code = ExitCode::kDamaged) {
  try {
    decode_journal(text);
    return "not refused";
  } catch (const Error& error) {
    return error.code() == code ? error.message() : "another exit code: " + error.message();
  }
}

}  // namespace

TEST_CASE("JournalText: one that is torn anywhere is refused", "[deploy][journal_text]") {
  const std::string text = encode_journal(full_journal());
  for (size_t length = 0; length + 2 < text.size(); ++length) {
    CAPTURE(length);
    REQUIRE(refused(text.substr(0, length)) != "not refused");
  }
}

TEST_CASE("JournalText: what leads out of the workspace is refused", "[deploy][journal_text]") {
  const auto patterns = [](const char* services, const char* entrypoint, const char* file) {
    return Json::Object{{"services_dir", json_texts({services})},
                        {"entrypoint_file", entrypoint},
                        {"files", json_texts({file})}};
  };
  CHECK_THAT(refused(with("scope", patterns("a/..", "e", "x"))), Contains("pattern 'a/..'"));
  CHECK_THAT(refused(with("scope", patterns("s", "/e", "x"))), Contains("pattern '/e'"));
  CHECK_THAT(refused(with("scope", patterns("s", "e", "/etc/x"))), Contains("pattern '/etc/x'"));
  CHECK_THAT(refused(with("run", "../../etc")), Contains("'run' is no uid"));
  CHECK_THAT(refused(with("backup", "../x")), Contains("'backup' names no set"));
  CHECK_THAT(refused(with("stands_in", "x")), Contains("'stands_in' names no set"));
  CHECK_THAT(refused(with("evidence", "../x")), Contains("'evidence' names no set"));
  CHECK_THAT(refused(with("target", "../x")), Contains("'target' names no set"));
}

TEST_CASE("JournalText: forged members are refused", "[deploy][journal_text]") {
  CHECK_THAT(refused(with("backstep", "manifest")), Contains("it is no journal"));
  CHECK_THAT(refused(with("phase", "finished")), Contains("unknown phase 'finished'"));
  CHECK_THAT(refused(with("owner", Json())), Contains("owner"));
  CHECK_THAT(refused(with("started", "yesterday")), Contains("started"));
  CHECK_THAT(refused(with("started", INT64_MAX)), Contains("'started' is 9223"));
  CHECK_THAT(refused(with("guard_until", -1)), Contains("'guard_until' is -1"));
  CHECK_THAT(refused(with("health", Json())), Contains("test") || Contains("interval"));
  CHECK_THAT(refused(with("recorded", "all")), Contains("'recorded' is not a list"));
  CHECK_THAT(refused(with("recorded",
                          Json::Array{Json::Object{{"path", "b"}}, Json::Object{{"path", "a"}}})),
             Contains("'recorded' is not sorted"));
  CHECK_THAT(refused(with("no_return_code", 76)), Contains("'no_return_code' is 76"));
  CHECK_THAT(refused("[]"), Contains("it is no journal"));
}

TEST_CASE("JournalText: forged checks of services are refused", "[deploy][journal_text]") {
  const auto checks = [](const std::string& key, const Json& value) {
    const Json journal = Json::parse(encode_journal(full_journal()));
    Json changed;
    for (const auto& [name, member] : test::members(*journal.find("service_checks"))) {
      changed.set(name, name == key ? value : member);
    }
    return with("service_checks", changed);
  };
  CHECK(refused(checks("", Json())) == "not refused");
  CHECK_THAT(refused(checks("own", "all")), Contains("'own' is not a list"));
  CHECK_THAT(refused(checks("each", Json::Object{{"on_failure", "ignore"}})),
             Contains("'on_failure' is 'ignore'"));
  CHECK_THAT(refused(checks("each", Json::Object{{"on_failure", "warn"}})),
             Contains("'health' is missing"));
}

TEST_CASE("JournalText: one without checks of services, as older versions wrote it, is read",
          "[deploy][journal_text]") {
  const Json journal = Json::parse(encode_journal(full_journal()));
  Json older;
  for (const auto& [name, member] : test::members(journal)) {
    if (name != "service_checks" && !name.ends_with("ed_services")) older.set(name, member);
  }
  const Journal read = decode_journal(older.dump());
  CHECK(read.service_checks.empty());
  CHECK(read.passed_services.empty());
}

TEST_CASE("JournalText: who was unhealthy before is read, or taken from a version without names",
          "[deploy][journal_text]") {
  const Journal read = decode_journal(encode_journal(full_journal()));
  CHECK(read.was_unhealthy(""));
  CHECK(read.was_unhealthy("action_service"));
  CHECK_FALSE(read.was_unhealthy("typesense_client_service"));
  Journal older = full_journal();
  older.unhealthy_before.reset();
  CHECK(decode_journal(encode_journal(older)).was_unhealthy("typesense_client_service"));
}

TEST_CASE("JournalText: a phase without what it needs is refused", "[deploy][journal_text]") {
  Journal journal = full_journal();
  journal.target.reset();
  CHECK_THAT(refused(encode_journal(journal)), Contains("'target' is missing"));
  journal.phase = Phase::kDeploying;
  CHECK(refused(encode_journal(journal)) == "not refused");
  journal.backup = {};
  CHECK_THAT(refused(encode_journal(journal)), Contains("'backup' is missing"));
}

TEST_CASE("JournalText: one of a newer version is left to that version", "[deploy][journal_text]") {
  CHECK_THAT(refused(with("format", Journal::kFormat + 1), ExitCode::kUsage),
             Contains("newer version"));
}

TEST_CASE("JournalText: only a point of no return keeps older versions away",
          "[deploy][journal_text]") {
  Journal journal = full_journal();
  CHECK(Json::parse(encode_journal(journal)).number("format") == 2);
  journal.no_return_code = 0;
  CHECK(Json::parse(encode_journal(journal)).number("format") == 1);
  CHECK(decode_journal(encode_journal(journal)).run == journal.run);
}

TEST_CASE("JournalText: members that nobody knows are passed over", "[deploy][journal_text]") {
  CHECK(decode_journal(with("weather", "fine")).run == full_journal().run);
}

TEST_CASE("JournalText: what was written is read back", "[deploy][journal_text]") {
  const std::string text = encode_journal(full_journal());
  const Journal read = decode_journal(text);
  CHECK(encode_journal(read) == text);
  CHECK(read.phase == Phase::kRestoring);
  CHECK(read.generate == full_journal().generate);
  CHECK(read.deploy == full_journal().deploy);
  CHECK(read.health.deadline == Duration(7));
  CHECK(read.health.http == full_journal().health.http);
  CHECK(read.service_checks.each.on_failure == OnFailure::kWarn);
  CHECK(read.service_checks.of("action_service")->health.http == "http://action_service/health");
  CHECK_FALSE(read.service_checks.of("unchecked"));
  CHECK(read.timeouts.stop_grace == Duration(11));
  CHECK(read.patterns == full_journal().patterns);
  CHECK(read.recorded == full_journal().recorded);
  CHECK(read.target == full_journal().target);
  CHECK(read.scope.only_services == std::vector<std::string>{"action_service"});
  CHECK(read.target_policy == RollbackTarget::kLastGood);
  CHECK(read.rollback_scope == RollbackScope::kFailed);
  CHECK(read.no_rollback_exit_codes == std::vector<int>{75, 80});
  CHECK(read.no_return_code == 80);
}

TEST_CASE("JournalText: one of a version that knew no exit codes is read",
          "[deploy][journal_text]") {
  Journal older = full_journal();
  older.no_rollback_exit_codes = {};
  older.no_return_code = 0;
  const Json written = Json::parse(encode_journal(older));
  Json json;
  for (const auto& [name, member] : test::members(written)) {
    if (name != "no_rollback_exit_codes" && name != "no_return_code") json.set(name, member);
  }
  const Journal read = decode_journal(json.dump());
  CHECK(read.no_rollback_exit_codes.empty());
  CHECK(read.no_return_code == 0);
}

TEST_CASE("JournalText: every phase and policy is read back", "[deploy][journal_text]") {
  Journal journal = full_journal();
  journal.phase = GENERATE(Phase::kArmed, Phase::kGenerated, Phase::kDeploying, Phase::kDeployed,
                           Phase::kAccepted, Phase::kRestoring, Phase::kRestored);
  journal.target_policy =
      GENERATE(RollbackTarget::kAuto, RollbackTarget::kPrevious, RollbackTarget::kLastGood);
  const Journal read = decode_journal(encode_journal(journal));
  CHECK(read.phase == journal.phase);
  CHECK(read.target_policy == journal.target_policy);
}
