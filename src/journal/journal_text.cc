// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "store/sets/manifest.h"

namespace backstep {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, 7> kPhaseNames = {"armed",    "generated", "deploying", "deployed",
                                                         "accepted", "restoring", "restored"};

constexpr int64_t kLastMoment = 253'402'300'799;  // of the year 9999, behind which no time is text

int64_t moment(std::string_view key, int64_t seconds) {
  if (seconds < 0 || seconds > kLastMoment) refuse_damaged(fmt::format("{} is {}", in_quotes(key), seconds));
  return seconds;
}

ContentHash hash_from(const std::string& text) {
  return text.empty() ? ContentHash() : ContentHash::from_hex(text).value_or(kNoContent);
}

Json json_of(const RecordedFile& file) {
  Json::Object object{{"path", file.path}};
  if (!file.sha256.empty()) object.emplace_back("sha256", file.sha256.hex());
  if (file.executable) object.emplace_back("executable", true);
  if (file.kept) object.emplace_back("kept", true);
  if (file.unseen) object.emplace_back("unseen", true);
  return object;
}

// Into the object that `text` ends with: there may be a hundred thousand of them, which need not
// all be made before the first is written.
void append_recorded(const std::vector<RecordedFile>& recorded, std::string& text) {
  constexpr size_t kUsualLength = 160;
  text.pop_back();
  text.reserve(text.size() + recorded.size() * kUsualLength);
  text += ",\"recorded\":[";
  const char* separator = "";
  for (const RecordedFile& file : recorded) {
    text += separator;
    text += json_of(file).dump();
    separator = ",";
  }
  text += "]}";
}

std::vector<RecordedFile> recorded_from(const Json& json) {
  std::vector<RecordedFile> recorded;
  if (json.array() == nullptr) refuse_damaged("'recorded' is not a list");
  for (const Json& file : *json.array()) {
    recorded.push_back({file.text("path"), hash_from(file.text_or("sha256", "")), file.flag_or("executable", false),
                        file.flag_or("kept", false), file.flag_or("unseen", false)});
  }
  if (!std::ranges::is_sorted(recorded, {}, &RecordedFile::path)) {
    refuse_damaged("'recorded' is not sorted");
  }
  return recorded;
}

Phase phase_from(const std::string& name) {
  const auto found = std::ranges::find(kPhaseNames, name);
  if (found == kPhaseNames.end()) refuse_damaged("unknown phase " + in_quotes(name));
  return static_cast<Phase>(found - kPhaseNames.begin());
}

RecordedSet set_at(const Json& json, std::string_view key) {
  const std::string name = json.text_or(key, "");
  if (name.empty()) return {};
  if (!names_set(name)) refuse_damaged(in_quotes(key) + " names no set");
  return {name, {Shelf::kBackups, name}};
}

Json json_of(const JournalTree& tree) {
  return Json::Object{{"path", tree.path}, {"device", tree.device}, {"inode", tree.inode}, {"birth_ns", tree.birth_ns}};
}

JournalTree tree_from(const Json& json) {
  return {json.text("path"), static_cast<uint64_t>(json.number("device")), static_cast<uint64_t>(json.number("inode")),
          json.number("birth_ns")};
}

void read_head(const Json& json, Journal& journal) {
  journal.run = json.text("run");
  if (!is_uid(journal.run)) refuse_damaged("'run' is no uid");
  journal.verb = run_verb_named(json.text("verb"));
  journal.phase = phase_from(json.text("phase"));
  journal.owner = json.text("owner");
  journal.actor = json.text_or("actor", "");
  journal.url = json.text_or("url", "");
  journal.commit = json.text_or("commit", "");
  journal.started = moment("started", json.number("started"));
  journal.guard_until = moment("guard_until", json.number_or("guard_until", 0));
  if (const Json* tree = json.find("tree")) journal.tree = tree_from(*tree);
}

int no_return_code_from(const Json& json, const std::vector<int>& codes) {
  const int64_t code = json.number_or("no_return_code", 0);
  if (code != 0 && std::ranges::find(codes, code) == codes.end()) {
    refuse_damaged(fmt::format("'no_return_code' is {}", code));
  }
  return static_cast<int>(code);
}

const Json& member_at(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  if (found == nullptr) refuse_damaged(in_quotes(key) + " is missing");
  return *found;
}

void read_progress(const Json& json, Journal& journal) {
  journal.backup = set_at(json, "backup");
  journal.stands_in = set_at(json, "stands_in");
  journal.backup_of = json.text_or("backup_of", "");
  journal.digest = json.text_or("digest", "");
  if (!journal.digest.empty() && !ContentHash::from_hex(journal.digest))
    refuse_damaged("'digest' is not 64 hex digits");
  journal.was_unhealthy_before = json.flag_or("was_unhealthy_before", false);
  journal.unhealthy_before = json.texts("unhealthy_before");
  journal.no_return_code = no_return_code_from(json, journal.settings.rollback.no_rollback_exit_codes);
  journal.passed_services = json.texts("passed_services");
  journal.failed_services = json.texts("failed_services");
  if (const Json* recorded = json.find("recorded")) journal.recorded = recorded_from(*recorded);
  if (json.find("target") != nullptr) journal.target = set_at(json, "target");
  journal.target_reason = json.text_or("target_reason", "");
  journal.evidence = set_at(json, "evidence");
  journal.owed = json.flag_or("owed", false);
  journal.deploy_began = json.flag_or("deploy_began", false);
  journal.failure = json.text_or("failure", "");
  journal.scope = {json.flag_or("exact", true), json.flag_or("recreate_services", true), json.texts("only_services")};
  journal.passed_check = json.flag_or("passed_check", false);
  if (journal.phase >= Phase::kRestoring && (!journal.target || journal.target->empty()))
    refuse_damaged("'target' is missing");
  if (journal.phase < Phase::kRestoring && journal.backup.empty()) {
    refuse_damaged("'backup' is missing");
  }
}

}  // namespace

std::string_view name_of(Phase phase) { return kPhaseNames.at(static_cast<size_t>(phase)); }

std::string encode_journal(const Journal& journal) {
  Json json(Json::Object{{"backstep", "journal"},
                         {"format", Journal::kFormat},
                         {"run", journal.run},
                         {"verb", name_of(journal.verb)},
                         {"phase", name_of(journal.phase)},
                         {"owner", journal.owner},
                         {"actor", journal.actor},
                         {"url", journal.url},
                         {"commit", journal.commit},
                         {"started", journal.started},
                         {"guard_until", journal.guard_until},
                         {"tree", json_of(journal.tree)},
                         {"backup", journal.backup.uid},
                         {"stands_in", journal.stands_in.uid},
                         {"backup_of", journal.backup_of},
                         {"digest", journal.digest},
                         {"was_unhealthy_before", journal.was_unhealthy_before},
                         {"unhealthy_before", json_texts(journal.unhealthy_before)},
                         {"no_return_code", journal.no_return_code},
                         {"passed_services", json_texts(journal.passed_services)},
                         {"failed_services", json_texts(journal.failed_services)},
                         {"target_reason", journal.target_reason},
                         {"evidence", journal.evidence.uid},
                         {"owed", journal.owed},
                         {"deploy_began", journal.deploy_began},
                         {"failure", journal.failure},
                         {"exact", journal.scope.exact},
                         {"recreate_services", journal.scope.recreate_services},
                         {"only_services", json_texts(journal.scope.only_services)},
                         {"passed_check", journal.passed_check},
                         {"author", journal.author},
                         {"settings", encode_settings(journal.settings)},
                         {"scope", encode_patterns(journal.patterns)}});
  if (journal.target) json.set("target", journal.target->uid);
  std::string text = json.dump();
  if (journal.recorded) append_recorded(*journal.recorded, text);
  return text;
}

Journal decode_journal(std::string_view text) {
  const Json json = Json::parse(text);
  if (json.text_or("backstep", "") != "journal") refuse_damaged("it is no journal");
  if (json.number("format") > Journal::kFormat) {
    refuse_usage(
        fmt::format("it was written by a newer version of backstep (format {}): finish the run with that version, or "
                    "remove the file to leave all as it is",
                    json.number("format")));
  }
  Journal journal;
  read_head(json, journal);
  journal.author = static_cast<uid_t>(json.number_or("author", kAnybody));
  journal.settings = decode_settings(member_at(json, "settings"));
  journal.patterns = decode_patterns(member_at(json, "scope"));
  read_progress(json, journal);
  return journal;
}

}  // namespace backstep
