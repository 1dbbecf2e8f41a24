// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "system/http/http_probe.h"

namespace backstep {

// What runs the text of a command: `sh -ec`, or `bash -eo pipefail -c`.
enum class Shell { kSh, kBash };

// A command as the user wrote it: a text for the shell, or a list that is executed as it is.
struct Command {
  std::string text;
  std::vector<std::string> list;

  bool empty() const { return text.empty() && list.empty(); }
  std::vector<std::string> argv(Shell shell) const;
  // The whole command as a shell would take it; a list comes out quoted.
  std::string as_text() const;
  // One line for messages: the first of a longer script, with " …".
  std::string shown() const;
  bool operator==(const Command&) const = default;
};

// Compose's keys and meaning, with Nomad's min_healthy_time and deadline.
struct HealthCheck {
  Command test;
  ProbeRequest ask;  // instead of running `test`, where it has a URL; one of them at most is set
  Duration interval = std::chrono::seconds(5);
  Duration timeout = std::chrono::seconds(30);
  int retries = 3;  // this many failures in a row are unhealthy
  Duration start_period = std::chrono::seconds(30);
  Duration start_interval = Duration(0);  // takes the interval's place in start_period; 0: does not
  Duration min_healthy_time = std::chrono::seconds(5);
  Duration deadline = std::chrono::minutes(5);
  bool baseline = true;

  bool empty() const { return test.empty() && ask.url.empty(); }
  // What runs: the command, or this very binary, which asks the URL that it finds in this variable,
  // as variables say that are called like settings_of_url(): all see arguments.
  static constexpr std::string_view kUrlVariable = "BACKSTEP_PROBE_URL";
  std::vector<std::string> argv(Shell shell) const;
  // What people are shown: the command, or the URL.
  Command shown() const {
    const std::string how = ask.insecure ? " (insecure)" : "";
    return ask.url.empty() ? test : Command{.text = ask.url + how, .list = {}};
  }
};

// What is asked of the scripts that a run changed, before its deploy begins.
struct LintSettings {
  bool enabled = true;
  std::vector<std::string> off;  // names of config/lint_rules.h
};

// What a failed check of a service does to the run.
enum class OnFailure {
  kRollback,
  kWarn,  // it is said, and the new version stays
};

struct ServiceCheck {
  HealthCheck health;  // empty: none
  OnFailure on_failure = OnFailure::kRollback;
};

// The checks of single services, beside the one of the whole.
struct ServiceChecks {
  ServiceCheck each;                        // of a service without an entry of its own
  std::map<std::string, ServiceCheck> own;  // whole: what an entry leaves out is `each`'s

  bool empty() const;
  // What is asked of a service, with its name in the URL; nullopt: nothing.
  std::optional<ServiceCheck> of(const std::string& service) const;
};

enum class RollbackTarget { kAuto, kPrevious, kLastGood };

// What comes back when the checks of single services failed.
enum class RollbackScope {
  kAll,
  kFailed,  // only those services: a mixture of old and new
};

struct RollbackPolicy {
  bool enabled = true;
  Command command;  // empty: the deploy command
  RollbackTarget target = RollbackTarget::kAuto;
  // With one of these the deploy says that it is past its point of no return; sorted.
  std::vector<int> no_rollback_exit_codes;
  RollbackScope scope = RollbackScope::kAll;
};

// 0 switches a rule off. The rules are ORed: a backup stays when one of them keeps it.
struct Retention {
  int keep_last = 10;
  int keep_good = 3;
  Duration keep_within = std::chrono::hours(30 * 24);
  std::vector<std::string> keep_tags = {};  // "*": any
  int keep_failed = 10;                     // evidence, which no other rule keeps
};

struct Timeouts {
  Duration generate = std::chrono::minutes(10);
  Duration deploy = std::chrono::minutes(30);
  Duration rollback = std::chrono::minutes(10);
  Duration stop_grace = std::chrono::seconds(10);
};

// Where the store is kept beside this machine, by git or by two commands: deploy/remote/remote.h.
struct RemoteSettings {
  std::string text = {};  // as it was given
  std::string git = {};   // a URL, or "origin": that of the checkout; "": not by git
  std::string ref = {};   // "": refs/backstep/ and the names of project and environment
  Command fetch = {};
  Command store = {};
  bool required = true;  // nothing begins without it
  bool is_public = false;

  bool empty() const { return git.empty() && fetch.empty(); }
  bool is_own() const { return git == "origin"; }
};

// Of the page, of the answer to --json, of JUnit and of GitLab's dotenv report.
inline constexpr std::string_view kReportEndings = ".html .json .xml .env";

// Every setting with its default. Paths are as typed: config/workspace.h resolves them.
struct Config {
  std::string config_file = "backstep.yml";  // as seen from there; absolute outside the workspace
  std::string distrust;                      // why no command of such files is run; "": they are
  std::vector<std::string> place_flags;      // what names the store and stands in no file
  std::string environment;                   // what the files are live in; "": not said
  std::string project;                       // whose store this is; "": told by hints
  std::vector<std::string> services_dir = {"services"};
  std::string entrypoint_file = "entrypoint.sh";
  std::vector<std::string> files;
  std::vector<std::string> exclude;
  std::string backups_dir = "backups";
  RemoteSettings remote;
  Shell shell = Shell::kSh;
  Command generate;
  Command deploy;
  HealthCheck health;
  Command diagnose;  // tells why a new version failed, while it still runs
  LintSettings lint;
  ServiceChecks service_checks;
  RollbackPolicy rollback;
  Retention retention;
  Timeouts timeouts;
  Duration lock_wait = std::chrono::minutes(10);
  Duration guard_timeout = std::chrono::hours(1);
  std::string owner;  // empty: the pipeline's run, else the user id
  bool allow_workflow_commands = false;
  std::vector<std::string> secrets;  // names or patterns of variables
  std::vector<std::string> reports;  // files, each of the kind that its ending says: kReportEndings

  bool has_check() const { return !health.empty() || !service_checks.empty(); }
  const Command& rollback_command() const { return rollback.command.empty() ? deploy : rollback.command; }
};

}  // namespace backstep
