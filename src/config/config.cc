// SPDX-License-Identifier: Apache-2.0
#include "config/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "base/secrets.h"
#include "base/text.h"

namespace backstep {
namespace {

// Quotes it, where that is needed, so that a POSIX shell reads the same word again.
std::string shell_quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,";
  const bool is_plain = word.find_first_not_of(kPlain) == std::string::npos;
  return is_plain && !word.empty() ? word : "'" + replaced(word, "'", "'\\''") + "'";
}

}  // namespace

std::vector<std::string> Command::argv(Shell shell) const {
  if (!list.empty()) return list;
  if (shell == Shell::kBash) return {"bash", "-eo", "pipefail", "-c", text};
  return {"/bin/sh", "-ec", text};
}

std::string Command::as_text() const {
  if (list.empty()) return text;
  return fmt::format("{}", fmt::join(list | std::views::transform(shell_quoted), " "));
}

std::string Command::shown() const {
  const std::string whole = as_text();
  const std::string_view body = trimmed(whole);
  const std::string_view first = trimmed(body.substr(0, body.find('\n')));
  return printable(up_to_secret(first)) + (first.size() == body.size() ? "" : " …");
}

std::vector<std::string> HealthCheck::argv(Shell shell) const {
  if (ask.url.empty()) return test.argv(shell);
  // Not by a path: the deploy may replace the binary. The attempt's own time limit is the runner's.
  return {"/proc/self/exe", "probe", "--timeout", "0"};
}

bool ServiceChecks::empty() const {
  return each.health.empty() && std::ranges::all_of(own, [](const auto& entry) { return entry.second.health.empty(); });
}

std::optional<ServiceCheck> ServiceChecks::of(const std::string& service) const {
  const auto found = own.find(service);
  ServiceCheck check = found == own.end() ? each : found->second;
  if (check.health.empty()) return std::nullopt;
  check.health.ask.url = with_variable(check.health.ask.url, "BACKSTEP_SERVICE", service);
  return check;
}

}  // namespace backstep
