// SPDX-License-Identifier: Apache-2.0
#include "cli/call.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "base/text.h"
#include "cli/verbs.h"
#include "config/pipeline.h"
#include "config/setting_types.h"
#include "config/settings.h"
#include "system/output.h"
#include "system/process/process.h"

namespace backstep {
namespace {

constexpr std::string_view kPostProgram = "backstep-post";
// What a step of a pipeline is for, as action.yml has it too. An overview with exit code 0 would
// pass there for a deploy that went well.
constexpr std::string_view kCommandOfPipelines = "run";

constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;

std::string program_of(const std::string& word) {
  return word.substr(word.rfind('/') + 1);
}

bool is_on(const VerbOption& option, const std::string& text) {
  try {
    return SwitchValue::read({.text = text, .list = {}, .is_list = false});
  } catch (const Error& error) {
    throw error.within(std::string(option.name), ExitCode::kUsage);
  }
}

void add_flag(std::vector<std::string>& words, const VerbOption& option, const std::string& text) {
  const std::string flag = "--" + std::string(option.name);
  if (option.value_name.empty()) {
    if (is_on(option, text)) words.push_back(flag);
  } else if (option.repeatable) {
    for (const std::string& item : listed_items(text))
      words.push_back(fmt::format("{}={}", flag, item));
  } else {
    words.push_back(flag + "=" + text);
  }
}

std::vector<std::string> words_of_environment(const Environment& environment) {
  std::vector<std::string> words;
  std::string command = input_of(environment, "command");
  if (command.empty() && in_pipeline(environment)) {
    command = kCommandOfPipelines;
  }
  if (command.empty()) return words;
  words.push_back(command);
  const Verb* verb = find_verb(command);
  if (verb == nullptr) return words;
  for (const VerbOption& option : verb->options) {
    const std::string text = input_of(environment, option.name);
    if (!text.empty()) add_flag(words, option, text);
  }
  return words;
}

}  // namespace

std::string input_of(const Environment& environment, std::string_view name) {
  const std::string variable = replaced(upper_case(name), "-", "_");
  std::string text;
  for (auto prefix = kVariablePrefixes.rbegin(); prefix != kVariablePrefixes.rend(); ++prefix) {
    text = environment.get(std::string(*prefix) + variable);
    if (!text.empty()) break;
  }
  return text;
}

// act hands the defaults of a post stage over by their bare names, without INPUT_.
std::string job_status_of(const Environment& environment) {
  std::string status = input_of(environment, "job_status");
  if (status.empty()) status = environment.get("job_status");
  if (status.empty()) status = environment.get("CI_JOB_STATUS");
  return status;
}

std::vector<std::string> words_of(const Call& call, const Environment& environment) {
  if (!call.arguments.empty()) return call.arguments;
  if (program_of(call.program) == kPostProgram) return {"post"};
  return words_of_environment(environment);
}

bool is_shell_call(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return false;
  const std::string program = program_of(arguments.front());
  return program == "sh" || program == "bash";
}

int become_shell(const std::vector<std::string>& arguments) {
  const std::string& shell = arguments.front();
  const int error_number = become(arguments);
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  const bool wanted_bash = missing && program_of(shell) == "bash";
  Output(STDERR_FILENO)
      .write(fmt::format("❌ cannot start the shell {}: {}{}\n", in_quotes(shell),
                         std::strerror(error_number),
                         wanted_bash ? "; it is not here, ask for 'sh' instead" : ""));
  return missing ? kNotFound : kNotExecutable;
}

}  // namespace backstep
