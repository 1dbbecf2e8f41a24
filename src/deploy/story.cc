// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "deploy/opening.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/steps.h"
#include "health/check.h"

namespace backstep {
namespace {

// How the run ends is written behind what they hold: what is too large to be read is found out now,
// not when the new version is live.
void require_readable_records(const Store& store) {
  try {
    for (const char* name : {kVerdictsFile, kHistoryFile}) store.read_records(name);
  } catch (const Error& error) {
    throw error.within("cannot begin, nothing was changed", ExitCode::kBackupFailed);
  }
}

// Top to bottom in the order in which it happens. Each step returns why the run cannot go on, or nothing.
class Story {
 public:
  explicit Story(const Opening& opening) : run_(opening.site(), opening.new_journal()), journal_(run_.journal) {}

  Outcome run() {
    look_at_commands(run_.context, journal_);
    if (journal_.settings.has_check()) {
      run_.listener.note("If this version is broken, it stays live " + patience_words(journal_.settings));
    }
    back_up();
    check_baseline(run_, before_);
    run_.outcome.deploys_nothing = journal_.settings.deploy.empty();
    std::optional<StepFailure> failure;
    // Without a generator nothing happens before the deploy, and its record is the first.
    if (!journal_.settings.generate.empty()) failure = arm();
    if (!failure) failure = go_live();
    before_ = LiveSet();
    if (failure) live_ = LiveSet();  // going back makes its own lists of all files
    // Where a step of ours fails here (a full disk), going back has failed: nothing tries it again.
    failure ? roll_back(run_, *failure) : accept(run_, live_);
    return stored_remotely(run_.site, run_.end());
  }

  Outcome begin() {
    look_at_commands(run_.context, journal_);
    back_up();
    check_baseline(run_, before_);
    journal_.guard_until =
        run_.now() + std::min(journal_.settings.guard_timeout.count() / 1000, Journal::kLongestGuard);
    if (const auto stopped = arm()) {
      close_journal(run_.site);
      throw Interrupted(*stopped->signal);
    }
    begin_by([&] { note_begin(run_); });
    run_.outcome.end_with(Outcome::Result::kBegun, ExitCode::kOk);
    run_.outcome.set_live(Live::kSame, ": backed up and armed");
    run_.outcome.advise("say how the job ended", run_.command("finish --status success|failure|cancelled"));
    return run_.end();
  }

  // While the error is being handled.
  Outcome end_with(const Error& error) { return outcome_of_error(run_, error, armed_); }

 private:
  void back_up() {
    require_readable_records(run_.store);
    TakenSet taken = take_backup(run_);
    const Context& context = run_.context;
    journal_.backup_of = environment_that_runs(context.workspace, context.place, taken.manifest.digest);
    if (journal_.settings.rollback.enabled) {
      require_way_back(run_, taken.manifest.files, taken.live.held);
      const std::string why = why_no_way_back(taken.live, journal_);
      if (!why.empty() && leads_to_its_backup(run_)) run_.listener.urgent(why);
    }
    before_ = std::move(taken.live);
    live_ = before_;
  }

  std::optional<StepFailure> arm() {
    journal_.phase = Phase::kArmed;
    save_first();
    return stopped_by_signal(run_.context);
  }

  void save_first() {
    journal_.expected_files = before_.files.size();
    begin_by([&] {
      run_.save();
      hold_room(run_, before_.files);
    });
    armed_ = true;
  }

  // A begin that fails is never finished, so it must not leave the store guarded.
  template <typename Action>
  void begin_by(const Action& action) {
    try {
      action();
    } catch (const Error& error) {
      close_journal(run_.site);
      throw error.within("cannot begin, nothing was changed", ExitCode::kBackupFailed);
    }
  }

  // A step of ours that fails (a full disk, a journal that cannot be written) sends the run back
  // like any other failure, and says why.
  std::optional<StepFailure> go_live() {
    try {
      std::optional<StepFailure> failure = generate();
      if (!failure) failure = lint_changed(run_, before_, live_);
      if (!failure) failure = deploy();
      if (!failure) failure = judge_health(run_);
      return failure;
    } catch (const Error& error) {
      if (!armed_) throw;
      return StepFailure{.shown = {"backstep", "failed: " + error.message(), ""}};
    }
  }

  std::optional<StepFailure> generate() {
    const Config& settings = journal_.settings;
    if (auto failure =
            run_command(Step::kGenerate, settings.generate, settings.timeouts.generate, ExitCode::kGenerateFailed)) {
      return failure;
    }
    if (auto failure = read_generated()) return failure;
    tell_failed_before();
    journal_.phase = Phase::kGenerated;
    if (!settings.generate.empty()) run_.save();
    return stopped_by_signal(run_.context);
  }

  std::optional<StepFailure> deploy() {
    // What the generator did not bring, or took away, the rollback command would miss as well.
    const Config& settings = journal_.settings;
    const std::string why = armed_ ? look_for_program(run_.context, settings.deploy, settings.shell).why : "";
    if (!why.empty()) {
      return StepFailure{.shown = {"deploy", "cannot run: " + why, ""}, .code = ExitCode::kUsage};
    }
    write_changed_list(run_, run_.outcome.changed);
    journal_.phase = Phase::kDeploying;
    journal_.owed = false;  // an earlier run's debt: this deploy pays it
    armed_ ? run_.save() : save_first();
    run_.outcome.when.deploy_began = run_.now();
    if (auto failure =
            run_command(Step::kDeploy, settings.deploy, settings.timeouts.deploy, ExitCode::kNotRolledBack)) {
      if (is_past_return(*failure)) forbid_restoring(run_, *failure);
      return failure;
    }
    read_live();
    journal_.phase = Phase::kDeployed;
    // Without a check the acceptance comes next.
    if (settings.has_check()) run_.save();
    return stopped_by_signal(run_.context);
  }

  // It may say so of itself, or answer a timeout or a cancel like that.
  bool is_past_return(const StepFailure& failure) const {
    const std::vector<int>& codes = journal_.settings.rollback.no_rollback_exit_codes;
    return std::ranges::find(codes, failure.exit_code) != codes.end();
  }

  // What the generator left is read at once: a symlink or a directory in an entrypoint's place is
  // the generator's failure. What the deploy leaves there is named, and the check decides.
  std::optional<StepFailure> read_generated() {
    try {
      read_live();
      if (give_generated_to_owner(run_.site, before_, live_)) read_live();
    } catch (const Error& error) {
      return StepFailure{.shown = {"generate", "left files that cannot be used: " + error.message(), ""},
                         .code = ExitCode::kGenerateFailed};
    }
    const bool generates = !journal_.settings.generate.empty();
    if (generates && before_.empty() && live_.empty()) return nothing_generated();
    run_.outcome.unchanged = run_.outcome.changed.empty();
    std::vector<std::string> names;
    for (const std::string& name : run_.outcome.changed) names.push_back(spoken(name));
    run_.listener.generated(names);
    if (run_.outcome.unchanged && generates) {
      run_.listener.note("The generator changed nothing");
    }
    return std::nullopt;
  }

  StepFailure nothing_generated() const {
    const std::string words = look_for_untracked(run_.tree()).words;
    return {.shown = {"generate", "made nothing that is tracked: " + words, ""}, .code = ExitCode::kGenerateFailed};
  }

  // The deploy goes on, for a pass outranks what failed before.
  void tell_failed_before() {
    run_.outcome.failed_before = failed_before(run_.store, live_.digest);
    if (!run_.outcome.failed_before) return;
    const FailedBefore& failed = *run_.outcome.failed_before;
    const std::string when = described(failed);
    if (!failed.proved) {
      return run_.listener.note("A run with these files failed before, which proves nothing: " + when);
    }
    run_.listener.warning(fmt::format("these files are known bad: {}{}; deploying them all the same", when,
                                      failed.evidence.empty() ? "" : ", see " + failed.evidence));
  }

  // "entrypoint.sh for SERVICE", as the original said it; any other file by its path.
  std::string spoken(const std::string& changed) const {
    const Patterns& patterns = journal_.patterns;
    const std::vector<std::string> scripts = patterns.scripts_of(changed);
    const bool is_service = std::ranges::any_of(scripts, [&](const auto& path) {
      return find_entry(before_.files, path) != nullptr || find_entry(live_.files, path) != nullptr;
    });
    return is_service ? patterns.entrypoint_file + " for " + changed : changed;
  }

  // What is recorded must be what a power cut leaves, so it is flushed first.
  void read_live() {
    const bool deployed = journal_.phase == Phase::kDeploying;
    LiveSet now = run_.look(Index::load(run_.store), deployed ? Oddities::kReport : Oddities::kRefuse);
    if (deployed) forget_flushed(now);
    flush_live(run_.tree(), live_.files, now);
    live_ = std::move(now);
    run_.record(live_);
    run_.outcome.changed = changed_between(before_.files, live_.files, journal_.patterns);
  }

  // What the generator wrote was flushed before the deploy began, which most often leaves it alone.
  void forget_flushed(LiveSet& now) const {
    std::erase_if(now.rewritten, [&](const LiveSet::Rewritten& file) {
      const std::string& path = file.path;
      const FileEntry* then = find_entry(live_.files, path);
      const FileEntry* entry = find_entry(now.files, path);
      return then != nullptr && entry != nullptr && same_version(*then, *entry) && then->mtime_ns == entry->mtime_ns;
    });
  }

  std::optional<StepFailure> run_command(Step step, const Command& command, Duration timeout, ExitCode code) {
    if (command.empty()) return std::nullopt;
    const ProcessResult result = Commands(run_).run(step, command, timeout);
    if (result.succeeded()) return stopped_by_signal(run_.context);
    StepFailure failure = failure_of(step, result);
    failure.code = code;
    failure.advice = missing_program_advice(result, command, run_.context.environment);
    return failure;
  }

  OpenRun run_;
  Journal& journal_;
  LiveSet before_;
  LiveSet live_;
  bool armed_ = false;
};

Outcome tell(const Context& context, RunVerb verb, Outcome (Story::*telling)()) {
  const Store store = open_store(context);
  const Opening opening(context, store, verb);
  Story story(opening);
  try {
    return (story.*telling)();
  } catch (const Error& error) {
    return story.end_with(error);
  }
}

}  // namespace

Outcome run(const Context& context) { return tell(context, RunVerb::kRun, &Story::run); }
Outcome begin(const Context& context) { return tell(context, RunVerb::kBegin, &Story::begin); }

}  // namespace backstep
