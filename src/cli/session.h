// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/secrets.h"
#include "cli/verbs.h"
#include "config/file/load.h"
#include "deploy/run/open_run.h"
#include "deploy/run/outcome.h"
#include "report/log/console.h"
#include "report/log/progress_view.h"
#include "report/outcome/recorder.h"
#include "report/platform/platform.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"

namespace backstep {

// What a verb that looks says of one store.
struct LookAnswer {
  std::string text;
  Json json;
};

// What a verb needs, made from its invocation: workspace and settings, and for verbs that change
// something the real seams. With --json stdout has the answer alone; what a run tells is on stderr.
class Session {
 public:
  // What stdout is for: where the verb alone writes to it (`export -` the archive,
  // `completion words` what a shell reads), everything else is on stderr.
  enum class Stdout { kAnswer, kVerbsOwn };

  explicit Session(const Invocation& invocation, Stdout purpose = Stdout::kAnswer);

  const Workspace& workspace() const { return settings_.workspace; }
  const Config& config() const { return settings_.loaded.config; }
  const LoadedConfig& loaded() const { return settings_.loaded; }
  bool json() const { return json_; }
  bool checksum() const { return flags_.has("checksum"); }
  // Whether a person reads the answer as it comes: not a file, a pipe or a pipeline's log.
  bool on_terminal() const { return answer_.is_terminal(); }
  bool in_colour() const { return answer_.in_colour(); }
  Telling telling() const { return telling_; }
  const Secrets& secrets() const { return secrets_; }
  const Environment& environment() const { return environment_; }
  const ParsedFlags& flags() const { return flags_; }

  // The stores that the verb can be about: those of all environments where nobody said which.
  const std::vector<StorePlace>& places() const;
  // The only one of them. Throws Error (kUsage) that names them where there are several.
  const StorePlace& place() const;
  // From here on it is that one.
  void choose(const StorePlace& place) { places_ = {place}; }
  // For verbs that ask no store: whichever is there, it is all the same to them.
  void choose_any() { places_ = {backups_dir_}; }
  // For verbs that end what is open: of several environments it is the one whose run is.
  void choose_open_run();
  // backups_dir, for what is the same in all of them.
  const StorePlace& backups_dir() const { return backups_dir_; }
  // The store for verbs that only look; nullopt when there is none.
  std::optional<Store> find_store() const { return find_store(place()); }
  std::optional<Store> find_store(const StorePlace& place) const;
  const Patterns& patterns() const { return patterns_; }
  Tree tree() const { return {workspace(), patterns_, backups_dir_, nullptr, checksum()}; }
  // What lies there now; odd files included, for a look must not fail because of them.
  LiveSet live() const;

  // For verbs that only look: an open run is said beside the answer, never in it.
  void tell_open_run();  // of each environment
  // That the remote holds what nobody has fetched here, where a verb tells what the store holds.
  void tell_unfetched();
  // The same of a last good version that no backup holds.
  void tell_lost_good(const KnownGood& good);

  // Blocks the stop signals from here on: they are answered by the story.
  Context& context();
  Context& context_to_run();  // for who runs commands of the settings; Error (kUsage): none may

  // Beside the answer, as a run would tell it.
  void warn(const Shown& text) { recorder_.warning(text); }
  // Is told of work that takes long.
  Progress* progress() { return &progress_; }

  void print(const std::string& text);
  // The same of a text that sees itself to what stands in it: colours, bytes as they are.
  void pass(const std::string& text);
  void print(const Json& answer);
  // The one or the other, as --json says.
  void answer(const Json& json, const std::string& text) { json_ ? print(json) : print(text); }
  // What is to be said of the store that was meant; where nobody said which and there are several,
  // of each under its name: in JSON as the member `environments`.
  void answer_each(std::string_view kind, const std::function<LookAnswer(const StorePlace&)>& look);
  // Prints an outcome, reports it and returns its exit status.
  int conclude(Outcome outcome);
  // Beside the files on the platform's page, where it has one.
  void annotate(const LintReport& report);
  // Hands it to the CI system alone: outputs, summary, annotations, report files.
  void report(Outcome outcome);

 private:
  void say_where_to_go_on(Outcome& outcome) const;
  void add_diff(Outcome& outcome);  // where a report shows it
  void deliver(const Outcome& outcome);

  const Environment& environment_;
  const ParsedFlags& flags_;
  bool json_;
  Telling telling_;
  Settings settings_;
  Patterns patterns_ = patterns_of(settings_.workspace, settings_.loaded.config);
  StorePlace backups_dir_ = store_place(settings_.workspace, settings_.loaded.config);
  mutable std::vector<StorePlace> places_;
  Secrets secrets_;
  Output stdout_;
  Output stderr_;
  Output& answer_;
  Output& log_;  // what a run tells on its way
  std::unique_ptr<Platform> platform_;
  SystemClock clock_{nullptr};
  ProgressView progress_;
  Console console_;
  Recorder recorder_;
  struct Running;
  std::shared_ptr<Running> running_;
};

// The store, for verbs that cannot do without one; Error (kUsage) says that there is none yet. Of
// several environments it is the only one that has the sets of these names.
Store existing_store(Session& session, const std::vector<std::string>& names);

// Error (kUsage) names the environment that has a set of this ID where only another one has.
void refuse_set_of_another(const Session& session, const std::string& name);

// As named_set() of the catalog, and "last-good": the newest set that is known good.
SetRef chosen_set(const Store& store, const Catalog& catalog, const std::string& name);

// Where FILE of `export` and `import` is. Like the settings' file: a relative path is resolved
// beneath the current directory, through no symlink; an absolute one, and one with `..`, is
// wherever the user says, and only its directory may be reached through symlinks.
struct ArchivePlace {
  Directory directory;
  std::string path;  // of the directory, absolute
  std::string name;
  std::string shown;  // as the user wrote it
};

// Throws Error (kUsage) when its directory is not there.
ArchivePlace find_archive_place(const Workspace& workspace, const std::string& file);

// Throws Error (kUsage): where the store is, only the store's own files may be made, and what is no
// regular file (/dev/stdout, a FIFO) would be replaced by one.
void require_writable_place(const ArchivePlace& place, const Workspace& workspace, const StorePlace& store);

}  // namespace backstep
