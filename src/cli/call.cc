// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "base/text.h"
#include "config/pipeline.h"
#include "config/setting_types.h"
#include "config/settings.h"
#include "deploy/run/outcome.h"
#include "report/log/console.h"
#include "report/outcome/recorder.h"
#include "report/platform/platform.h"
#include "system/files/beneath.h"
#include "system/output.h"
#include "system/process/process.h"

namespace backstep {
namespace {

constexpr std::string_view kPostProgram = "backstep-post";
// As action.yml has it: an overview with exit code 0 would pass there for a deploy that went well.
constexpr std::string_view kCommandOfPipelines = "run";

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
    for (const std::string& item : listed_items(text)) words.push_back(fmt::format("{}={}", flag, item));
  } else {
    words.push_back(flag + "=" + text);
  }
}

std::vector<std::string> words_of_environment(const Environment& environment) {
  std::vector<std::string> words;
  std::string command = input_of(environment, "command");
  if (command.empty() && in_pipeline(environment)) command = kCommandOfPipelines;
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

bool changed_nothing(ExitCode code) {
  return code == ExitCode::kUsage || code == ExitCode::kBackupFailed || code == ExitCode::kLockHeld ||
         code == ExitCode::kNothingToRollBackTo || code == ExitCode::kDamaged;
}

Outcome not_started(const Refusal& refusal) {
  Outcome outcome;
  outcome.result = Outcome::Result::kNotStarted;
  outcome.exit_status = refusal.exit_status;
  outcome.failure = Failure{"backstep", "refused: " + refusal.why, ""};
  if (refusal.as_before) outcome.set_live(Live::kSame, ": nothing was changed");
  if (!refusal.as_before) outcome.set_live(Live::kUnknown, ": 'backstep status' tells");
  return outcome;
}

}  // namespace

std::string input_of(const Environment& environment, std::string_view name) {
  const std::string variable = replaced(upper_case(name), "-", "_");
  std::string text;
  for (auto prefix = kVariablePrefixes.rbegin(); prefix != kVariablePrefixes.rend(); ++prefix) {
    // A block of YAML ends with a newline that nobody means.
    text = trimmed(environment.get(std::string(*prefix) + variable));
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
  if (parts_of(call.program).name == kPostProgram) return {"post"};
  return words_of_environment(environment);
}

bool is_shell_call(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return false;
  const std::string_view program = parts_of(arguments.front()).name;
  return program == "sh" || program == "bash";
}

int become_shell(const std::vector<std::string>& arguments) {
  const std::string& shell = arguments.front();
  const int error_number = become(arguments);
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  const bool wanted_bash = missing && parts_of(shell).name == "bash";
  Output(STDERR_FILENO)
      .say(fmt::format("❌ cannot start the shell {}: {}{}", in_quotes(shell), std::strerror(error_number),
                       wanted_bash ? "; it is not here, ask for 'sh' instead" : ""));
  return missing ? kExitNotFound : kExitNotExecutable;
}

bool ends_a_step(std::string_view verb) {
  constexpr std::array<std::string_view, 9> kVerbs = {"run",    "begin",    "finish", "guard",  "post",
                                                      "backup", "rollback", "check",  "recover"};
  return std::ranges::find(kVerbs, verb) != kVerbs.end();
}

Refusal refusal_of(const std::exception& error) {
  if (const auto* ours = dynamic_cast<const Error*>(&error)) {
    return {static_cast<int>(ours->code()), ours->message(), ours->place(), changed_nothing(ours->code())};
  }
  if (const auto* stop = dynamic_cast<const Interrupted*>(&error)) {
    const int signal = stop->signal_number();
    return {.exit_status = exit_status_of_signal(signal),
            .why = fmt::format("stopped by signal {}; nothing was changed", signal),
            .as_before = true};
  }
  return {static_cast<int>(ExitCode::kInternal), fmt::format("internal error: {}", error.what())};
}

void tell_platform(const Environment& environment, const Refusal& refusal) {
  const Secrets secrets(environment);
  Output log(STDERR_FILENO);
  log.hide(secrets);
  const auto platform = platform_of(environment, false);
  Console console(log, *platform);
  const SystemClock clock(nullptr);
  Recorder recorder(console, clock, secrets);
  platform->tell_end(not_started(refusal), recorder, log);
}

void print_refusal(const Environment& environment, const Refusal& refusal) {
  const Secrets secrets(environment);
  const auto& [file, line] = refusal.place;
  const Json answer = json_answer("refusal", {{"exit_code", refusal.exit_status},
                                              {"error", refusal.why},
                                              {"file", file},
                                              {"line", line == 0 ? Json() : Json(line)}});
  const auto look = [&](const std::string& text) { return secrets.hidden_in(text); };
  const auto platform = platform_of(environment, false);
  Output(STDOUT_FILENO).obeyed(platform->harmless_json(answer.pretty(look)) + "\n");
}

}  // namespace backstep
