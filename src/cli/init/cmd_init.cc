// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <cerrno>

#include "base/error.h"
#include "base/text.h"
#include "cli/init/starter_file.h"
#include "cli/texts.h"
#include "cli/verbs.h"
#include "config/file/load.h"
#include "system/files/lock.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr mode_t kStarterMode = 0644;
constexpr const char* kIgnoreLine = "backups/";

[[noreturn]] void refuse_second(const std::string& name) {
  refuse_usage(in_quotes(name) +
               " is here already, and nothing was changed; 'backstep init --print' shows what a new one would say");
}

// Whole or not at all, and never over or through anything of that name.
void write_starter(const Directory& directory, const std::string& name, const std::string& text) {
  try {
    if (name.find('/') != std::string::npos) {
      refuse_usage("the settings are to be read from " + in_quotes(name) +
                   ", and init writes into this directory alone; 'backstep init --print' shows what to write there");
    }
    if (directory.status(name)) refuse_second(name);
    if (name == Config().config_file && directory.status("backstep.yaml")) refuse_second("backstep.yaml");
    const UniqueFd turn = lock_directory(directory);
    write_file_durably(directory, name, text, directory.own_status().owner(), kStarterMode, IfExists::kFail);
  } catch (const SystemError& error) {
    if (error.error_number() == EEXIST) refuse_second(name);
    throw error.within("nothing was written", ExitCode::kBackupFailed);
  }
}

std::vector<std::string> warnings_of(const TreeSurvey& survey, const std::string& name) {
  std::vector<std::string> warnings;
  if (name != Config().config_file) {
    warnings.push_back(printable(name) + " is read only where the setting config names it");
  }
  if (!survey.compose.unread.empty()) {
    warnings.push_back("nothing was taken from Compose's file: " + survey.compose.unread);
  }
  if (!survey.has_services() && survey.scripts.empty()) {
    warnings.push_back("no services were found: name their directory in " + printable(name) + " (services_dir)");
  }
  warnings.insert(warnings.end(), survey.warnings.begin(), survey.warnings.end());
  return warnings;
}

// How the pipeline at hand calls us, by what lies in the checkout.
struct PipelineSnippet {
  std::string_view platform = {};  // where none is certain: `docker run`, as anywhere
  std::string why;                 // the heading over it
  std::string text;                // to be pasted; each of its lines is in the examples, which a test compares
};

PipelineSnippet pipeline_snippet(const Directory& checkout) {
  const bool github = is_there(checkout, ".github", FileType::kDirectory);
  const bool gitlab = is_there(checkout, ".gitlab-ci.yml", FileType::kRegular);
  if (github == gitlab) {
    const char* why =
        github ? "both .github/ and .gitlab-ci.yml are here" : "neither .github/ nor .gitlab-ci.yml is here";
    return {"", fmt::format("How any pipeline calls it ({})", why), kAnySnippet};
  }
  if (github) return {"github", "How a workflow of GitHub calls it (.github/ is here)", kGithubSnippet};
  return {"gitlab", "How a pipeline of GitLab calls it (.gitlab-ci.yml is here)", kGitlabSnippet};
}

std::string taken_text(const TreeSurvey& survey) {
  std::string text;
  if (survey.has_services()) {
    text =
        fmt::format("   {} in {}/ with entrypoint.sh", counted(survey.services.size(), "service"), survey.services_dir);
    if (!survey.yet_to_come.empty()) text += fmt::format(", {} without so far", survey.yet_to_come.size());
    text += "\n";
  }
  if (!survey.files().empty()) text += fmt::format("   files: {}\n", listed(survey.files()));
  if (survey.compose.others.empty()) return text;
  return text + fmt::format("   not taken: {}\n", listed(survey.compose.others));
}

std::string told_of(const TreeSurvey& survey, const PipelineSnippet& snippet, const std::string& name,
                    const std::vector<std::string>& warnings) {
  std::string told = fmt::format("✅ Wrote {}: look it over\n{}", printable(name), taken_text(survey));
  for (const std::string& warning : warnings) told += "⚠️ Warning: " + warning + "\n";
  told +=
      "\nIn .gitignore, so that no backup is committed, and in .dockerignore, so that none gets into an image:\n\n  ";
  told += std::string(kIgnoreLine) + "\n";
  const std::string indented = replaced(std::string(trimmed(snippet.text)), "\n", "\n  ");
  told += fmt::format("\n{}:\n\n  {}\n", snippet.why, indented);
  return told + "\nThen see what counts: backstep config\n";
}

}  // namespace

int cmd_init(const Invocation& invocation) {
  const std::string named = named_config_file(invocation.environment);
  // It writes where the user stands, whatever lies further up.
  const Workspace workspace = find_settings(invocation.current_directory, invocation.environment,
                                            "./" + Config().config_file, {Config().config_file})
                                  .workspace;
  const TreeSurvey survey = survey_tree(workspace);
  const std::string text = starter_file(survey);
  const bool only_print = invocation.flags.has("print");
  const std::string name = named.empty() ? Config().config_file : named;
  if (!only_print) write_starter(workspace.directory, name, text);
  const std::vector<std::string> warnings = warnings_of(survey, name);
  const PipelineSnippet snippet = pipeline_snippet(Directory::open_root(workspace.root, ""));
  const Json json = json_answer("init", {{"services", json_texts(survey.services)},
                                         {"files", json_texts(survey.files())},
                                         {"ignore", kIgnoreLine},
                                         {"platform", snippet.platform},
                                         {"snippet", snippet.text},
                                         {"written", only_print ? Json() : Json(name)},
                                         {"text", text},
                                         {"warnings", json_texts(warnings)}});
  print_answer(invocation, json, only_print ? text : told_of(survey, snippet, name, warnings));
  return 0;
}

}  // namespace backstep
