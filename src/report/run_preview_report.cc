// SPDX-License-Identifier: Apache-2.0
#include "report/run_preview_report.h"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "base/text.h"

namespace backstep {
namespace {

using Named = std::pair<const char*, std::string>;

std::vector<Named> commands_of(const Journal& journal) {
  std::vector<Named> commands;
  const auto add = [&](const char* name, const Command& command) {
    if (!command.empty()) commands.emplace_back(name, command.as_text());
  };
  add("generate", journal.settings.generate);
  add("deploy", journal.settings.deploy);
  if (!journal.settings.health.empty()) add("health check", journal.settings.health.shown());
  if (journal.settings.rollback.enabled) add("rollback", journal.settings.rollback_command());
  return commands;
}

std::vector<std::string> tracked(const RunPreview& preview) {
  std::vector<std::string> paths;
  for (const FileEntry& file : preview.live.files) {
    if (!file.absent) paths.push_back(file.path);
  }
  return paths;
}

std::string target_words(const RunPreview& preview) {
  if (!preview.target) return preview.no_way_back;
  const std::string reason = preview.target->reason;
  if (preview.goes_to_what_lies_here()) return "what lies here now: " + reason;
  return preview.target->ref.label() + ": " + reason;
}

}  // namespace

std::string run_preview_text(const RunPreview& preview) {
  const std::vector<std::string> paths = tracked(preview);
  std::string text = fmt::format("Would track {}:\n", counted(paths.size(), "file"));
  for (const std::string& path : paths) text += "  " + printable(path) + "\n";
  text += "Would run, in this order:\n";
  for (const auto& [name, command] : commands_of(preview.journal)) {
    text += fmt::format("  {:<14}{}\n", name, printable(command));
  }
  return text + fmt::format("If it fails once the deploy has begun, it goes back to:\n  {}\n",
                            target_words(preview));
}

Json run_preview_json(const RunPreview& preview) {
  Json json = json_answer("run");
  json.set("dry_run", true);
  json.set("digest", preview.live.digest);
  json.set("files", json_texts(tracked(preview)));
  Json commands = Json::Object{};
  for (const auto& [name, command] : commands_of(preview.journal)) {
    commands.set(replaced(name, " ", "_"), command);
  }
  json.set("commands", std::move(commands));
  json.set("goes_back_to", preview.goes_to_what_lies_here() ? "what lies here"
                           : preview.target                 ? preview.target->ref.label()
                                                            : "");
  json.set("reason", preview.target ? preview.target->reason : preview.no_way_back);
  return json;
}

}  // namespace backstep
