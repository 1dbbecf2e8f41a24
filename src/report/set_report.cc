// SPDX-License-Identifier: Apache-2.0
#include "report/set_report.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "report/outcome_json.h"
#include "report/table.h"
#include "store/time_text.h"

namespace backstep {
namespace {

std::string_view shelf_name(Shelf shelf) {
  if (shelf == Shelf::kBackups) return "backup";
  return shelf == Shelf::kGood ? "accepted" : "evidence";
}

std::string state_of(const SetLine& line) {
  switch (line.entry->state) {
    case CatalogEntry::State::kUnverified:
      return "unverified";
    case CatalogEntry::State::kDamaged:
      return "DAMAGED";
    case CatalogEntry::State::kNewer:
      return "newer format";
    case CatalogEntry::State::kComplete:
      break;
  }
  return std::string(name_of(line.verdict)) + (line.current ? ", current" : "");
}

std::string short_text(const std::string& text, size_t length) {
  return text.substr(0, length);
}

std::string octal(mode_t mode) {
  return fmt::format("{:04o}", mode);
}

}  // namespace

std::string list_text(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign) {
  Table table({"ID", "KIND", "FILES", "STATE", "DIGEST", "BY", "COMMIT", "NOTE"});
  for (const SetLine& line : lines) {
    const Manifest& manifest = line.entry->manifest;
    const std::string note = line.entry->trouble.empty()
                                 ? joined(std::vector{manifest.tag, manifest.message}, " ")
                                 : line.entry->trouble;
    table.add({line.entry->ref.label(), std::string(shelf_name(line.entry->ref.shelf)),
               std::to_string(line.entry->file_count), state_of(line),
               short_text(manifest.digest, 12),
               manifest.actor.empty() ? manifest.owner : manifest.actor,
               short_text(manifest.commit, 12), std::string(trimmed(note))});
  }
  std::string text = table.empty() ? "no backups yet\n" : table.text();
  for (const std::string& name : foreign) {
    text += fmt::format("⚠️ Warning: {} is none of ours and is left alone\n", in_quotes(name));
  }
  return text;
}

Json list_json(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign) {
  Json::Array sets;
  for (const SetLine& line : lines) {
    const Manifest& manifest = line.entry->manifest;
    sets.emplace_back(Json::Object{{"id", line.entry->ref.label()},
                                   {"kind", shelf_name(line.entry->ref.shelf)},
                                   {"state", state_of(line)},
                                   {"verdict", name_of(line.verdict)},
                                   {"current", line.current},
                                   {"files", line.entry->file_count},
                                   {"digest", manifest.digest},
                                   {"run", manifest.run},
                                   {"owner", manifest.owner},
                                   {"actor", manifest.actor},
                                   {"url", manifest.url},
                                   {"commit", manifest.commit},
                                   {"tag", manifest.tag},
                                   {"message", manifest.message},
                                   {"trouble", line.entry->trouble}});
  }
  Json json = json_answer("list");
  json.set("sets", std::move(sets));
  json.set("foreign", json_texts(foreign));
  return json;
}

std::string set_text(const StoredSet& set, Verdict verdict) {
  const Manifest& manifest = set.manifest;
  std::string text = fmt::format("{} {}\n", shelf_name(set.ref.shelf), set.ref.label());
  const auto field = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += fmt::format("  {:<9}{}\n", name, printable(value));
  };
  if (set.unverified) {
    field("state:", "unverified: it has no manifest, as the original wrote it");
  } else {
    field("taken:", utc_text(manifest.time));
    field("verdict:", std::string(name_of(verdict)));
    field("digest:", manifest.digest);
  }
  field("run:", manifest.run);
  field("by:", manifest.actor.empty() ? manifest.owner : manifest.actor);
  field("url:", manifest.url);
  field("commit:", manifest.commit);
  field("tag:", manifest.tag);
  field("message:", manifest.message);
  Table table({"MODE", "OWNER", "SIZE", "SHA-256", "PATH"});
  for (const FileEntry& file : manifest.files) {
    if (file.absent) {
      table.add({"-", "-", "-", "(was not there)", file.path});
    } else {
      table.add({octal(file.mode), fmt::format("{}:{}", file.owner.uid, file.owner.gid),
                 std::to_string(file.size), short_text(file.sha256, 12), file.path});
    }
  }
  return text + table.text();
}

Json set_json(const StoredSet& set, Verdict verdict) {
  const Manifest& manifest = set.manifest;
  Json::Array files;
  for (const FileEntry& file : manifest.files) {
    if (file.absent) {
      files.emplace_back(Json::Object{{"path", file.path}, {"absent", true}});
      continue;
    }
    files.emplace_back(Json::Object{{"path", file.path},
                                    {"stored", file.stored},
                                    {"size", static_cast<int64_t>(file.size)},
                                    {"mode", octal(file.mode)},
                                    {"uid", file.owner.uid},
                                    {"gid", file.owner.gid},
                                    {"sha256", file.sha256}});
  }
  Json json = json_answer("set");
  json.set("id", set.ref.label());
  json.set("kind", shelf_name(set.ref.shelf));
  json.set("unverified", set.unverified);
  json.set("time", set.unverified ? Json() : Json(utc_text(manifest.time)));
  json.set("verdict", name_of(verdict));
  json.set("digest", manifest.digest);
  json.set("run", manifest.run);
  json.set("owner", manifest.owner);
  json.set("actor", manifest.actor);
  json.set("url", manifest.url);
  json.set("commit", manifest.commit);
  json.set("tag", manifest.tag);
  json.set("message", manifest.message);
  json.set("files", std::move(files));
  return json;
}

std::string verify_text(const std::vector<VerifiedSet>& sets) {
  std::string text;
  for (const VerifiedSet& set : sets) {
    if (set.problems.empty()) {
      text += set.unverified
                  ? fmt::format("⚠️ {}: unverified, it has no manifest\n", set.label)
                  : fmt::format("✅ {}: {} as stored\n", set.label, counted(set.files, "file"));
    }
    for (const std::string& problem : set.problems) {
      text += fmt::format("❌ {}: {}\n", set.label, problem);
    }
  }
  return text.empty() ? "no backups yet\n" : text;
}

Json verify_json(const std::vector<VerifiedSet>& sets) {
  Json::Array array;
  for (const VerifiedSet& set : sets) {
    array.emplace_back(Json::Object{{"id", set.label},
                                    {"unverified", set.unverified},
                                    {"files", set.files},
                                    {"problems", json_texts(set.problems)}});
  }
  Json json = json_answer("verify");
  json.set("sets", std::move(array));
  return json;
}

std::string prune_text(const std::vector<RetentionDecision>& decisions, bool dry_run) {
  Table table({"ID", "ACTION", "REASON"});
  for (const RetentionDecision& decision : decisions) {
    const char* action = decision.keep ? "keep" : (dry_run ? "would remove" : "removed");
    table.add({decision.ref.label(), action, decision.reason});
  }
  return table.empty() ? "no backups yet\n" : table.text();
}

Json prune_json(const std::vector<RetentionDecision>& decisions, bool dry_run) {
  Json::Array array;
  for (const RetentionDecision& decision : decisions) {
    array.emplace_back(Json::Object{
        {"id", decision.ref.label()}, {"keep", decision.keep}, {"reason", decision.reason}});
  }
  Json json = json_answer("prune");
  json.set("dry_run", dry_run);
  json.set("sets", std::move(array));
  return json;
}

}  // namespace backstep
