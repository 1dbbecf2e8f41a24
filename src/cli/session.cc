// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include <fmt/core.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "config/pipeline.h"
#include "config/settings.h"
#include "deploy/remote/exchange.h"
#include "deploy/run/records.h"
#include "journal/journal.h"
#include "report/diff/diff_report.h"
#include "report/outcome/outcome_report.h"
#include "store/records/history.h"
#include "store/store.h"

namespace backstep {

struct Session::Running {
  SignalWatch signals;
  SystemClock clock{&signals};
  KeptProcessRunner runner;
  Context context;

  Running(const Session& session, Listener& listener)
      : runner{signals, session.secrets_},
        context{session.workspace(),
                session.config(),
                session.environment_,
                session.patterns(),
                session.place(),
                detect_pipeline(session.environment_),
                "",
                clock,
                runner,
                signals,
                listener} {
    context.secrets = session.secrets_;
    context.commit = context.pipeline.commit;
    if (context.commit.empty()) context.commit = git_commit(session.workspace());
    context.project = Project::of_caller(session.workspace(), session.config().project, session.environment_);
    context.checksum = session.checksum();
    context.owner = owner_of(session.config().owner, context.pipeline, getuid());
  }
};

Session::Session(const Invocation& invocation, Stdout purpose)
    : environment_(invocation.environment),
      flags_(invocation.flags),
      json_(invocation.flags.has("json")),
      telling_(flags_.has("quiet")     ? Telling::kLittle
               : flags_.has("verbose") ? Telling::kAll
                                       : Telling::kUsual),
      settings_(load_settings(invocation.current_directory, flags_.settings, environment_)),
      secrets_(invocation.secrets),
      stdout_(STDOUT_FILENO),
      stderr_(STDERR_FILENO),
      answer_(purpose == Stdout::kVerbsOwn ? stderr_ : stdout_),
      log_(json_ ? stderr_ : answer_),
      platform_(platform_of(environment_, config().allow_workflow_commands)),
      progress_(STDERR_FILENO, clock_, environment_),
      console_(log_, *platform_, &progress_, telling_),
      recorder_(console_, clock_, secrets_) {
  secrets_.add_variables(environment_, config().secrets);
  for (const auto* shown : {&settings_.loaded.shown, &settings_.loaded.shown_services}) {
    for (const ShownSetting& each : *shown) {
      secrets_.add_words_of(each.value, each.name);
      const bool is_insecure = each.name.ends_with(".insecure") && each.value == "true";
      if (is_insecure) recorder_.warning(each.name + ": true: no certificate is verified");
    }
  }
  stdout_.hide(secrets_);
  stderr_.hide(secrets_);
  for (Output* output : {&stdout_, &stderr_}) {
    output->tell([this](std::string_view bytes) { progress_.make_way_for(bytes); });
  }
  for (const std::string& text : settings_.loaded.warnings) recorder_.warning(text);
}

const std::vector<StorePlace>& Session::places() const {
  if (!places_.empty()) return places_;
  if (backups_dir_.environment.empty()) places_ = environments_in(workspace(), backups_dir_);
  if (places_.empty()) places_ = {backups_dir_};
  return places_;
}

const StorePlace& Session::place() const {
  if (places().size() == 1) return places().front();
  refuse_usage(
      fmt::format("{} holds several environments, {}: say which by --environment or "
                  "environment:",
                  in_quotes(backups_dir().display), environments_words(places())));
}

void Session::choose_open_run() {
  if (places().size() == 1) return;
  std::vector<StorePlace> open;
  std::vector<StorePlace> begun;  // by this job
  const std::string run = noted_begin(environment_);
  for (const StorePlace& each : places()) {
    const std::optional<Store> store = find_store(each);
    if (store && has_journal(*store)) open.push_back(each);
    if (store && !run.empty() && !history_about(*store, run).empty()) begun.push_back(each);
  }
  // Somebody else may have left one open beside it.
  if (open.size() != 1 && !begun.empty()) open = begun;
  // Nothing is open, whichever was meant.
  if (open.empty()) open = {backups_dir()};
  places_ = std::move(open);
}

std::optional<Store> Session::find_store(const StorePlace& place) const {
  return Store::open_existing(workspace(), place);
}

void Session::tell_open_run() {
  for (const StorePlace& place : places()) {
    const std::optional<Store> store = find_store(place);
    if (!store) continue;
    try {
      const std::optional<Journal> open = load_journal(*store);
      if (!open) continue;
      stderr_.say(
          fmt::format("Run {} is open ({}): see '{}'", open->run, name_of(open->phase), place.command("status")));
    } catch (const Error& error) {
      stderr_.say("⚠️ Warning: " + error.message());
    }
  }
}

void Session::tell_unfetched() {
  for (const StorePlace& place : places()) {
    const std::optional<Store> store = find_store(place);
    if (config().remote.empty() || (store && load_remote_state(*store).time != 0)) continue;
    warn("what the remote holds was never fetched here and does not count: type '" + place.command("pull") + "'");
  }
}

void Session::tell_lost_good(const KnownGood& good) {
  const std::string loss = good.loss();
  if (!loss.empty()) stderr_.say("⚠️ Warning: " + loss);
}

LiveSet Session::live() const {
  // Where several are there, none of them knows better.
  const std::optional<Store> found = find_store(places().front());
  const Index index = found ? Index::load(*found) : Index();
  LiveSet live = read_live_set(tree(), &index, Oddities::kReport);
  for (const FileEntry& file : live.files) secrets_.keep_name(file.path, live.warnings);
  return live;
}

Context& Session::context() {
  if (!running_) running_ = std::make_shared<Running>(*this, recorder_);
  return running_->context;
}

Context& Session::context_to_run() {
  if (!config().distrust.empty()) refuse_usage("nothing was changed: " + config().distrust);
  return context();
}

void Session::print(const std::string& text) { answer_.say_lines(platform_->harmless(text)); }
void Session::pass(const std::string& text) { answer_.pass(platform_->harmless(text)); }
void Session::print(const Json& answer) {
  const auto look = [&](const std::string& text) { return secrets_.hidden_in(text); };
  answer_.obeyed(platform_->harmless_json(answer.pretty(look)) + "\n");
}

void Session::answer_each(std::string_view kind, const std::function<LookAnswer(const StorePlace&)>& look) {
  if (places().size() == 1) {
    const LookAnswer only = look(place());
    return answer(only.json, only.text);
  }
  Json::Array all;
  for (const StorePlace& place : places()) {
    const LookAnswer one = look(place);
    const char* gap = all.empty() ? "" : "\n";
    const std::string name = place.environment == kNameless ? "without a name" : printable(place.environment);
    if (!json_) print(gap + name + ":\n" + one.text);
    Json::Object members = {{"environment", place.environment}};
    if (const Json::Object* own = one.json.object()) members.insert(members.end(), own->begin(), own->end());
    all.emplace_back(std::move(members));
  }
  if (json_) print(json_answer(kind, {{"environments", std::move(all)}}));
}

// A later step of the job can type what a begin names.
void Session::say_where_to_go_on(Outcome& outcome) const {
  const StorePlace& store = backups_dir();
  const bool is_over = outcome.result != Outcome::Result::kBegun && is_thrown_away(environment_);
  if (!is_over || store.absolute || outcome.next.empty()) return;
  NextStep first{
      fmt::format("this runner is thrown away: get {} from the job's artifact or its cache, or set 'remote: git'",
                  store.display),
      store.command("import store.tar")};
  if (config().remote.empty()) outcome.next.clear();
  if (!config().remote.empty())
    first = {"this runner is thrown away: begin in a checkout of your own", store.command("pull")};
  outcome.next.insert(outcome.next.begin(), std::move(first));
}

int Session::conclude(Outcome outcome) {
  say_where_to_go_on(outcome);
  if (running_) running_->signals.outlive();
  add_diff(outcome);
  if (json_) {
    print(outcome_json(outcome, recorder_.record()));
  } else if (telling_ == Telling::kLittle && outcome.exit_status == 0) {
    print(split(outcome_text(outcome), '\n').front() + "\n");
  } else {
    print("\n" + outcome_text(outcome));
  }
  deliver(outcome);
  if (stdout_.failed()) stderr_.say("backstep: some output was lost: stdout took no more");
  return outcome.exit_status;
}

void Session::annotate(const LintReport& report) {
  Outcome outcome;
  outcome.lint = report;
  log_.obeyed(platform_->annotations(without_secrets(outcome, secrets_), {}));
}

void Session::add_diff(Outcome& outcome) {
  const bool shown = json_ || environment_.has("GITHUB_STEP_SUMMARY") || !config().reports.empty();
  if (!shown || (outcome.changed.empty() && outcome.evidence.empty())) return;
  try {
    const std::optional<Store> store = find_store();
    if (store) outcome.diff = diff_of_run(*store, tree(), outcome, secrets_);
  } catch (const Error& error) {
    recorder_.warning("the reports have no diff: " + error.message());
  }
}

void Session::report(Outcome outcome) {
  add_diff(outcome);
  deliver(outcome);
}

void Session::deliver(const Outcome& told) {
  const Outcome outcome = without_secrets(told, secrets_);
  write_report_files(workspace(), config(), outcome, recorder_);
  platform_->tell_end(outcome, recorder_, log_);
}

}  // namespace backstep
