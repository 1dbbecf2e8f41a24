// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore/restore.h"
#include "base/text.h"
#include "deploy/run/outcome.h"
#include "report/table.h"
#include "store/set_id.h"

namespace backstep {
namespace {

std::string state_of(const SetLine& line) {
  switch (line.entry->state) {
    case CatalogEntry::State::kUnverified:
      return "unverified";
    case CatalogEntry::State::kDamaged:
      return line.entry->unread ? "UNREADABLE" : "DAMAGED";
    case CatalogEntry::State::kNewer:
      return "newer format";
    case CatalogEntry::State::kComplete:
      break;
  }
  return std::string(name_of(line.standing.verdict)) + (line.current ? ", current" : "");
}

std::string base_label(const StoredSet& set) { return set.base ? set.base->ref.label() : set.manifest.base; }

std::string base_words(const StoredSet& set) {
  const std::vector<FileEntry>& files = set.manifest.files;
  const auto count =
      static_cast<size_t>(std::ranges::count_if(files, [](const FileEntry& file) { return file.in_base; }));
  if (count == 0) return {};
  return fmt::format("{}, which {} {} that stayed{}", base_label(set), set.base ? "holds" : "held",
                     counted(count, "file"), set.base ? "" : ", and is gone");
}

// Found at a glance in a column of words.
std::string marked_state(const SetLine& line) {
  if (line.entry->state != CatalogEntry::State::kComplete) return "! " + state_of(line);
  const Verdict verdict = line.standing.verdict;
  const char* mark = verdict == Verdict::kGood ? "✔ " : verdict == Verdict::kBad ? "✘ " : "· ";
  return mark + state_of(line) + (line.live && !line.current ? ", live" : "");
}

// "bad: a, b; good: c", the bad ones first.
std::string service_words(const ServiceVerdicts& services) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::kBad, Verdict::kGood}) {
    std::vector<std::string> names;
    for (const auto& [service, said] : services) {
      if (said == verdict) names.push_back(service);
    }
    if (!names.empty()) parts.push_back(fmt::format("{}: {}", name_of(verdict), listed(names)));
  }
  return joined(parts, "; ");
}

std::string octal(mode_t mode) { return fmt::format("{:04o}", mode); }

// Good counts from the first pass on; bad is what the newest failure says.
std::string verdict_words(const Standing& standing) {
  const std::string words(name_of(standing.verdict));
  if (standing.by == nullptr) return words;
  const std::string when = utc_text(standing.by->time);
  if (standing.by->by_human) return fmt::format("{}, marked by a human {}", words, when);
  return fmt::format("{}, {} {} (run {})", words, standing.by->good ? "since" : "failed", when, standing.by->run);
}

// What `list` and `show` both tell of a set.
void add_facts(Json& json, const SetRef& ref, const Manifest& manifest, const Standing& standing) {
  json.set("id", ref.label());
  json.set("kind", shelf_name(ref.shelf));
  json.set("uid", manifest.uid);
  json.set("sequence", manifest.sequence);
  json.set("verdict", name_of(standing.verdict));
  const VerdictLine* by = standing.by;
  json.set("verdict_by",
           by == nullptr ? Json()
                         : Json::Object{{"time", utc_text(by->time)}, {"run", by->run}, {"by_human", by->by_human}});
  json.set("deployed", standing.deploy == nullptr ? Json() : history_line_json(*standing.deploy));
  json.set("digest", manifest.digest);
  json.set("run", manifest.run);
  json.set("owner", manifest.owner);
  json.set("actor", manifest.actor);
  json.set("url", manifest.url);
  json.set("commit", manifest.commit);
  json.set("tag", manifest.tag);
  json.set("message", manifest.message);
}

Json line_json(const SetLine& line) {
  Json json;
  add_facts(json, line.entry->ref, line.entry->manifest, line.standing);
  json.set("state", state_of(line));
  json.set("current", line.current);
  json.set("live", line.live);
  json.set("files", line.entry->file_count);
  json.set("trouble", line.entry->trouble);
  return json;
}

std::vector<std::string> row_of(const FileEntry& file) {
  if (file.absent) {
    return {"-", "-", "-", file.unstored ? "(not stored)" : "(was not there)", file.path};
  }
  return {octal(file.mode), fmt::format("{}:{}", file.owner.uid, file.owner.gid), std::to_string(file.size),
          file.sha256.hex().substr(0, 12), file.path + (file.in_base ? " (in the base)" : "")};
}

Json file_json(const FileEntry& file) {
  if (file.absent) {
    return Json::Object{{"path", file.path}, {file.unstored ? "unstored" : "absent", true}};
  }
  return Json::Object{{"path", file.path},        {"in_base", file.in_base},
                      {"stored", file.stored},    {"size", static_cast<int64_t>(file.size)},
                      {"mode", octal(file.mode)}, {"uid", file.owner.uid},
                      {"gid", file.owner.gid},    {"sha256", file.sha256.hex()}};
}

}  // namespace

std::string_view shelf_name(Shelf shelf) {
  if (shelf == Shelf::kBackups) return "backup";
  return shelf == Shelf::kGood ? "accepted" : "failed";
}

std::string list_text(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign) {
  Table table({"ID", "STATE", "DIGEST", "DEPLOYED BY", "COMMIT", "NOTE"});
  std::string troubles;
  for (const SetLine& line : lines) {
    const Manifest& manifest = line.entry->manifest;
    const std::string note = joined(std::vector{manifest.tag, manifest.message}, " ");
    // Not who backed it up: that was the run which replaced it.
    const HistoryLine* deploy = line.standing.deploy;
    table.add({line.entry->ref.label(), marked_state(line), manifest.digest.substr(0, 8),
               deploy == nullptr ? "" : fitted(printable(who(*deploy)), 12),
               deploy == nullptr ? "" : deploy->commit.substr(0, 8), std::string(trimmed(note))});
    if (line.entry->trouble.empty()) continue;
    troubles += fmt::format("⚠️ Warning: {}: {}\n", line.entry->ref.label(), printable(line.entry->trouble));
  }
  std::string text = (table.empty() ? "no backups yet\n" : table.text(100, 16)) + troubles;
  for (const std::string& name : foreign) {
    text += fmt::format("⚠️ Warning: {} is none of ours and is left alone\n", in_quotes(name));
  }
  return text;
}

Json list_json(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign) {
  return json_answer("list", {{"sets", json_array(lines, line_json)}, {"foreign", json_texts(foreign)}});
}

std::string set_text(const StoredSet& set, const Standing& standing, const ServiceVerdicts& services) {
  const Manifest& manifest = set.manifest;
  FieldLines lines(9, 2);
  if (set.unverified) {
    lines.field("state:", "unverified: it has no manifest, as the original wrote it");
  } else {
    lines.field("taken:", utc_text(manifest.time));
    lines.field("verdict:", verdict_words(standing));
    if (standing.deploy != nullptr) lines.field("deploy:", deploy_words(*standing.deploy));
    lines.field("judged:", service_words(services));
    lines.field("digest:", manifest.digest);
  }
  lines.field("run:", manifest.run);
  lines.field("by:", manifest.actor.empty() ? manifest.owner : manifest.actor);
  lines.field("url:", manifest.url);
  lines.field("commit:", manifest.commit);
  lines.field("tag:", manifest.tag);
  lines.field("message:", manifest.message);
  lines.field("base:", base_words(set));
  if (set.directory.status(kCheckOutputFile)) {
    lines.field("output:", set.directory.shown(kCheckOutputFile));
  }
  Table table({"MODE", "OWNER", "SIZE", "SHA-256", "PATH"});
  for (const FileEntry& file : manifest.files) table.add(row_of(file));
  const std::string kind = set.ref.shelf == Shelf::kFailed ? "" : std::string(shelf_name(set.ref.shelf)) + " ";
  return fmt::format("{}{}\n{}{}", kind, set.ref.label(), lines.take(), table.text());
}

Json set_json(const StoredSet& set, const Standing& standing, const ServiceVerdicts& services) {
  Json::Object judged;
  for (const auto& [service, said] : services) judged.emplace_back(service, name_of(said));
  Json json = json_answer("set");
  add_facts(json, set.ref, set.manifest, standing);
  json.set("unverified", set.unverified);
  json.set("time", set.unverified ? Json() : Json(utc_text(set.manifest.time)));
  json.set("services", std::move(judged));
  json.set("base", base_label(set));
  json.set("files", json_array(set.manifest.files, file_json));
  return json;
}

std::string verify_text(const std::vector<VerifiedSet>& sets) {
  std::string text;
  for (const VerifiedSet& set : sets) {
    if (set.problems.empty()) {
      text += set.unverified ? fmt::format("⚠️ {}: unverified, it has no manifest\n", set.label)
                             : fmt::format("✅ {}: {} as stored\n", set.label, counted(set.files, "file"));
    }
    for (const std::string& problem : set.problems) {
      text += fmt::format("❌ {}: {}\n", set.label, problem);
    }
  }
  return text.empty() ? "no backups yet\n" : text;
}

Json verify_json(const std::vector<VerifiedSet>& sets) {
  const auto json_of = [](const VerifiedSet& set) {
    return Json::Object{{"id", set.label},
                        {"unverified", set.unverified},
                        {"files", set.files},
                        {"problems", json_texts(set.problems)}};
  };
  return json_answer("verify", {{"sets", json_array(sets, json_of)}});
}

}  // namespace backstep
