// SPDX-License-Identifier: Apache-2.0

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "store/records/history.h"
#include "system/files/ci_file.h"

namespace backstep {
namespace {

void append(const Context& context, const BegunNote& note, const std::string& run,
            const std::string& more_lines) {
  const std::string path = context.environment.get(note.file);
  if (path.empty()) return;
  try {
    append_to_ci_file(path, fmt::format("{}={}\n{}", note.name, run, more_lines));
  } catch (const Error& error) {
    context.listener.warning(fmt::format("{} was not written: {}", note.file, error.message()));
  }
}

// A line ends where a name holds a newline; that `finish` is called where it began.
std::string lines_where_it_began(const Journal& journal) {
  const std::string& file = journal.settings.config_file;
  const std::string& tree = journal.tree.path;
  if (tree.empty() || printable(tree + file) != tree + file) return "";
  std::string lines = "BACKSTEP_BEGUN_IN=" + tree + "\n";
  if (file == Config().config_file) return lines;
  return lines + "BACKSTEP_BEGUN_SETTINGS=" + (file.starts_with('/') ? file : tree + "/" + file) +
         "\n";
}

bool has_ended(const std::vector<HistoryLine>& history, const std::string& run) {
  return std::ranges::any_of(history, [&](const HistoryLine& line) {
    return line.run == run && line.event != HistoryLine::Event::kBegun;
  });
}

}  // namespace

void note_begin(const OpenRun& run) {
  append_history(run.store, history_line(run, HistoryLine::Event::kBegun, 0));
  append(run.context, kForLaterSteps, run.journal.run, lines_where_it_began(run.journal));
  append(run.context, kForPostStage, run.journal.run, "");
}

std::string noted_begin(const Environment& environment) {
  for (const BegunNote& note : {kForLaterSteps, kForPostStage}) {
    if (environment.has(note.read_as)) return environment.get(note.read_as);
  }
  return "";
}

std::optional<std::string> lost_begin(const Context& context, const Store* store) {
  const auto history = store == nullptr ? std::vector<HistoryLine>() : load_history(*store);
  for (const BegunNote& note : {kForLaterSteps, kForPostStage}) {
    const std::string run = context.environment.get(note.read_as);
    if (!run.empty() && !has_ended(history, run)) return run;
  }
  const auto begun = unfinished_begin(history, context.owner);
  return begun ? std::optional(begun->run) : std::nullopt;
}

}  // namespace backstep
