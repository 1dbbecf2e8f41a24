// SPDX-License-Identifier: Apache-2.0
#include "deploy/remote/exchange.h"

#include <fmt/core.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json.h"
#include "config/pipeline.h"
#include "system/files/digest.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kStateFile = "remote.json";
constexpr size_t kLargestState = size_t{64} * 1024;
constexpr int kMostRaces = 20;  // lost to others

// Of an archive that failed.
std::string why_not_whole(const Imported& came) {
  for (const ImportedSet& set : came.sets) {
    if (!set.reason.empty()) return set.label + ": " + set.reason;
  }
  return came.stopped.empty() ? "some of its records cannot be read" : came.stopped;
}

}  // namespace

RemoteState load_remote_state(const Store& store) {
  try {
    const Json json = Json::parse(store.read_control_file(kStateFile, kLargestState).value_or("{}"));
    return {json.text("where"), json.text("mark"), json.text("sha256"), json.number("time")};
  } catch (const Error&) {
    return {};  // all is fetched, as the first time
  }
}

Exchange::Exchange(const Site& site, Duration limit)
    : site_(site), remote_(site, limit), state_(load_remote_state(site.store)) {
  if (state_.where != where()) state_ = {};
}

Fetched Exchange::fetch(bool stores) {
  // On the machine of a pipeline that has never stored anything nobody knows whether it may.
  const bool asks = stores && state_.mark.empty() && in_pipeline(site_.context.environment);
  const std::optional<std::string> mark = remote_.fetch(state_.mark, asks);
  Fetched fetched{.where = where(), .is_there = mark.has_value()};
  std::string sha256 = "nothing";
  if (mark) {
    const UniqueFd tar = remote_.open_tar();
    const uint64_t size = status_of(tar.get(), where()).size;
    const bool is_known = size == 0 && !mark->empty() && *mark == state_.mark;
    sha256 = is_known ? state_.sha256 : sha256_of_file(tar.get(), where(), size).hex();
    if (sha256 != state_.sha256) fetched.came = merge(tar.get());
  }
  keep({where(), mark.value_or(""), state_.is_behind() ? "" : sha256, site_.context.clock.wall_seconds()});
  return fetched;
}

bool Exchange::store(int tries) {
  for (int race = 1;; ++race) {
    const std::string sha256 = write_tar();
    if (sha256 == state_.sha256) return false;
    if (!state_.is_behind()) keep({where(), state_.mark, "", state_.time});
    if (const auto mark = try_to_store(tries)) {
      keep({where(), *mark, sha256, site_.context.clock.wall_seconds()});
      return true;
    }
    if (race == kMostRaces) throw Error(ExitCode::kBackupFailed, fmt::format("others were quicker {} times", race));
    site_.context.clock.wait(Duration(getpid() * 37 % 100 * race));  // not all at once again
    fetch();
  }
}

Imported Exchange::merge(int tar) const {
  uint64_t done = 0;
  TarReader archive(where(), [&](std::span<char> buffer) {
    const size_t count = read_at(tar, buffer, done, where());
    done += count;
    return count;
  });
  Imported came = import_store(&site_.store, archive, false);
  if (!came.failed()) return came;
  throw Error(ExitCode::kBackupFailed, fmt::format("what {} holds is damaged: {}", where(), why_not_whole(came)));
}

std::string Exchange::write_tar() const {
  const UniqueFd file = remote_.make_tar();
  Sha256 sha256;
  TarWriter tar(where(), [&](std::string_view bytes) {
    write_all(file.get(), bytes, where());
    sha256.update(bytes);
  });
  for (const LeftOut& set : export_store(site_.store, site_.context.patterns, tar, [] {}).left_out) {
    site_.context.listener.warning(fmt::format("{} is not stored in {}: {}", set.label, where(), set.problems.front()));
  }
  tar.finish();
  return sha256.hex();
}

std::optional<std::string> Exchange::try_to_store(int tries) const {
  for (Duration pause = std::chrono::seconds(1);; pause *= 2) {
    try {
      return remote_.store(state_.mark);
    } catch (const Error&) {
      if (--tries < 1 || site_.context.clock.wait(pause)) throw;
    }
  }
}

void Exchange::keep(RemoteState state) {
  state_ = std::move(state);
  const Json json =
      Json::Object{{"where", state_.where}, {"mark", state_.mark}, {"sha256", state_.sha256}, {"time", state_.time}};
  write_file_durably(site_.store.control(), kStateFile, json.dump() + "\n", site_.store.owner());
}

}  // namespace backstep
