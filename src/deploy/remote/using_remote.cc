// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "deploy/remote/exchange.h"
#include "store/records/history.h"

namespace backstep {
namespace {

constexpr Duration kLongestExchange = std::chrono::minutes(2);
constexpr Duration kLastSeconds = std::chrono::seconds(5);  // until a runner kills what it cancelled
constexpr Duration kOnceMore = std::chrono::seconds(10);
constexpr Duration kPatience = std::chrono::seconds(30);  // of who rolls back by hand
constexpr int kTries = 3;
constexpr size_t kLargestEvent = size_t{16} << 20;

// Whether everybody can read the repository that a job works on, as far as its platform tells.
bool is_public(const Environment& environment) {
  if (environment.get("CI_PROJECT_VISIBILITY") == "public") return true;
  const std::string event = environment.get("GITHUB_EVENT_PATH");
  try {
    const PathParts parts = parts_of(event);
    const Directory place = Directory::open_root(std::string(parts.parent), event);
    const Json json = Json::parse(place.read_small_file(parts.name, kLargestEvent).value_or("{}"));
    const Json* repository = json.find("repository");
    return repository != nullptr && !repository->flag_or("private", true);
  } catch (const Error&) {
    return false;  // nobody knows
  }
}

void require_use(const Context& context) {
  const RemoteSettings& settings = context.config.remote;
  if (!context.config.distrust.empty()) refuse_usage("remote: " + context.config.distrust);
  if (!settings.is_own() || settings.is_public || !is_public(context.environment)) return;
  refuse_usage(
      "remote: this repository is public, and so is what would be stored in it: name another one "
      "(git: URL), or allow that (public: true)");
}

std::string news_of(const Imported& came) {
  if (came.brought_nothing()) return "nothing new";
  return fmt::format("new are {}, {} and {} of history", counted(came.count(ImportedSet::Fate::kCameIn), "set"),
                     counted(came.verdicts, "verdict"), counted(came.history, "line"));
}

Fetched fetch_or_begin(const Site& site, Fetching how) {
  Exchange exchange(site, how == Fetching::kForRescue ? kPatience : kLongestExchange);
  const bool stores = how == Fetching::kForRun;
  Fetched fetched = exchange.fetch(stores && site.context.config.remote.required);
  const std::string& where = fetched.where;
  const bool begins = !fetched.is_there && stores;
  site.context.listener.note(fetched.is_there
                                 ? "Fetched from " + where + ": " + news_of(fetched.came)
                                 : fmt::format("Nothing is stored in {} yet{}", where,
                                               begins ? "; from now on who can read that can read the store" : ""));
  if (begins) exchange.store(1);
  return fetched;
}

// A merge may give these sets other names, to make place for those that come.
void follow(Journal& journal, const std::vector<MergedIds::Move>& moves) {
  for (const MergedIds::Move& move : moves) {
    for (RecordedSet* set : {&journal.backup, &journal.stands_in}) {
      if (set->ref == move.from) set->ref.id = move.to;
    }
  }
}

}  // namespace

Fetched fetch_remote(const Site& site, Fetching how) {
  const Context& context = site.context;
  if (context.config.remote.empty()) return {};
  require_use(context);
  try {
    return fetch_or_begin(site, how);
  } catch (const Error& error) {
    if (error.code() == ExitCode::kUsage) throw;
    if (context.config.remote.required && how != Fetching::kForRescue) {
      throw error.within("cannot use the remote, nothing was changed", ExitCode::kBackupFailed);
    }
    context.listener.warning("the store cannot be fetched, this goes on with what is here: " + error.message());
    return {};
  }
}

bool store_remote(const Site& site) {
  const Context& context = site.context;
  if (context.config.remote.empty()) return false;
  require_use(context);
  const bool is_stopped = context.signals.caught().has_value();
  if (is_stopped) context.signals.await_another();
  try {
    Exchange exchange(site, is_stopped ? kLastSeconds : kLongestExchange);
    if (!exchange.store(is_stopped ? 1 : kTries)) return false;
    context.listener.note("Stored in " + exchange.where());
    return true;
  } catch (const Interrupted& interrupted) {
    throw Error(ExitCode::kOnlyHere, interrupted.what());
  }
}

Outcome stored_remotely(const Site& site, Outcome outcome) {
  const bool is_there = try_to(site.context.listener, "the record is only here", [&] { store_remote(site); });
  if (is_there || !site.context.config.remote.required) return outcome;
  const std::string push = site.context.place.command("push");
  outcome.live += "; the record is only here";
  outcome.advise("store it in the remote", push);
  if (outcome.exit_status == 0) outcome.exit_status = static_cast<int>(ExitCode::kOnlyHere);
  return outcome;
}

std::optional<std::pair<std::string, std::string>> overtaken_by(OpenRun& run) {
  if (run.context.config.remote.empty() || run.context.signals.caught()) return std::nullopt;
  std::set<std::string> known;
  for (const HistoryLine& line : load_history(run.store)) known.insert(line.run);
  try_to(run.listener, "whether another run was quicker is not known", [&] {
    require_use(run.context);
    try {
      follow(run.journal, Exchange(run.site, kOnceMore).fetch().came.renamed);
    } catch (const Interrupted&) {  // the files come back all the same, and who goes on asks for it
    }
  });
  const Catalog catalog = read_catalog(run.store);
  const std::vector<HistoryLine> history = load_history(run.store);
  for (auto line = history.rbegin(); line != history.rend(); ++line) {
    const std::string digest = digest_put_live(*line, catalog);
    if (known.contains(line->run) || digest.empty() || digest == run.journal.digest) continue;
    return std::pair{digest, fmt::format("run {} of {} put it live meanwhile", line->run, printable(line->owner))};
  }
  return std::nullopt;
}

}  // namespace backstep
