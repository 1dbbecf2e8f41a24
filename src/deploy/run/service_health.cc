// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/service_health.h"

#include <fmt/core.h>

#include <span>

#include "base/text.h"

namespace backstep {

std::string name_of_check(const std::string& service) {
  return service.empty() ? "the whole" : service;
}

std::vector<std::string> names_of(const std::vector<ServiceHealth>& services,
                                  bool (ServiceHealth::*holds)() const) {
  std::vector<std::string> names;
  for (const ServiceHealth& health : services) {
    if ((health.*holds)()) names.push_back(health.service);
  }
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  constexpr size_t kListed = 10;
  if (names.size() <= kListed) return joined(names, ", ");
  return fmt::format("{} and {} more", joined(std::span(names).first(kListed), ", "),
                     names.size() - kListed);
}

}  // namespace backstep
