// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "deploy/manual_rollback.h"
#include "report/diff/diff_report.h"

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

Json json_of(const RollbackPreview& preview) {
  const auto step_json = [](const RestoreStep& step) {
    return Json::Object{{"do", name_of(step.kind)}, {"path", step.target.path}};
  };
  return json_answer("rollback", {{"dry_run", true},
                                  {"idle", preview.idle},
                                  {"target", preview.target.label()},
                                  {"reason", preview.reason},
                                  {"caution", preview.caution},
                                  {"steps", json_array(preview.plan.steps, step_json)},
                                  {"kept", json_texts(preview.plan.kept_added)},
                                  {"left", left_files_json(preview.plan.left)},
                                  {"missing_services", json_texts(preview.plan.missing_services)}});
}

std::string text_of(const RollbackPreview& preview) {
  if (!preview.idle.empty()) return "Would do nothing: " + preview.idle + "\n";
  std::string text =
      fmt::format("Would roll back to {}: {}\n", preview.target.label(), preview.reason);
  if (!preview.caution.empty()) text += fmt::format("⚠️ Warning: {}\n", preview.caution);
  const auto add = [&](std::string_view what, const std::string& path, const std::string& note) {
    text += fmt::format("  {:<8} {}{}\n", what, printable(path), note);
  };
  for (const RestoreStep& step : preview.plan.steps) add(name_of(step.kind), step.target.path, "");
  for (const std::string& path : preview.plan.kept_added) {
    add("keep", path, fmt::format(" (added since; {})", why_kept(preview)));
  }
  for (const LeftFile& file : preview.plan.left) {
    add("leave", file.path, fmt::format(" ({})", words_of(file.why)));
  }
  for (const std::string& service : preview.plan.missing_services) {
    text += fmt::format("⚠️ Warning: Service {} does not exist. Skipping.\n", service);
  }
  return preview.plan.empty() ? text + "  nothing: the files are as in it already\n" : text;
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
  const RollbackPreview preview = preview_rollback(session.context(), *store, options);
  session.answer(json_of(preview), text_of(preview));
  return 0;
}

}  // namespace backstep
