// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "system/clock.h"
#include "system/process/command_output.h"
#include "system/process/keeper.h"
#include "system/process/process.h"

namespace backstep {

// One command under way, seen from our side. It never waits: a poll loop, which may feed several,
// asks for what to watch and until when, and hands over what it heard.
//
//   running ──its time is up, a stop signal──▶ ending ─┐
//      └──────────ended by itself──────────────────────┴─▶ its keeper is gone
//        ──the rest of its output is read, a cancel that may be on its way has come──▶ over
//
// Call keep_time() before each wait; once over(), take(). Destroyed before, it ends the command.
class Supervision {
 public:
  // Throws SystemError when no process or pipe can be made. `secrets` must outlive it.
  Supervision(ProcessSpec spec, const Secrets& secrets);
  ~Supervision();

  static constexpr size_t kWatched = 2;
  void watch(std::vector<pollfd>& watched) const;  // adds kWatched
  void hear(std::span<const pollfd, kWatched> heard, std::span<char> buffer);
  // Ends the command when that is due. `stop_asked`: a stop signal has arrived.
  void keep_time(bool stop_asked);
  Deadline next() const;  // when something may be due, whatever is heard

  bool over(bool stop_asked) const;
  ProcessResult take(std::optional<int> stop_signal);

 private:
  void end(Duration grace);
  void give_up();
  void read_report();
  void read_output(std::span<char> buffer);
  void show(std::string_view bytes);
  void judge(std::optional<int> stop_signal);
  bool looks_cancelled() const;

  const ProcessSpec spec_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  SecretFilter filter_;
  LiveLines live_;
  ProcessResult result_;

  Keeper keeper_;
  UniqueFd output_;  // read end, closed at its end of file
  KeeperReport report_;
  bool reported_ = false;
  bool keeper_gone_ = false;
  bool timed_out_ = false;
  bool stopping_ = false;
  Deadline timeout_ = Deadline::never();
  Deadline patience_ = Deadline::never();  // with the keeper, once it was told to end
  // Once the keeper is gone:
  Deadline rest_ = Deadline::never();    // for what is left of the output
  Deadline cancel_ = Deadline::never();  // for our own signal of the cancel that ended the command
};

}  // namespace backstep
