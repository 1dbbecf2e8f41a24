// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "deploy/accept.h"
#include "deploy/arrival.h"
#include "deploy/backup_step.h"
#include "deploy/begin_note.h"
#include "deploy/commands.h"
#include "deploy/hand_over.h"
#include "deploy/missing_program.h"
#include "deploy/step_back.h"

namespace backstep {
namespace {

// Top to bottom in the order in which it happens. Each step returns why the run cannot go on, or
// nothing.
class Story {
 public:
  Story(const Site& site, Journal journal)
      : site_(site), context_(site.context), journal_(std::move(journal)) {}

  Outcome run() {
    back_up();
    check_baseline();
    if (auto stopped = arm()) return end_before_deploy(*stopped);
    try {
      auto failure = generate();
      if (failure) return end_before_deploy(*failure);
      failure = deploy();
      if (!failure) failure = check_health();
      if (failure) return end_after_deploy(*failure);
    } catch (const Error& error) {
      return end_by_error(error);
    }
    accept(site_, journal_, live_, outcome_);
    return finished();
  }

  Outcome begin() {
    back_up();
    check_baseline();
    journal_.guard_until =
        context_.clock.wall_seconds() + context_.config.guard_timeout.count() / 1000;
    if (const auto stopped = arm()) {
      remove_journal(site_.store);
      throw Interrupted(*stopped->signal);
    }
    note_begun();
    outcome_.end_with(Outcome::Result::kBegun, ExitCode::kOk);
    outcome_.live = "the old version; backed up and armed";
    outcome_.next.emplace_back("backstep finish --status success|failure|cancelled");
    return finished();
  }

 private:
  void back_up() {
    TakenSet taken = take_backup(site_, journal_);
    before_ = std::move(taken.live);
    live_ = before_;
  }

  // A mistyped check must not roll a good deploy back, so it proves before anything changes that it
  // can run. Once per story, not per attempt: at most ten seconds.
  void check_baseline() {
    if (journal_.health.empty() || !context_.config.health.baseline) return;
    Commands commands(site_, journal_);
    commands.now_live(before_.digest, {});
    const ProcessResult result = commands.check_once();
    if (result.end == ProcessResult::End::kStopped) throw Interrupted(result.signal);
    if (result.cannot_run()) {
      if (names_missing_file(journal_.health.test, context_.workspace)) return;
      if (!context_.may_redeploy) return note_check_of_elsewhere(result);
      const std::string advice =
          missing_program_advice(result, journal_.health.test, context_.environment);
      throw Error(ExitCode::kUsage,
                  fmt::format("the health check cannot run: {} {}{}; nothing was changed{}{}",
                              in_quotes(journal_.health.shown().shown()), result.described(),
                              result.told.empty() ? quoted_tail(result) : "",
                              advice.empty() ? "" : "; ", advice));
    }
    journal_.was_unhealthy_before = !result.succeeded();
    if (journal_.was_unhealthy_before) {
      context_.listener.warning(
          fmt::format("the health check fails already before the deploy ({})", result.described()));
    }
  }

  // A guard's container lacks the programs of the checkout's check; the job has its own.
  void note_check_of_elsewhere(const ProcessResult& result) {
    journal_.was_unhealthy_before = true;
    context_.listener.warning(fmt::format(
        "the health check cannot run in this container ({}): the job's status alone will decide",
        result.described()));
  }

  std::optional<StepFailure> arm() {
    journal_.phase = Phase::kArmed;
    try {
      save_journal(site_.store, journal_);
    } catch (const Error& error) {
      remove_journal(site_.store);
      throw error.within("cannot begin, nothing was changed", ExitCode::kBackupFailed);
    }
    return stop_signal();
  }

  // A begin that fails is never finished, so it must not leave the store guarded.
  void note_begun() {
    try {
      note_begin(site_, journal_);
    } catch (const Error& error) {
      remove_journal(site_.store);
      throw error.within("cannot begin, nothing was changed", ExitCode::kBackupFailed);
    }
  }

  std::optional<StepFailure> generate() {
    if (!journal_.generate.empty()) {
      if (auto failure = run_command(Step::kGenerate, journal_.generate, journal_.timeouts.generate,
                                     ExitCode::kGenerateFailed)) {
        return failure;
      }
    }
    if (auto failure = read_generated()) return failure;
    journal_.phase = Phase::kGenerated;
    save_journal(site_.store, journal_);
    return stop_signal();
  }

  std::optional<StepFailure> deploy() {
    journal_.phase = Phase::kDeploying;
    journal_.owed = false;  // an earlier run's debt: this deploy pays it
    save_journal(site_.store, journal_);
    if (!journal_.deploy.empty()) {
      if (auto failure = run_command(Step::kDeploy, journal_.deploy, journal_.timeouts.deploy,
                                     ExitCode::kNotRolledBack)) {
        return failure;
      }
    }
    read_live();
    journal_.phase = Phase::kDeployed;
    save_journal(site_.store, journal_);
    return stop_signal();
  }

  std::optional<StepFailure> check_health() { return judge_health(site_, journal_, outcome_); }

  // What the generator left is read at once: a symlink or a directory in an entrypoint's place is
  // the generator's failure, not the deploy's.
  std::optional<StepFailure> read_generated() {
    try {
      read_live();
      if (hand_over_generated(site_, before_, live_)) read_live();
    } catch (const Error& error) {
      StepFailure failure;
      failure.shown = {"generate", "left files that cannot be used: " + error.message(), ""};
      failure.code = ExitCode::kGenerateFailed;
      return failure;
    }
    outcome_.unchanged = outcome_.changed.empty();
    for (const std::string& name : outcome_.changed) context_.listener.generated(spoken(name));
    if (outcome_.unchanged && !journal_.generate.empty()) {
      context_.listener.note("The generator changed nothing");
    }
    return std::nullopt;
  }

  // "entrypoint.sh for SERVICE", as the original said it; any other file by its path.
  std::string spoken(const std::string& changed) const {
    const Patterns& patterns = journal_.patterns;
    const std::string path =
        fmt::format("{}/{}/{}", patterns.services_dir, changed, patterns.entrypoint_file);
    const bool is_service =
        find_entry(before_.files, path) != nullptr || find_entry(live_.files, path) != nullptr;
    return is_service ? patterns.entrypoint_file + " for " + changed : changed;
  }

  void read_live() {
    const Index index = Index::load(site_.store);
    live_ = read_live_set(site_.tree(journal_.patterns), &index);
    journal_.digest = live_.digest;
    journal_.recorded = record_of(live_.files);
    outcome_.changed = changed_between(before_.files, live_.files, journal_.patterns);
  }

  std::optional<StepFailure> run_command(Step step, const Command& command, Duration timeout,
                                         ExitCode code) {
    Commands commands(site_, journal_);
    commands.now_live(live_.digest, outcome_.changed);
    const ProcessResult result = commands.run(step, command, timeout);
    if (result.succeeded()) return stop_signal();
    StepFailure failure = failure_of(step, result);
    failure.code = code;
    failure.advice = missing_program_advice(result, command, context_.environment);
    return failure;
  }

  std::optional<StepFailure> stop_signal() { return stopped_by_signal(context_); }

  Outcome end_before_deploy(const StepFailure& failure) {
    put_files_back(site_, journal_, failure, outcome_);
    return finished();
  }

  Outcome end_after_deploy(const StepFailure& failure) {
    step_back(site_, journal_, failure, outcome_);
    return finished();
  }

  // A step of ours failed (a full disk, a journal that cannot be written): the run goes back like
  // any failed run, and says why.
  Outcome end_by_error(const Error& error) {
    StepFailure failure;
    failure.shown = {"backstep", "failed: " + error.message(), ""};
    return journal_.deploy_may_have_begun() ? end_after_deploy(failure)
                                            : end_before_deploy(failure);
  }

  Outcome finished() {
    outcome_.run = journal_.run;
    outcome_.backup = journal_.backup;
    outcome_.was_unhealthy_before = journal_.was_unhealthy_before;
    return std::move(outcome_);
  }

  const Site& site_;
  const Context& context_;
  Journal journal_;
  LiveSet before_;
  LiveSet live_;
  Outcome outcome_;
};

Outcome tell(const Context& context, const std::string& verb, Outcome (Story::*telling)()) {
  const Store store = open_store(context);
  Arrival arrival(context, store, verb);
  Story story(arrival.site(), arrival.new_journal());
  try {
    return (story.*telling)();
  } catch (const Error& error) {
    return outcome_of_error(arrival.site(), error);
  }
}

}  // namespace

Outcome run(const Context& context) {
  return tell(context, "run", &Story::run);
}
Outcome begin(const Context& context) {
  return tell(context, "begin", &Story::begin);
}

}  // namespace backstep
