// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/outcome.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace backstep {

std::string name_of_check(const std::string& service) { return service.empty() ? "the whole" : service; }

std::vector<std::string> names_of(const std::vector<ServiceHealth>& services, bool (ServiceHealth::*holds)() const) {
  std::vector<std::string> names;
  for (const ServiceHealth& health : services) {
    if ((health.*holds)()) names.push_back(health.service);
  }
  return names;
}

std::string listed(const std::vector<std::string>& names, size_t most) {
  if (names.size() <= most) return joined(names, ", ");
  return fmt::format("{} and {} more", joined(std::span(names).first(most), ", "), names.size() - most);
}

std::string_view name_of(Outcome::Result result) {
  constexpr auto kNames = std::to_array<std::string_view>({"accepted", "nothing_to_do", "files_restored", "rolled_back",
                                                           "changed_again", "rollback_not_run", "rollback_failed",
                                                           "not_rolled_back", "nothing_to_roll_back_to", "begun",
                                                           "kept", "backed_up", "healthy", "unhealthy", "not_started"});
  static_assert(kNames.size() == static_cast<size_t>(Outcome::Result::kNotStarted) + 1);
  return kNames[static_cast<size_t>(result)];
}

// In the order of Live: its name, and the phrase that `live now:` begins with.
constexpr auto kLiveWords =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"same", "the same as before"},
                                                                  {"old", "the old version"},
                                                                  {"new", "the new version"},
                                                                  {"failed", "the failed version"},
                                                                  {"mix", "a mix of old and new files"},
                                                                  {"restored", "the restored version"},
                                                                  {"restored_files", "the restored files"},
                                                                  {"unknown", "unknown"}});
static_assert(kLiveWords.size() == static_cast<size_t>(Live::kUnknown) + 1);

std::string_view name_of(Live live) { return kLiveWords[static_cast<size_t>(live)].first; }
std::string_view words_of(Live live) { return kLiveWords[static_cast<size_t>(live)].second; }

void Outcome::set_live(Live what, const std::string& details) {
  live_is = what;
  live = std::string(words_of(what)) + details;
}

void Outcome::advise(const std::string& what, const std::string& command) {
  NextStep step{what, command};
  if (!what.empty() && std::ranges::find(next, step) == next.end()) next.push_back(std::move(step));
}

Outcome nothing_to_do(std::string live) {
  Outcome outcome;
  outcome.live = std::move(live);
  return outcome;
}

std::string look_at_failed(const StorePlace& store, const std::string& restored_from, const std::string& evidence) {
  return store.command(restored_from.empty() ? "show " + evidence : "diff " + restored_from + " " + evidence);
}

std::vector<std::string> failed_services(const Outcome& outcome) {
  if (!outcome.rolled_back_only.empty()) return outcome.rolled_back_only;
  return outcome.exit_status == 0 ? std::vector<std::string>() : outcome.changed;
}

}  // namespace backstep
