// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include "base/error.h"
#include "base/json.h"
#include "support/catch.h"
#include "support/json_parts.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

// As it comes from a journal, which knows no shelf.
RecordedSet named(const std::string& id) { return {uid_of(id), {Shelf::kBackups, uid_of(id)}}; }

// Every member has a value that is not its default.
Journal full_journal() {
  Journal journal;
  journal.run = uid_of("run");
  journal.verb = RunVerb::kBegin;
  journal.phase = Phase::kRestoring;
  journal.owner = "github run 7 \"quoted\"";
  journal.actor = "Jörg";
  journal.url = "https://example.org/7";
  journal.commit = "abc123";
  journal.started = 1'710'080'580;
  journal.guard_until = 1'710'084'180;
  journal.settings.generate = {"", {"python", "generate.py"}};
  journal.settings.deploy = {"docker compose up -d\n", {}};
  journal.settings.rollback = {.enabled = false,
                               .command = {"true", {}},
                               .target = RollbackTarget::kLastGood,
                               .no_rollback_exit_codes = {75, 80},
                               .scope = RollbackScope::kFailed};
  journal.patterns = {.prefix = "app",
                      .services_dirs = {"services", "../more/*"},
                      .entrypoint_file = "bin/start.sh",
                      .files = {"*.conf"},
                      .exclude = {"x.conf"}};
  journal.backup = named("2024-03-10_14-23-00");
  journal.stands_in = named("2024-03-10_14-22-00");
  journal.backup_of = "production";
  journal.digest = std::string(64, 'a');
  journal.was_unhealthy_before = true;
  journal.unhealthy_before = {"", "action_service"};
  journal.no_return_code = 80;
  journal.passed_services = {"action_service"};
  journal.failed_services = {"typesense_client_service"};
  journal.recorded = {{"app/x", sha256_of("x"), true, false}, {"app/y", {}, false, true}};
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

TEST_CASE("JournalText: one that is torn anywhere is refused", "[journal][journal_text]") {
  const std::string text = encode_journal(full_journal());
  for (size_t length = 0; length + 2 < text.size(); ++length) {
    CAPTURE(length);
    REQUIRE(refused(text.substr(0, length)) != "not refused");
  }
}

TEST_CASE("JournalText: what leads out of the workspace is refused", "[journal][journal_text]") {
  const auto patterns = [](const char* services, const char* entrypoint, const char* file) {
    return Json::Object{
        {"services_dir", json_texts({services})}, {"entrypoint_file", entrypoint}, {"files", json_texts({file})}};
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

TEST_CASE("JournalText: forged members are refused", "[journal][journal_text]") {
  CHECK_THAT(refused(with("backstep", "manifest")), Contains("it is no journal"));
  CHECK_THAT(refused(with("phase", "finished")), Contains("unknown phase 'finished'"));
  CHECK_THAT(refused(with("owner", Json())), Contains("owner"));
  CHECK_THAT(refused(with("started", "yesterday")), Contains("started"));
  CHECK_THAT(refused(with("started", INT64_MAX)), Contains("'started' is 9223"));
  CHECK_THAT(refused(with("guard_until", -1)), Contains("'guard_until' is -1"));
  CHECK_THAT(refused(with("settings", Json())), Contains("the settings are no object"));
  CHECK_THAT(refused(with("settings", Json::Object{{"rollback_target", "nonsense"}})),
             Contains("'rollback_target'") && Contains("auto, previous, last-good"));
  CHECK_THAT(refused(with("recorded", "all")), Contains("'recorded' is not a list"));
  CHECK_THAT(refused(with("recorded", Json::Array{Json::Object{{"path", "b"}}, Json::Object{{"path", "a"}}})),
             Contains("'recorded' is not sorted"));
  CHECK_THAT(refused(with("no_return_code", 76)), Contains("'no_return_code' is 76"));
  CHECK_THAT(refused("[]"), Contains("it is no journal"));
}

TEST_CASE("JournalText: who was unhealthy before is read", "[journal][journal_text]") {
  const Journal read = decode_journal(encode_journal(full_journal()));
  CHECK(read.was_unhealthy(""));
  CHECK(read.was_unhealthy("action_service"));
  CHECK_FALSE(read.was_unhealthy("typesense_client_service"));
}

TEST_CASE("JournalText: a phase without what it needs is refused", "[journal][journal_text]") {
  Journal journal = full_journal();
  journal.target.reset();
  CHECK_THAT(refused(encode_journal(journal)), Contains("'target' is missing"));
  journal.phase = Phase::kDeploying;
  CHECK(refused(encode_journal(journal)) == "not refused");
  journal.backup = {};
  CHECK_THAT(refused(encode_journal(journal)), Contains("'backup' is missing"));
}

TEST_CASE("JournalText: one of a newer version is left to that version", "[journal][journal_text]") {
  CHECK_THAT(refused(with("format", Journal::kFormat + 1), ExitCode::kUsage), Contains("newer version"));
}

TEST_CASE("JournalText: members that nobody knows are passed over", "[journal][journal_text]") {
  CHECK(decode_journal(with("weather", "fine")).run == full_journal().run);
}

TEST_CASE("JournalText: what was written is read back", "[journal][journal_text]") {
  const std::string text = encode_journal(full_journal());
  const Journal read = decode_journal(text);
  CHECK(encode_journal(read) == text);
  CHECK(read.phase == Phase::kRestoring);
  CHECK(read.settings.generate == full_journal().settings.generate);
  CHECK(read.settings.rollback_command() == full_journal().settings.rollback_command());
  CHECK(read.patterns == full_journal().patterns);
  CHECK(read.recorded == full_journal().recorded);
  CHECK(read.target == full_journal().target);
  CHECK(read.scope.only_services == std::vector<std::string>{"action_service"});
  CHECK(read.no_return_code == 80);
  CHECK(read.backup_of == "production");
}

TEST_CASE("JournalText: every phase is read back", "[journal][journal_text]") {
  Journal journal = full_journal();
  journal.phase = GENERATE(Phase::kArmed, Phase::kGenerated, Phase::kDeploying, Phase::kDeployed, Phase::kAccepted,
                           Phase::kRestoring, Phase::kRestored);
  CHECK(decode_journal(encode_journal(journal)).phase == journal.phase);
}
