// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/checkup_words.h"

#include <fmt/core.h>

#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kListed = 10;
constexpr size_t kLinesOfWhole = 20;      // of the check of the whole
constexpr size_t kShownTails = 6;         // services whose output a report shows
constexpr size_t kLinesOfEach = 5;        // of each of them
constexpr size_t kMostKept = 256 * 1024;  // bytes, with the evidence

bool whole_failed(const Checkup& checkup) {
  return checkup.whole && !checkup.whole->healthy();
}

std::vector<const ServiceHealth*> failed_services(const Checkup& checkup) {
  std::vector<const ServiceHealth*> failed;
  for (const ServiceHealth& health : checkup.services) {
    if (health.asks_for_rollback()) failed.push_back(&health);
  }
  return failed;
}

std::string last_lines(const std::string& text, size_t count) {
  const std::vector<std::string> lines = split(trimmed(text), '\n');
  const size_t first = lines.size() > count ? lines.size() - count : 0;
  return joined(std::span(lines).subspan(first), "\n  ");
}

std::string of_services(const Checkup& checkup) {
  const std::vector<const ServiceHealth*> failed = failed_services(checkup);
  if (failed.size() == 1) {
    return fmt::format("of {} failed: {}", failed.front()->service, failed.front()->described);
  }
  return fmt::format("of {} of {} failed: {}", failed.size(),
                     counted(checkup.services.size(), "service"),
                     listed(checkup.names_of(&ServiceHealth::asks_for_rollback)));
}

}  // namespace

std::string name_of_checked(const std::string& service) {
  return service.empty() ? "the whole" : service;
}

std::string listed(const std::vector<std::string>& names) {
  if (names.size() <= kListed) return joined(names, ", ");
  return fmt::format("{} and {} more", joined(std::span(names).first(kListed), ", "),
                     names.size() - kListed);
}

std::string summary_of(const Checkup& checkup) {
  if (!checkup.healthy()) return failure_of(checkup);
  const size_t all = checkup.services.size();
  const size_t unhealthy = checkup.names_of(&ServiceHealth::only_warns).size();
  const std::string passed =
      unhealthy == 0 ? counted(all, "service")
                     : fmt::format("{} of {}", all - unhealthy, counted(all, "service"));
  return fmt::format("{}{} passed{}", checkup.whole ? "the whole and " : "", passed,
                     warned_words(checkup));
}

std::string failure_of(const Checkup& checkup) {
  if (!whole_failed(checkup)) return of_services(checkup);
  std::string words = checkup.whole->described();
  if (!failed_services(checkup).empty()) words += ", and that " + of_services(checkup);
  return words;
}

std::string tail_of(const Checkup& checkup) {
  std::string text;
  if (whole_failed(checkup) && checkup.whole->last.told.empty()) {
    text = checkup.whole->last.output.last_lines(kLinesOfWhole);
  }
  const std::vector<const ServiceHealth*> failed = failed_services(checkup);
  if (failed.size() == 1 && text.empty()) return failed.front()->output_tail;
  for (size_t i = 0; i < failed.size() && i < kShownTails; ++i) {
    text += fmt::format("{}{}: {}\n", text.empty() || text.ends_with('\n') ? "" : "\n",
                        failed[i]->service, failed[i]->described);
    const std::string tail = last_lines(failed[i]->output_tail, kLinesOfEach);
    if (!tail.empty()) text += "  " + tail + "\n";
  }
  if (failed.size() > kShownTails)
    text += fmt::format("… and {} more\n", failed.size() - kShownTails);
  return text;
}

std::string output_of(const Checkup& checkup) {
  std::string text = whole_failed(checkup) ? checkup.whole->last.output.text() : "";
  const std::vector<const ServiceHealth*> failed = failed_services(checkup);
  for (size_t i = 0; i < failed.size(); ++i) {
    if (text.size() > kMostKept) return text + fmt::format("… and {} more\n", failed.size() - i);
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    text += fmt::format("== {}: {}\n{}\n", failed[i]->service, failed[i]->described,
                        failed[i]->output_tail);
  }
  return text;
}

std::string unhealthy_words(const Checkup& checkup) {
  std::vector<std::string> parts;
  if (whole_failed(checkup)) {
    parts.push_back(checkup.whole->last.described() + ", " + checkup.whole->reason);
  }
  const std::vector<const ServiceHealth*> failed = failed_services(checkup);
  if (failed.size() > 1) {
    parts.push_back(listed(checkup.names_of(&ServiceHealth::asks_for_rollback)));
  } else if (!failed.empty()) {
    parts.push_back(failed.front()->service + ": " + failed.front()->described);
  }
  const std::vector<std::string> warned = checkup.names_of(&ServiceHealth::only_warns);
  if (parts.empty()) parts.push_back(listed(warned));
  return joined(parts, "; ");
}

std::string warned_words(const Checkup& checkup) {
  const std::vector<std::string> warned = checkup.names_of(&ServiceHealth::only_warns);
  return warned.empty() ? "" : "; unhealthy, which only warns: " + listed(warned);
}

}  // namespace backstep
