// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/begin_note.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "store/records/history.h"
#include "system/files/ci_file.h"

namespace backstep {
namespace {

void append(const Context& context, const char* variable, const std::string& line) {
  const std::string path = context.environment.get(variable);
  if (path.empty()) return;
  try {
    append_to_ci_file(path, line);
  } catch (const Error& error) {
    context.listener.warning(fmt::format("{} was not written: {}", variable, error.message()));
  }
}

// A line of GITHUB_ENV ends where a name holds a newline; that `finish` is called where it began.
std::string lines_for_later_steps(const Journal& journal) {
  std::string lines = "BACKSTEP_BEGUN=" + journal.run + "\n";
  const std::string& file = journal.settings.config_file;
  const std::string& tree = journal.tree.path;
  if (tree.empty() || printable(tree + file) != tree + file) return lines;
  lines += "BACKSTEP_BEGUN_IN=" + tree + "\n";
  if (file == Config().config_file) return lines;
  return lines + "BACKSTEP_BEGUN_SETTINGS=" + (file.starts_with('/') ? file : tree + "/" + file) +
         "\n";
}

bool has_ended(const std::vector<HistoryLine>& history, const std::string& run) {
  return std::any_of(history.begin(), history.end(), [&](const HistoryLine& line) {
    return line.run == run && line.event != HistoryLine::Event::kBegun;
  });
}

}  // namespace

void note_begin(const OpenRun& run) {
  append_history(run.store, history_line(run, HistoryLine::Event::kBegun, 0));
  append(run.context, "GITHUB_ENV", lines_for_later_steps(run.journal));
  append(run.context, "GITHUB_STATE", "begun=" + run.journal.run + "\n");
}

std::string noted_begin(const Environment& environment) {
  for (const char* variable : {"BACKSTEP_BEGUN", "STATE_begun"}) {
    if (environment.has(variable)) return environment.get(variable);
  }
  return "";
}

std::optional<std::string> lost_begin(const Context& context, const Store* store) {
  const auto history = store == nullptr ? std::vector<HistoryLine>() : load_history(*store);
  for (const char* variable : {"BACKSTEP_BEGUN", "STATE_begun"}) {
    const std::string run = context.environment.get(variable);
    if (!run.empty() && !has_ended(history, run)) return run;
  }
  const auto begun = unfinished_begin(history, context.owner);
  return begun ? std::optional(begun->run) : std::nullopt;
}

}  // namespace backstep
