// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "deploy/run/open_run.h"
#include "journal/journal.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"
#include "support/fake_clock.h"
#include "support/fake_process_runner.h"
#include "support/recording_listener.h"
#include "support/workspace_at.h"
#include "unit/store/stored_sets.h"

namespace backstep::test {

// A whole script for a word that a test knows it by; its interpreter has no check of the syntax, so
// that lint starts no command among those that a scene scripts.
inline std::string script_text(const std::string& word) { return "#!/bin/script\n" + word; }

using Variables = std::map<std::string, std::string, std::less<>>;

// A whole workspace with real files and a real store; time, commands and the listener are fakes.
// The commands are called `generate`, `deploy`, `check` and `rollback`; what they do is scripted by
// on(), and which phase the journal on disk was in while each ran is kept.
struct DeployScene {
  using Doing = std::function<ProcessResult()>;

  TempDir temp;
  Workspace workspace = workspace_at(temp.path());
  Config config = four_commands();
  Environment environment;
  FakeClock clock;
  FakeProcessRunner runner;
  SignalWatch signals;
  RecordingListener listener;
  Context context{workspace, config,  environment, original_patterns(), {"backups", false, "backups"}, {}, "me", clock,
                  runner,    signals, listener};
  std::vector<std::string> ran;  // "deploy while deploying"

  DeployScene() {
    runner.answer = [this](const ProcessSpec& spec) {
      const std::string name = variable(spec, "BACKSTEP_PHASE");
      ran.push_back(spec.argv.back() + " while " + phase());
      const auto found = doing_.find(name == "baseline" ? "baseline" : spec.argv.back());
      return found == doing_.end() ? exited(0) : found->second();
    };
  }

  static Config four_commands() {
    Config config;
    config.generate.text = "generate";
    config.deploy.text = "deploy";
    config.rollback.command.text = "rollback";
    config.health.test.text = "check";
    config.health.baseline = false;
    config.health.retries = 1;
    config.health.start_period = Duration(0);
    config.health.min_healthy_time = Duration(0);
    config.lock_wait = Duration(1000);
    return config;
  }

  void on(const std::string& command, Doing doing) { doing_[command] = std::move(doing); }
  void generate_writes(const std::string& text) {
    on("generate", [this, text] {
      script("a", text);
      return exited(0);
    });
  }
  // Healthy or not by what lies there, as a real service would be.
  void healthy_with(const std::string& text) {
    on("check", [this, text] { return exited(script_of("a") == text ? 0 : 7, "said no\n"); });
  }

  void script(const std::string& service, const std::string& text, unsigned mode = 0755) const {
    temp.write(service_path(service), script_text(text), mode);
  }
  std::string script_of(const std::string& service) const {
    const std::string script = temp.read(service_path(service));
    return script.starts_with(script_text("")) ? script.substr(script_text("").size()) : script;
  }

  Store store() const { return Store::open_or_create(workspace, context.place); }
  std::optional<Journal> journal() const { return load_journal(store()); }
  std::string phase() const {
    const auto store = Store::open_existing(workspace, context.place);
    const auto open = store ? load_journal(*store) : std::nullopt;
    return open ? std::string(name_of(open->phase)) : "no journal";
  }
  std::string last_event() const {
    const auto history = load_history(store());
    return history.empty() ? "none" : std::string(name_of(history.back().event));
  }
  Verdict verdict_on(const std::string& text) const {
    const std::vector<FileEntry> files{entry_for(service_path("a"), script_text(text))};
    return Verdicts::load(store()).of(set_digest(files));
  }
  std::vector<std::string> sets(Shelf shelf) const {
    std::vector<std::string> ids;
    for (const CatalogEntry& entry : read_catalog(store()).entries) {
      if (entry.ref.shelf == shelf) ids.push_back(entry.ref.id);
    }
    return ids;
  }

  // What a job that is cancelled gets; the watch of this scene takes it.
  static void stop(int signal = SIGTERM) { raise(signal); }

 private:
  std::map<std::string, Doing> doing_;
};

// A site on a scene's store, with the lock held.
struct SiteScene : DeployScene {
  Store opened = store();
  StoreLock lock = *StoreLock::try_acquire(opened.control(), std::nullopt);
  Site site{context, opened, lock};
};

inline Journal journal_of_run(const std::string& run = "2024-03-10_14-23-00") {
  Journal journal;
  journal.run = uid_of("run " + run);
  journal.verb = RunVerb::kRun;
  journal.owner = "me";
  journal.backup = recorded_as(run);
  journal.started = FakeClock::kStart;
  journal.patterns = original_patterns();
  journal.settings.deploy.text = "deploy";
  journal.settings.rollback.command.text = "rollback";
  journal.settings.health = DeployScene::four_commands().health;
  return journal;
}

// A run that is open on a scene's store.
struct RunScene : SiteScene {
  explicit RunScene(const std::string& of = "2024-03-10_14-23-00") : run(site, journal_of_run(of)) {}

  OpenRun run;
  Journal& journal = run.journal;
  Outcome& outcome = run.outcome;
};

}  // namespace backstep::test
