// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "report/outcome/report_model.h"
#include "report/templates.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

using Result = Outcome::Result;

std::string list_value(const std::vector<std::string>& names) {
  std::vector<std::string> escaped;
  for (const std::string& name : names) {
    escaped.push_back(replaced(replaced(printable(name), ",", "\\x2c"), " ", "\\x20"));
  }
  return joined(escaped, ",");
}

constexpr std::array kValues = {
    ReportValue{"result", "how it ended, in one word: accepted, rolled_back, files_restored ...",
                [](const Outcome& outcome) { return std::string(name_of(outcome.result)); }},
    ReportValue{"exit_code", "the exit code, of which GitHub itself shows only zero or not",
                [](const Outcome& outcome) { return std::to_string(outcome.exit_status); }},
    ReportValue{"backup", "ID of the backup that was made", [](const Outcome& outcome) { return outcome.backup; }},
    ReportValue{"restored_from", "ID of the set whose files were put back",
                [](const Outcome& outcome) { return outcome.restored_from; }},
    ReportValue{"rolled_back", "true when the files of an earlier version are back",
                [](const Outcome& outcome) { return std::string(old_files_are_back(outcome) ? "true" : "false"); }},
    ReportValue{"changed_services", "services and files that changed, joined by commas",
                [](const Outcome& outcome) { return list_value(outcome.changed); }},
    ReportValue{"failed_services", "those of them that failed and are not live",
                [](const Outcome& outcome) { return list_value(failed_services(outcome)); }},
    ReportValue{"attempts", "attempts of the health check after the deploy",
                [](const Outcome& outcome) { return std::to_string(outcome.attempts); }},
};

constexpr size_t kLongestValue = 1500;  // two lists and six short values stay below 5 KB

std::string in_plain_characters(std::string value) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./,:@+";
  for (char& c : value) c = kPlain.find(c) == std::string_view::npos ? '_' : c;
  return value;
}

// HTML's own entities, and no others.
std::string html_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    constexpr std::string_view kSpecial = "&<>\"'";
    result += kSpecial.find(c) == std::string_view::npos ? std::string(1, c) : fmt::format("&#{};", int{c});
  }
  return result;
}

std::string page(const Outcome& outcome, const RunRecord& record) {
  return rendered(kPageTemplate, report_model(outcome, record), html_text);
}

std::string answer(const Outcome& outcome, const RunRecord& record) {
  return outcome_json(outcome, record).pretty() + "\n";
}

struct ReportKind {
  std::string_view ending;
  std::string (*make)(const Outcome& outcome, const RunRecord& record);
  std::string_view mark;  // all of this kind begin with the same bytes, up to here
};

constexpr std::array kKinds = {
    ReportKind{".html", page, "\"backstep\""}, ReportKind{".json", answer, "\"backstep\""},
    ReportKind{".xml", junit_report, "\"backstep\""},
    ReportKind{".env", [](const Outcome& outcome, const RunRecord&) { return dotenv_report(outcome); },
               "BACKSTEP_RESULT"}};

// Where a pattern names a file, the settings cannot tell whose it is.
void refuse_foreign_file(const Directory& directory, const std::string& path, const std::string& bytes,
                         std::string_view mark) {
  constexpr size_t kLargestReport = 16 << 20;
  const std::optional<FileStatus> status = directory.status(path);
  if (!status || status->type != FileType::kRegular || status->size == 0) return;
  const std::optional<std::string> old = directory.read_small_file(path, kLargestReport);
  if (!old || old->starts_with(bytes.substr(0, bytes.find(mark) + mark.size()))) return;
  throw Error(ExitCode::kInternal, in_quotes(path) + " is no report of backstep, and stays");
}

void write_beneath(const Workspace& workspace, const std::string& path, const std::string& bytes) {
  const PathParts parts = parts_of(path);
  const Owner owner = workspace.directory.own_status().owner();
  // Others read it: the runner that uploads it, and the checkout's owner.
  constexpr mode_t kReadable = 0644;
  const Directory parent =
      parts.parent.empty() ? workspace.directory.duplicate() : workspace.directory.open_directory(parts.parent);
  write_file_durably(parent, std::string(parts.name), bytes, owner, kReadable);
}

}  // namespace

bool old_files_are_back(const Outcome& outcome) {
  return outcome.result == Result::kRolledBack || outcome.result == Result::kRollbackOwed ||
         ((outcome.result == Result::kFilesRestored || outcome.result == Result::kRollbackFailed) &&
          !outcome.restored.empty());
}

std::span<const ReportValue> report_values() { return kValues; }

std::string dotenv_report(const Outcome& outcome) {
  std::string text;
  for (const ReportValue& row : report_values()) {
    text += fmt::format("BACKSTEP_{}={}\n", upper_case(row.name),
                        in_plain_characters(shortened(row.value(outcome), ',', kLongestValue)));
  }
  return text;
}

void write_report_files(const Workspace& workspace, const Config& config, const Outcome& outcome, Recorder& recorder) {
  for (const std::string& report : config.reports) {
    try_to(recorder, "the report " + in_quotes(report) + " was not written", [&] {
      const auto* kind =
          std::ranges::find_if(kKinds, [&](const ReportKind& each) { return report.ends_with(each.ending); });
      const std::string path = workspace.resolve(report);
      const bool idle = outcome.result == Outcome::Result::kNothingToDo;
      if (idle && workspace.directory.status(path)) return;
      const std::string bytes = kind->make(outcome, recorder.record());
      refuse_foreign_file(workspace.directory, path, bytes, kind->mark);
      write_beneath(workspace, path, bytes);
    });
  }
}

}  // namespace backstep
