// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"
#include "deploy/steps/commands.h"
#include "lint/script.h"

namespace backstep {
namespace {

// The program that a text begins with; "" where an expansion or a construct of the shell has a say,
// or where what stands behind it may catch that it is missing.
std::string first_program(std::string_view text) {
  text = trimmed(text);
  while (text.starts_with('#') || text.starts_with("set -")) {
    text = trimmed(text.substr(std::min(text.find('\n'), text.size())));
  }
  const bool goes_on = text.find_first_of("\n;") != text.npos;
  if (text.find("||") != text.npos || (goes_on && text.find("&&") != text.npos)) return {};
  const size_t end = std::min(text.find_first_of("\n;&|<>()"), text.size());
  if (text.substr(end).starts_with('(')) return {};
  for (const std::string& word : words_in(text.substr(0, end), " \t")) {
    if (word.starts_with("PATH=") || word.find_first_of("$`\"'\\*?~#![{}") != word.npos) return {};
    if (word != "exec" && word.find('=') == word.npos) return word;
  }
  return {};
}

// What bash has and many an sh has not: as a text has it, and what asks a shell for it.
using OfBash = std::pair<std::string_view, std::string>;
const std::array<OfBash, 5> kOfBash = {{{"\n[[ ", "[[ a = a ]]"},
                                        {"if [[ ", "[[ a = a ]]"},
                                        {"\nsource ", "command -v source"},
                                        {"o pipefail", "set -o pipefail"},
                                        {"&>", "if false &>/dev/null; then exit 1; fi"}}};

class CommandLook {
 public:
  CommandLook(const Context& context, Shell shell)
      : context_(context), shell_(shell == Shell::kBash ? "bash" : "/bin/sh") {}

  ProgramLook at_program_of(const Command& command) const {
    const bool in_shell = command.list.empty();
    const std::string name = in_shell ? first_program(command.text) : command.list.front();
    if (name.empty()) return {};
    const auto [file, error_number] = find(name);
    if (error_number == 0) return {why_not_interpreted(name, file)};
    const bool bare = name.find('/') == name.npos;
    if (bare && in_shell && complaint({shell_, "-c", "command -v " + name}).empty()) return {};
    const bool beneath = std::ranges::any_of(
        places_of(name), [&](const std::string& place) { return place.starts_with(context_.workspace.root + "/"); });
    return {why_not(name, file, error_number), error_number == ENOENT && beneath};
  }

  // Why its shell cannot read a text; "" where it can.
  std::string why_unreadable(const std::string& text) const {
    const std::string why = at_program_of({.text = {}, .list = {shell_}}).why;
    if (!why.empty()) return why;
    if (text.find("\r\n") != text.npos || text.ends_with('\r')) {
      return "its lines end in carriage returns, as on Windows: write it without them";
    }
    if (text.find_first_of("\n;&|<>(){}['\"`$\\") == text.npos) return {};
    // extglob may be set in the text itself, which is not run.
    const std::vector<std::string> bash = {"bash", "-O", "extglob", "-n", "-c", text};
    if (shell_ == "bash") return complaint(bash);
    const std::string said = complaint({shell_, "-n", "-c", text});
    if (said.empty()) return why_not_for_sh(text);
    return said + (complaint(bash).empty() ? "; bash can read it: set 'shell: bash'" : "");
  }

 private:
  // What a shell says to that; "" where it has no objection.
  std::string complaint(std::vector<std::string> argv) const {
    ProcessSpec call = shell_call(std::move(argv));
    call.directory = here_;
    const ProcessResult result = context_.runner.run(call);
    if (result.end == ProcessResult::End::kStopped) throw Interrupted(result.signal);
    if (result.end == ProcessResult::End::kNotStarted) return result.described();
    if (result.end != ProcessResult::End::kExited || result.succeeded()) return {};
    return read_complaint(result.output.text()).said;
  }

  // What is quoted, or handed on as a document, may be for another shell.
  std::string why_not_for_sh(const std::string& text) const {
    const size_t end = std::min(text.find("<<"), text.find_first_of("'\""));
    const std::string own = "\n" + text.substr(0, end);
    for (const auto& [word, question] : kOfBash) {
      if (own.find(word) == own.npos || complaint({shell_, "-c", question}).empty()) continue;
      return in_quotes(trimmed(word)) + " is of bash, and 'sh' here lacks it: set 'shell: bash'";
    }
    return {};
  }

  std::string absolute(const std::string& path) const {
    return (std::filesystem::path(here_) / path).lexically_normal();
  }

  // Itself, or one file in each directory of PATH.
  std::vector<std::string> places_of(const std::string& name) const {
    if (name.find('/') != name.npos) return {absolute(name)};
    std::vector<std::string> places = split(path_, ':');
    for (std::string& place : places) place = absolute(place.empty() ? name : place + "/" + name);
    return places;
  }

  // Where it is, or why it cannot be executed. Without PATH that is left to the shell.
  std::pair<std::string, int> find(const std::string& name) const {
    if (path_.empty() && name.find('/') == name.npos) return {name, 0};
    std::pair<std::string, int> found = {name, ENOENT};
    for (const std::string& file : places_of(name)) {
      const int error_number = why_not_executable(file);
      if (error_number == 0) return {file, 0};
      if (error_number != ENOENT && error_number != ENOTDIR) found = {file, error_number};
    }
    return found;
  }

  std::string why_not(const std::string& name, const std::string& file, int error_number) const {
    if (error_number != ENOENT) {
      return fmt::format("{} cannot be executed: {}{}", in_quotes(name), std::strerror(error_number),
                         error_number == EACCES ? "; type 'chmod +x " + printable(file) + "'" : "");
    }
    if (name.find('/') != name.npos) return "there is no " + in_quotes(name) + " here";
    if (why_not_executable(absolute(name)) != ENOENT) {
      return fmt::format("{0} is in no directory of PATH, and lies here: write './{0}'", printable(name));
    }
    return advice_without(name, context_.environment);
  }

  std::string why_not_interpreted(const std::string& name, const std::string& file) const {
    std::string line(256, '\0');  // the kernel reads no more of it
    std::ifstream(file).read(line.data(), 256);
    line.resize(std::min({line.find('\n'), line.find('\0'), line.size()}));
    const Shebang shebang = read_shebang(line);
    if (shebang.interpreter.empty()) return {};
    if (line.ends_with('\r')) {
      return fmt::format("the lines of {} end in carriage returns: type \"sed -i 's/\\r$//' {}\"", in_quotes(name),
                         printable(file));
    }
    const bool by_env = shebang.interpreter.ends_with("/env");
    for (const std::string& program : {shebang.interpreter, by_env ? shebang.program : ""}) {
      const int error_number = program.empty() ? 0 : find(program).second;
      if (error_number == 0) continue;
      return fmt::format("the first line of {} names {}: {}", in_quotes(name), in_quotes(program),
                         std::strerror(error_number));
    }
    return {};
  }

  const Context& context_;
  std::string shell_;
  std::string here_ = context_.workspace.path();
  std::string path_ = context_.environment.get("PATH");
};

}  // namespace

void look_at_commands(const Context& context, const Journal& journal) {
  // In the container of a guard the job's programs are not to be found.
  if (!context.may_redeploy) return;
  const Config& settings = journal.settings;
  const CommandLook look(context, settings.shell);
  // `brought`: an earlier command may bring what is not there yet.
  const auto require = [&](const std::string& whose, const Command& command, bool brought) {
    if (command.empty()) return;
    std::string why = command.list.empty() ? look.why_unreadable(command.text) : "";
    const ProgramLook program = why.empty() ? look.at_program_of(command) : ProgramLook();
    if (!brought || !program.may_come) why += program.why;
    if (why.empty()) return;
    refuse_usage(fmt::format("{} cannot run: {}; nothing was changed{}", whose, why,
                             journal.by_hand() ? " (--files-only restores only the files)" : ""));
  };
  const bool runs = journal.verb == RunVerb::kRun;
  const bool generates = runs && !settings.generate.empty();
  if (runs) require("the generator", settings.generate, false);
  if (runs) require("the deploy command", settings.deploy, generates);
  const bool brought = !runs || generates || !settings.deploy.empty();
  const Command& rollback = runs ? settings.rollback.command : settings.rollback_command();
  if (settings.rollback.enabled) require("the rollback command", rollback, brought);
  require("the health check", settings.health.test, brought);
  require("diagnose", settings.diagnose, true);
  for (const auto& [service, check] : settings.service_checks.own) {
    require("the health check of " + service, command_for(check.health.test, service), brought);
  }
  require("the health check of each service", settings.service_checks.each.health.test, brought);
}

ProgramLook look_for_program(const Context& context, const Command& command, Shell shell) {
  return command.empty() ? ProgramLook() : CommandLook(context, shell).at_program_of(command);
}

Command command_for(Command check, const std::string& service) {
  check.text = with_variable(std::move(check.text), "BACKSTEP_SERVICE", service);
  for (std::string& word : check.list) {
    word = with_variable(std::move(word), "BACKSTEP_SERVICE", service);
  }
  return check;
}

}  // namespace backstep
