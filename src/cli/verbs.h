// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <exception>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"
#include "base/error.h"
#include "base/json.h"
#include "base/secrets.h"

namespace backstep {

// How we were called. `program` is argv[0], `arguments` the rest.
struct Call {
  std::string program;
  std::vector<std::string> arguments;
};

// The words and flags of the call. Where a platform calls us without any, the verb is
// INPUT_COMMAND, PLUGIN_COMMAND or BACKSTEP_COMMAND, in a pipeline else `run`, and the verb's own
// flags are variables of the same prefixes (INPUT_TO=last-good, INPUT_DRY_RUN=true). By the name
// backstep-post we are the post stage of GitHub's action, which can be given no arguments.
std::vector<std::string> words_of(const Call& call, const Environment& environment);

// INPUT_X, PLUGIN_X or BACKSTEP_X, the first that is set; `name` as a setting's: "job_status".
std::string input_of(const Environment& environment, std::string_view name);

// How the job went until now: the input job_status, or GitLab's variable; "" when nothing tells.
std::string job_status_of(const Environment& environment);

// A job's image is started with a shell's command line (`sh -c …`, or `bash` with the script on its
// standard input), which are our arguments where the binary is its entrypoint.
bool is_shell_call(const std::vector<std::string>& arguments);

// Becomes that shell. Returns only when it cannot be started: 127 when there is none, 126 when it
// is not executable, as a shell would answer, after a sentence on standard error.
int become_shell(const std::vector<std::string>& arguments);

// How a call ended that could not report by itself: a mistyped setting, the lock is held.
struct Refusal {
  int exit_status = 0;
  std::string why;  // one line
  FilePlace place = {};
  bool as_before = false;  // nothing was changed
};
Refusal refusal_of(const std::exception& error);
// The platform's steps ask for `exit_code`, and GitHub shows nobody the number.
void tell_platform(const Environment& environment, const Refusal& refusal);
// On stdout, for who asked for JSON.
void print_refusal(const Environment& environment, const Refusal& refusal);

// Whether its end is a step's end: a `show` must not replace the outputs of the `run` before it.
bool ends_a_step(std::string_view verb);

// A flag of one verb, beside the settings.
struct VerbOption {
  std::string_view name;        // "dry-run", without the dashes
  std::string_view value_name;  // "ID"; "" for a switch, which takes no value
  std::string_view help;        // one line, without a full stop
  bool repeatable = false;
  std::string_view choices = {};  // what is mostly typed as its value, between blanks
  char letter = 0;                // -q for --quiet; 0: none
};

// Every verb has it.
inline constexpr VerbOption kColor{"color", "WHEN", "auto, always or never", false, "auto always never"};

struct ParsedFlags {
  std::map<std::string, std::string> settings;      // by the setting's name: "health_retries"
  std::set<std::string> switches;                   // "json", "help"
  std::multimap<std::string, std::string> options;  // "to" -> "latest"; repeatable ones in order
  std::vector<std::string> words;                   // what stands alone: an ID

  bool has(std::string_view name) const { return switches.contains(std::string(name)); }
  // The option's value, "" when it was not given.
  std::string option(std::string_view name) const {
    const auto found = options.find(std::string(name));
    return found == options.end() ? std::string() : found->second;
  }
};

// `--name value` and `--name=value`; `--` ends the flags. Values are texts as they came, commas and
// all: the settings table reads them. Throws Error (kUsage), with what was probably meant, for
// whatever is not certain: a deploy must not start on a guess.
// own: the verb's flags, beside `--help` and `--color`; takes_settings: every setting is one, too.
ParsedFlags parse_flags(std::string_view verb, std::span<const VerbOption> own, bool takes_settings, size_t max_words,
                        const std::vector<std::string>& arguments);

// What a verb is called with.
struct Invocation {
  ParsedFlags flags;
  Environment environment;
  std::string current_directory;
  Secrets secrets = Secrets(environment);
};

// The exit status; 128+n on a signal.
using VerbFunction = int(const Invocation& invocation);

// One row of the verb table, which drives dispatch, help and "did you mean". Each verb lives in
// verbs/, in a file that is called after the first verb of those which belong together.
struct Verb {
  std::string_view name;
  std::string_view summary;  // one line, without a full stop
  std::string_view words;    // "[ID]", for the usage line; "" takes none
  size_t max_words = 0;
  std::span<const VerbOption> options;
  bool takes_settings = false;
  std::string_view example;  // a whole command
  VerbFunction* run = nullptr;
  std::string_view begins_part = {};  // a heading above it in the overview; "" none
};

// The word that the verb cannot do without. Throws Error (kUsage), which asks for it.
const std::string& required_word(const Invocation& invocation, const std::string& question);

// How many of so many lines --limit leaves, the newest. Throws Error (kUsage).
size_t limited(const ParsedFlags& flags, size_t lines);

// What a verb prints that needs no Session: the one or the other, as --json says.
void print_answer(const Invocation& invocation, const Json& json, const std::string& text);

std::span<const Verb> verbs();
const Verb* find_verb(std::string_view name);

std::string overview_text();
// One screen: usage, flags, an example. The settings are listed by the verb that all others share
// them with, `run`, so that no verb needs a second screen.
std::string help_text(const Verb& verb);

// What may stand in the place of the last word, which is being typed and may be empty; the verb is
// the first word. One candidate a line and, behind a tab, what it is; of `--flag=value` the value.
// All that may come there is told, for each shell compares in its own way. A line with a colon in
// front is no candidate and stands alone: ":files" and ":directories" ask for names that the shell
// finds itself, any other says what is expected: ":ID", ":a duration".
//
// It is made from the tables of verbs and settings alone, so a new verb, flag or setting is
// completed without more ado. Words that make no sense have no candidates.
std::string candidates(const std::vector<std::string>& words);

// The command line as a whole: argv to exit status. Throws Error and Interrupted.
int run_command_line(const Call& call, Environment environment, std::string current_directory);

// The rows' functions: a line a file.
VerbFunction cmd_begin, cmd_guard, cmd_post, cmd_finish, cmd_recover, cmd_rollback;
VerbFunction cmd_check, cmd_lint, cmd_probe;
VerbFunction cmd_completion;
VerbFunction cmd_config, cmd_install;
VerbFunction cmd_init;
VerbFunction cmd_list, cmd_show, cmd_verify;
VerbFunction cmd_prune, cmd_mark, cmd_export, cmd_import, cmd_pull, cmd_push;
VerbFunction cmd_run, cmd_backup;
VerbFunction cmd_status, cmd_history, cmd_diff;
VerbFunction cmd_help, cmd_version;  // help.cc

}  // namespace backstep
