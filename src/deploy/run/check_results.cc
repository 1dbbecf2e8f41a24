// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/check_results.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kShownTails = 6;                 // services whose output a report shows
constexpr size_t kLinesOfEach = 5;                // of each of them
constexpr size_t kMostKept = size_t{256} * 1024;  // bytes, with the evidence

bool whole_failed(const CheckResults& results) { return results.whole && !results.whole->healthy; }

std::vector<const ServiceHealth*> failed_services(const CheckResults& results) {
  std::vector<const ServiceHealth*> failed;
  for (const ServiceHealth& health : results.services) {
    if (health.asks_for_rollback()) failed.push_back(&health);
  }
  return failed;
}

std::string last_lines(const std::string& text, size_t count) {
  const std::vector<std::string> lines = split(trimmed(text), '\n');
  const size_t first = lines.size() > count ? lines.size() - count : 0;
  return joined(std::span(lines).subspan(first), "\n  ");
}

std::string failed_services_words(const CheckResults& results) {
  const std::vector<const ServiceHealth*> failed = failed_services(results);
  if (failed.size() == 1) {
    return fmt::format("of {} failed: {}", failed.front()->service, failed.front()->described);
  }
  return fmt::format("of {} of {} failed: {}", failed.size(), counted(results.services.size(), "service"),
                     listed(names_of(results.services, &ServiceHealth::asks_for_rollback)));
}

std::string summary_of_one(const ServiceHealth& whole) {
  return fmt::format("{} ({})", whole.healthy ? "passed" : whole.ending,
                     counted(static_cast<size_t>(whole.attempts), "attempt"));
}

}  // namespace

bool CheckResults::healthy() const {
  return (!whole || whole->healthy) && names_of(services, &ServiceHealth::asks_for_rollback).empty();
}

bool CheckResults::passed() const {
  if (!healthy() || empty()) return false;
  const auto decides = [](const ServiceHealth& health) { return health.on_failure == OnFailure::kRollback; };
  if (whole || std::ranges::any_of(services, decides)) return true;
  return names_of(services, &ServiceHealth::only_warns).empty();
}

std::vector<std::string> CheckResults::failed_for_sure_of() const {
  std::vector<std::string> names;
  if (whole && !whole->healthy && whole->could_run) names.emplace_back();
  for (const ServiceHealth& health : services) {
    if (health.asks_for_rollback() && health.could_run) names.push_back(health.service);
  }
  return names;
}

std::string CheckResults::proof() const {
  std::vector<HealthProof> proofs;
  if (whole && whole->healthy) proofs.push_back(whole->proof);
  for (const ServiceHealth& health : services) {
    if (health.healthy) proofs.push_back(health.proof);
  }
  const auto weakest = std::ranges::min_element(proofs, {}, &HealthProof::held);
  const std::string words = weakest == proofs.end() ? "" : weakest->words();
  return words.empty() ? "" : " (" + words + ")";
}

int CheckResults::attempts() const {
  if (whole) return whole->attempts;
  int most = 0;
  for (const ServiceHealth& health : services) most = std::max(most, health.attempts);
  return most;
}

std::string summary_of(const CheckResults& results) {
  if (results.whole && results.services.empty()) return summary_of_one(*results.whole);
  if (!results.healthy()) return failure_words(results);
  const size_t all = results.services.size();
  const size_t unhealthy = names_of(results.services, &ServiceHealth::only_warns).size();
  const std::string passed =
      unhealthy == 0 ? counted(all, "service") : fmt::format("{} of {}", all - unhealthy, counted(all, "service"));
  return fmt::format("{}{} passed{}", results.whole ? "the whole and " : "", passed, warned_words(results));
}

std::string failure_words(const CheckResults& results) {
  if (!whole_failed(results)) return failed_services_words(results);
  std::string words = results.whole->described;
  if (!failed_services(results).empty()) words += ", and that " + failed_services_words(results);
  return words;
}

std::string tail_of(const CheckResults& results) {
  std::string text = whole_failed(results) ? results.whole->output_tail : "";
  const std::vector<const ServiceHealth*> failed = failed_services(results);
  if (failed.size() == 1 && text.empty()) return failed.front()->output_tail;
  for (size_t i = 0; i < failed.size() && i < kShownTails; ++i) {
    text += fmt::format("{}{}: {}\n", text.empty() || text.ends_with('\n') ? "" : "\n", failed[i]->service,
                        failed[i]->described);
    const std::string tail = last_lines(failed[i]->output_tail, kLinesOfEach);
    if (!tail.empty()) text += "  " + tail + "\n";
  }
  if (failed.size() > kShownTails) text += fmt::format("… and {} more\n", failed.size() - kShownTails);
  return text;
}

std::string output_of(const CheckResults& results) {
  std::string text = results.output_of_whole;
  const std::vector<const ServiceHealth*> failed = failed_services(results);
  for (size_t i = 0; i < failed.size(); ++i) {
    if (text.size() > kMostKept) return text + fmt::format("… and {} more\n", failed.size() - i);
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    text += fmt::format("== {}: {}\n{}\n", failed[i]->service, failed[i]->described, failed[i]->output_tail);
  }
  return text;
}

std::string unhealthy_words(const CheckResults& results) {
  std::vector<std::string> parts;
  if (whole_failed(results)) {
    parts.push_back(results.whole->ending + ", " + results.whole->reason);
  }
  const std::vector<const ServiceHealth*> failed = failed_services(results);
  if (failed.size() > 1) {
    parts.push_back(listed(names_of(results.services, &ServiceHealth::asks_for_rollback)));
  } else if (!failed.empty()) {
    parts.push_back(failed.front()->service + ": " + failed.front()->described);
  }
  const std::vector<std::string> warned = names_of(results.services, &ServiceHealth::only_warns);
  if (parts.empty()) parts.push_back(listed(warned));
  return joined(parts, "; ");
}

std::string warned_words(const CheckResults& results) {
  const std::vector<std::string> warned = names_of(results.services, &ServiceHealth::only_warns);
  return warned.empty() ? "" : "; unhealthy, which only warns: " + listed(warned);
}

}  // namespace backstep
