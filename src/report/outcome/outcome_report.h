// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/config.h"
#include "config/workspace.h"
#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// The last words of a run, for a person at 3 a.m.: the first line is the answer, how it ended and what is live now;
// then what failed, with the tail of its output, and what was restored; the last line is what to type next.
std::string outcome_text(const Outcome& outcome);

// All that the text says, and more.
Json outcome_json(const Outcome& outcome, const RunRecord& record);
Json service_checks_json(const std::vector<ServiceHealth>& checks);

// The words that every face of a run shares, so that they say the same.
std::string headline_of(const Outcome& outcome);  // "❌ Failed and rolled back to 2024-03-10_14-23-00"

// What there is to say of a run beside that, a name and a text each: what failed, what was restored
// and where the failed files are, which command has still to run. May hold any bytes.
struct OutcomeFact {
  std::string_view name;  // "failed"
  std::string text;
  std::string_view output = {};  // the last that it printed
};
// Points into the outcome.
std::vector<OutcomeFact> outcome_facts(const Outcome& outcome);

// "2024-03-10T14:23:07Z, 41s after the deploy began; healthy again 12s later"; "" when nothing failed.
std::string when_words(const Outcome& outcome);
// "the failed version was live for 41s"; "" where it was not, or where nobody knows for how long.
std::string bad_live_words(const Outcome& outcome);

// One value that a later step of the pipeline may want. This table drives GitHub's outputs, the
// dotenv report and 'help outputs'; docs/outputs.md and action.yml are compared with it.
struct ReportValue {
  std::string_view name;  // "restored_from"; in the dotenv report BACKSTEP_RESTORED_FROM
  std::string_view help;  // one line, without a full stop
  // One line of printable UTF-8; lists are joined by commas, and a comma or blank in a name is escaped.
  std::string (*value)(const Outcome& outcome);
};

std::span<const ReportValue> report_values();

// GitLab's dotenv report: BACKSTEP_RESULT=… and so on, variables for later jobs. GitLab refuses the
// whole file above 5 KB, and reads neither quotes nor escapes, so a value is one word of plain
// characters and a list that is too long ends with `and-N-more`.
std::string dotenv_report(const Outcome& outcome);

// The files of an earlier version lie there.
bool old_files_are_back(const Outcome& outcome);

// The files that `report` names, beneath the workspace. One that cannot be written never changes how the run ends: it
// is a warning. A `finish` that finds nothing open leaves what the run before it reported.
void write_report_files(const Workspace& workspace, const Config& config, const Outcome& outcome, Recorder& recorder);

// A JUnit report: a test case a phase, and a last one that says whether the new version is live,
// which fails whenever the exit code is not 0. Well-formed XML 1.0 whatever the commands printed.
std::string junit_report(const Outcome& outcome, const RunRecord& record);

}  // namespace backstep
