// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "config/setting_types.h"
#include "report/platform/platform.h"
#include "system/output.h"

namespace backstep {
namespace {

constexpr VerbOption kJson{"json", "", "print one JSON object instead of text"};
constexpr VerbOption kQuiet{"quiet", "", "only warnings, failures, the end (-q)", false, {}, 'q'};
constexpr VerbOption kVerbose{"verbose", "", "fold nothing (-v)", false, {}, 'v'};
constexpr VerbOption kDryRun{"dry-run", "", "say what would be done, and do nothing"};
constexpr VerbOption kChecksum{"checksum", "", "read every file, whatever its size and times say"};

constexpr std::span<const VerbOption> kNoOptions;
constexpr std::array kOnlyJson = {kJson};
constexpr std::array kChecksumAndJson = {kChecksum, kJson};
constexpr std::array kStepOptions = {kQuiet, kVerbose, kJson};
constexpr std::array kRunOptions = {kDryRun, kChecksum, kQuiet, kVerbose, kJson};
constexpr std::array kBeginOptions = {kChecksum, kQuiet, kVerbose, kJson};
constexpr std::array kFinishOptions = {
    VerbOption{"status", "S", "how the job went: success, failure or cancelled", false, "success failure cancelled"},
    kChecksum, kQuiet, kVerbose, kJson};
constexpr std::array kBackupOptions = {VerbOption{"tag", "T", "a tag to find it by"},
                                       VerbOption{"message", "M", "a remark to keep with it"}, kDryRun, kChecksum,
                                       kJson};
constexpr std::array kRollbackOptions = {
    VerbOption{"to", "ID", "an ID of 'list', latest, last-good, previous or failed/ID"},
    VerbOption{"service", "S", "only this service (may be repeated)", true},
    VerbOption{"recreate", "", "make service directories that do not exist"},
    VerbOption{"exact", "", "remove files that were added since"},
    VerbOption{"files-only", "", "neither the rollback command nor the check"},
    VerbOption{"if-live", "WHAT", "only where this is live: run:R, owner:O or digest:D"},
    kDryRun,
    kChecksum,
    kQuiet,
    kVerbose,
    kJson};
constexpr std::array kProbeOptions = {VerbOption{"timeout", "D", "give up after this long, 0 = never [30s]"}, kJson};
constexpr VerbOption kLimit{"limit", "N", "only the newest N"};
constexpr std::array kListOptions = {kLimit, kChecksum, kJson};
constexpr std::array kHistoryOptions = {kLimit, VerbOption{"since", "WHEN", "only newer ones: 7d, 2h, 2026-11-01"},
                                        kJson};
constexpr std::array kRecoverOptions = {
    VerbOption{"restore", "", "restore over newer files too; they are kept in failed/"},
    VerbOption{"keep", "", "leave every file as it is and end the run"},
    kChecksum,
    kQuiet,
    kVerbose,
    kJson};
constexpr std::array kDiffOptions = {VerbOption{"stat", "", "one line a file, with how many lines came and went"},
                                     kChecksum, kJson};
constexpr std::array kDryRunAndJson = {kDryRun, kJson};
constexpr std::array kInitOptions = {VerbOption{"print", "", "print it and write nothing"}, kJson};

constexpr std::array kVerbs = {
    Verb{"run", "back up, generate, deploy, check; roll back when it fails", "", 0, kRunOptions, true,
         "backstep run --generate ./generate.sh --deploy 'docker compose up -d' \\\n"
         "      --health-check 'curl -fsS http://localhost:8080/health'",
         cmd_run, "around a deploy"},
    Verb{"begin", "back up and arm, for steps that run elsewhere", "", 0, kBeginOptions, true,
         "backstep begin && ./deploy.sh; backstep finish --status success", cmd_begin},
    Verb{"finish", "end what 'begin' began: accept or roll back", "", 0, kFinishOptions, true,
         "backstep finish --status \"$CI_JOB_STATUS\"", cmd_finish},
    Verb{"guard", "begin; the post stage of the GitHub action is its finish", "", 0, kStepOptions, true,
         "backstep guard", cmd_guard},
    Verb{"post", "the post stage of the GitHub action", "", 0, kStepOptions, true, "backstep post", cmd_post},
    Verb{"backup", "store the tracked files as they are", "", 0, kBackupOptions, true,
         "backstep backup --message 'before the migration'", cmd_backup},
    Verb{"rollback", "restore a backup, run the rollback command, check", "", 0, kRollbackOptions, true,
         "backstep rollback --to last-good --dry-run", cmd_rollback},
    Verb{"check", "run the health check, and nothing else", "", 0, kStepOptions, true,
         "backstep check --health-retries 1", cmd_check},
    Verb{"lint", "look at the scripts for what would fail, and nothing else", "", 0, kOnlyJson, true,
         "backstep lint --lint-off not-executable", cmd_lint},
    Verb{"probe", "ask a URL once, as health_url does", "URL", 1, kProbeOptions, false,
         "backstep probe http://localhost:8080/health", cmd_probe},
    Verb{"list", "the stored sets, oldest first", "", 0, kListOptions, true, "backstep list", cmd_list,
         "look, and change nothing"},
    Verb{"show", "one stored set with its files", "ID", 1, kOnlyJson, true, "backstep show latest", cmd_show},
    Verb{"diff", "what differs between a stored set and now, or two sets", "[ID] [ID]", 2, kDiffOptions, true,
         "backstep diff last-good", cmd_diff},
    Verb{"verify", "compare stored sets with their manifests", "[ID ...]", 1000, kOnlyJson, true, "backstep verify",
         cmd_verify},
    Verb{"status", "what is live, what failed last, what is still to do", "", 0, kChecksumAndJson, true,
         "backstep status", cmd_status},
    Verb{"history", "what the runs did, newest last", "", 0, kHistoryOptions, true, "backstep history --limit 10",
         cmd_history},
    Verb{"recover", "bring a run that did not end to its end", "", 0, kRecoverOptions, true, "backstep recover",
         cmd_recover, "afterwards"},
    Verb{"prune", "remove what the retention no longer keeps", "", 0, kDryRunAndJson, true,
         "backstep prune --keep-last 5 --dry-run", cmd_prune},
    Verb{"mark", "a human's verdict on a set, or on what lies there", "good|bad|untested [ID]", 2, kChecksumAndJson,
         true, "backstep mark bad latest", cmd_mark},
    Verb{"export", "the store as one tar", "FILE|-", 1, kOnlyJson, true, "backstep export backups.tar", cmd_export},
    Verb{"import", "merge such a tar into the store", "FILE|-", 1, kDryRunAndJson, true, "backstep import backups.tar",
         cmd_import},
    Verb{"pull", "merge what the remote holds into the store", "", 0, kOnlyJson, true, "backstep pull --remote git",
         cmd_pull},
    Verb{"push", "put the store in the remote, as each run does at its end", "", 0, kOnlyJson, true,
         "backstep push --remote git", cmd_push},
    Verb{"init", "write a backstep.yml for the tree at hand", "", 0, kInitOptions, false, "backstep init --print",
         cmd_init, "this tool"},
    Verb{"config", "every setting, its value and where it came from", "", 0, kOnlyJson, true, "backstep config",
         cmd_config},
    Verb{"install", "copy this binary into a directory", "DIR", 1, kOnlyJson, false, "backstep install ~/.local/bin",
         cmd_install},
    // Its `words` takes a whole line.
    Verb{"completion", "a completion script for your shell", "bash|zsh|fish", 1000, kNoOptions, false,
         "backstep completion bash >~/.local/share/bash-completion/completions/backstep", cmd_completion},
    Verb{"help", "this overview, or one verb", "[VERB]", 1, kOnlyJson, false, "backstep help run", cmd_help},
    Verb{"version", "the version of this binary", "", 0, kOnlyJson, false, "backstep version", cmd_version},
};

[[noreturn]] void refuse_verb(const std::string& word) {
  std::vector<std::string> names;
  for (const Verb& verb : kVerbs) names.emplace_back(verb.name);
  refuse_usage(fmt::format("unknown verb {}{}; 'backstep help' lists them", in_quotes(word), suggestion(word, names)));
}

// Also where the flags cannot be read. Of `export -` stdout is the archive.
bool wants_json(std::string_view word, const std::vector<std::string>& words) {
  const auto end = std::ranges::find(words, "--");
  const auto has = [&](const char* text) { return std::find(words.begin(), end, text) != end; };
  return has("--json") && word != "completion" && !(word == "export" && has("-"));
}

}  // namespace

const std::string& required_word(const Invocation& invocation, const std::string& question) {
  const std::vector<std::string>& words = invocation.flags.words;
  if (words.empty() || words.front().empty()) refuse_usage(question);
  return words.front();
}

size_t limited(const ParsedFlags& flags, size_t lines) {
  const std::string text = flags.option("limit");
  if (text.empty()) return lines;
  try {
    return std::min<size_t>(lines, read_number(text, 1, std::numeric_limits<int>::max()));
  } catch (const Error& error) {
    throw error.within("--limit", ExitCode::kUsage);
  }
}

void print_answer(const Invocation& invocation, const Json& json, const std::string& text) {
  Output out(STDOUT_FILENO);
  invocation.flags.has("json") ? out.pass(json.pretty() + "\n") : out.say_lines(text);
}

std::span<const Verb> verbs() { return kVerbs; }

const Verb* find_verb(std::string_view name) {
  const auto found = std::ranges::find(kVerbs, name, &Verb::name);
  return found == kVerbs.end() ? nullptr : &*found;
}

int run_command_line(const Call& call, Environment environment, std::string current_directory) {
  if (is_shell_call(call.arguments)) return become_shell(call.arguments);
  std::vector<std::string> words = words_of(call, environment);
  std::string word = words.empty() ? "help" : words.front();
  if (word == "--help" || word == "-h") word = "help";
  if (word == "--version" || word == "-V") word = "version";
  if (!words.empty()) words.erase(words.begin());
  Output::choose(colours_of("", environment));
  const auto run = [&] {
    const Verb* verb = find_verb(word);
    if (verb == nullptr) refuse_verb(word);
    const Invocation invocation{parse_flags(verb->name, verb->options, verb->takes_settings, verb->max_words, words),
                                std::move(environment), std::move(current_directory)};
    Output::choose(colours_of(invocation.flags.option(kColor.name), invocation.environment));
    try {
      if (!invocation.flags.has("help")) return verb->run(invocation);
    } catch (const Error& error) {
      throw Error(error.code(), invocation.secrets.hidden_in(error.message()), error.place());
    }
    Output(STDOUT_FILENO).say_lines(help_text(*verb));
    return 0;
  };
  // Called without words, the platform itself named the verb, rightly or not.
  const Environment reported = environment;
  const bool is_step = call.arguments.empty() || ends_a_step(word);
  try {
    return run();
  } catch (const std::exception& error) {
    const Refusal refusal = refusal_of(error);
    if (is_step) tell_platform(reported, refusal);
    if (wants_json(word, words)) print_refusal(reported, refusal);
    throw;
  }
}

}  // namespace backstep
