// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/json.h"
#include "cli/verbs.h"
#include "config/load.h"
#include "deploy/context.h"
#include "deploy/outcome.h"
#include "report/console.h"
#include "report/log_dialect.h"
#include "report/recorder.h"

namespace backstep {

// What a verb needs, made from its invocation: workspace and settings, and for verbs that change
// something the real seams. With --json the answer is the only thing on stdout; what a run tells on
// its way goes to stderr.
class Session {
 public:
  // What stdout is for: `export -` puts the archive there, and then everything else is on stderr.
  enum class Stdout { kAnswer, kArchive };

  explicit Session(const Invocation& invocation, Stdout purpose = Stdout::kAnswer);

  const Workspace& workspace() const { return workspace_; }
  const Config& config() const { return loaded_.config; }
  const LoadedConfig& loaded() const { return loaded_; }
  bool json() const { return json_; }
  const ParsedFlags& flags() const { return flags_; }

  // The store for verbs that only look; nullopt when there is none.
  std::optional<Store> find_store() const;
  Patterns patterns() const { return patterns_of(workspace_, loaded_.config); }
  StorePlace place() const { return store_place(workspace_, loaded_.config); }
  // What lies there now; odd files included, for a look must not fail because of them.
  LiveSet live() const;

  // For verbs that only look: an open run is said beside the answer, never in it.
  void tell_open_run();

  // Blocks the stop signals from here on: they are answered by the story.
  Context& context();

  void print(const std::string& text);
  void print(const Json& answer);
  // Prints an outcome, reports it and returns its exit status.
  int conclude(const Outcome& outcome);
  // Hands it to the CI system alone: outputs, summary, annotations, report files.
  void report(const Outcome& outcome);

 private:
  const Environment& environment_;
  const ParsedFlags& flags_;
  bool json_;
  Workspace workspace_;
  LoadedConfig loaded_;
  Output stdout_;
  Output stderr_;
  Output& answer_;
  std::unique_ptr<LogDialect> dialect_;
  Console console_;
  SystemClock clock_{nullptr};
  Recorder recorder_;
  struct Running;
  std::shared_ptr<Running> running_;
};

}  // namespace backstep
