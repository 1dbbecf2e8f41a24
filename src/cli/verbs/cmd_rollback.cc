// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/named_set.h"
#include "cli/session.h"
#include "deploy/manual_rollback.h"

namespace backstep {
namespace {

RollbackOptions options_of(const ParsedFlags& flags) {
  RollbackOptions options{.to = flags.option("to"),
                          .services = {},
                          .recreate = flags.has("recreate"),
                          .exact = flags.has("exact"),
                          .files_only = flags.has("files-only"),
                          .if_live = flags.option("if-live")};
  const auto [first, last] = flags.options.equal_range("service");
  for (auto service = first; service != last; ++service) {
    options.services.push_back(service->second);
  }
  return options;
}

std::string_view name_of(RestoreStep::Kind kind) {
  if (kind == RestoreStep::Kind::kCreate) return "create";
  return kind == RestoreStep::Kind::kReplace ? "replace" : "remove";
}

Json json_of(const std::vector<LeftFile>& left) {
  Json::Array files;
  for (const LeftFile& file : left) {
    files.emplace_back(Json::Object{{"path", file.path}, {"why", words_of(file.why)}});
  }
  return files;
}

void print_preview(Session& session, const RollbackPreview& preview) {
  if (!preview.idle.empty() && !session.json()) {
    return session.print("Would do nothing: " + preview.idle + "\n");
  }
  if (session.json()) {
    Json::Array steps;
    for (const RestoreStep& step : preview.plan.steps) {
      steps.emplace_back(Json::Object{{"do", name_of(step.kind)}, {"path", step.target.path}});
    }
    Json json = json_answer("rollback");
    json.set("dry_run", true);
    json.set("idle", preview.idle);
    json.set("target", preview.target.label());
    json.set("reason", preview.reason);
    json.set("caution", preview.caution);
    json.set("steps", std::move(steps));
    json.set("kept", json_texts(preview.plan.kept_added));
    json.set("left", json_of(preview.plan.left));
    json.set("missing_services", json_texts(preview.plan.missing_services));
    return session.print(json);
  }
  std::string text =
      fmt::format("Would roll back to {}: {}\n", preview.target.label(), preview.reason);
  if (!preview.caution.empty()) text += fmt::format("⚠️ Warning: {}\n", preview.caution);
  for (const RestoreStep& step : preview.plan.steps) {
    text += fmt::format("  {:<8} {}\n", name_of(step.kind), printable(step.target.path));
  }
  for (const std::string& path : preview.plan.kept_added) {
    text +=
        fmt::format("  {:<8} {} (added since; {})\n", "keep", printable(path), why_kept(preview));
  }
  for (const LeftFile& file : preview.plan.left) {
    text += fmt::format("  {:<8} {} ({})\n", "leave", printable(file.path), words_of(file.why));
  }
  for (const std::string& service : preview.plan.missing_services) {
    text += fmt::format("⚠️ Warning: Service {} does not exist. Skipping.\n", service);
  }
  if (preview.plan.empty()) text += "  nothing: the files are as in it already\n";
  session.print(text);
}

}  // namespace

int cmd_rollback(const Invocation& invocation) {
  Session session(invocation);
  const RollbackOptions options = options_of(invocation.flags);
  refuse_set_of_another(session, options.to);
  const bool dry_run = invocation.flags.has("dry-run");
  const std::optional<Store> store = session.find_store();
  if (!store && (dry_run || options.to.empty())) {
    throw Error(ExitCode::kNothingToRollBackTo, "No backups found. Cannot perform rollback.");
  }
  if (!dry_run) return session.conclude(roll_back(session.context(), options));
  print_preview(session, preview_rollback(session.context(), *store, options));
  return 0;
}

}  // namespace backstep
