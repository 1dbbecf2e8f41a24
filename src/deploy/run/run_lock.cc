// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/run_lock.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "store/set_id.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

// flock has no timeout, so the lock is asked for again at this pace.
constexpr Duration kPace{100};

class Waiting {
 public:
  explicit Waiting(const Context& context)
      : context_(context), deadline_(context.clock.steady() + context.config.lock_wait) {}

  // Throws when the time is up or a stop signal came.
  void wait_for(const std::string& whom) {
    const Duration left = deadline_ - context_.clock.steady();
    if (left <= Duration(0)) {
      throw Error(ExitCode::kLockHeld,
                  fmt::format("another run has the store: {}; gave up after lock_wait ({}), nothing was changed", whom,
                              format_duration(context_.config.lock_wait)));
    }
    if (!said_) {
      context_.listener.note(
          fmt::format("Waiting up to {} for another run: {}", format_duration(context_.config.lock_wait), whom));
      said_ = true;
    }
    if (context_.clock.wait(std::min(kPace, left))) {
      throw Interrupted(context_.signals.caught().value_or(15));
    }
  }

 private:
  const Context& context_;
  Duration deadline_;
  bool said_ = false;
};

void refuse_call_from_within(const Context& context, const std::string& holder) {
  const std::string run = context.environment.get("BACKSTEP_RUN_ID");
  if (!run.empty() && holder.starts_with("run " + run + ":")) {
    throw Error(ExitCode::kLockHeld,
                fmt::format("called from within a command of run {}, which waits for that command: "
                            "this would never end",
                            run));
  }
}

std::string described(const Journal& journal) {
  return fmt::format("run {} of {}, begun {}, is waiting for its finish until {}", journal.run,
                     printable(journal.owner), utc_text(journal.started), utc_text(journal.guard_until));
}

std::optional<Journal> open_journal(const Context& context, const Store& store) {
  try {
    return load_journal(store);
  } catch (const Error& error) {
    if (error.code() != ExitCode::kDamaged) throw;
    throw Error(error.code(), fmt::format("{} ('{}' ends that run and leaves its files as they are)", error.message(),
                                          context.place.command("recover --keep")));
  }
}

// One lock for all environments of a tree: they deploy the same files.
const Directory& lock_place(const Store& store) {
  return store.common() != nullptr ? *store.common() : store.control();
}

std::optional<StoreLock> try_lock(const Store& store) {
  try {
    return StoreLock::try_acquire(lock_place(store), store.owner());
  } catch (const Error& error) {
    throw error.within("cannot use the store, nothing was changed", ExitCode::kBackupFailed);
  }
}

}  // namespace

RunLock take_run_lock(const Context& context, const Store& store, Intent intent) {
  Waiting waiting(context);
  while (true) {
    std::optional<StoreLock> lock = try_lock(store);
    if (!lock) {
      const Directory& place = lock_place(store);
      std::string holder = lock_holder(place);
      refuse_call_from_within(context, holder);
      holder = holder.empty() ? "its name is not known" : printable(trimmed(holder));
      const bool is_open = (place.own_status().mode & S_IRWXO) != 0;  // who may open it may lock it
      waiting.wait_for(is_open ? holder + ", or anybody: chmod o-rwx " + place.display() : holder);
      continue;
    }
    store.forget_records();
    std::optional<Journal> open;
    if (intent != Intent::kTend) open = open_journal(context, store);
    if (intent != Intent::kChange || !open || !open->is_guarded(context.clock.wall_seconds())) {
      return {std::move(*lock), std::move(open)};
    }
    if (open->owner == context.owner) {
      throw Error(ExitCode::kLockHeld, fmt::format("{}; call '{}' first", described(*open),
                                                   context.place.command("finish --status success|failure")));
    }
    lock.reset();
    waiting.wait_for(fmt::format("{}; '{}' ends it where nobody works on it any more", described(*open),
                                 context.place.command("recover")));
  }
}

void announce(const Site& site, std::string_view verb, const std::string& run) {
  const Context& context = site.context;
  const std::string& actor = context.pipeline.actor;
  const std::string& url = context.pipeline.url;
  const std::string holder =
      fmt::format("run {}: {} by {}{} since {}{}\n", run, verb, context.owner, actor.empty() ? "" : " (" + actor + ")",
                  utc_text(context.clock.wall_seconds()), url.empty() ? "" : ", " + url);
  try {
    site.lock.set_holder(holder);
  } catch (const Error& error) {
    // Nothing rests on it, and a full disk must not keep anybody from going back.
    if (!is_out_of_room(error)) throw;
    context.listener.warning("who waits is not told who holds the lock: " + error.message());
  }
}

}  // namespace backstep
