// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/tracked_files.h"
#include "base/text.h"

namespace backstep {
namespace {

std::vector<std::string> services_among(const std::vector<std::string>& paths, const Patterns& patterns) {
  std::vector<std::string> services;
  for (const std::string& path : paths) {
    std::string name = patterns.service_of(path);
    if (!name.empty()) services.push_back(std::move(name));
  }
  std::ranges::sort(services);
  return services;
}

}  // namespace

std::vector<std::string> entries_without_service(const ServiceChecks& checks,
                                                 const std::vector<std::string>& services) {
  std::vector<std::string> sentences;
  for (const auto& [name, check] : checks.own) {
    if (std::ranges::binary_search(services, name)) continue;
    sentences.push_back(fmt::format("no service is called {}{}: its entry in 'services' checks nothing",
                                    in_quotes(name), suggestion(name, services)));
  }
  return sentences;
}

std::vector<std::string> services_here(const Tree& tree, Listener* listener) {
  const TrackedFiles files = find_tracked_files(tree, Oddities::kReport);
  for (const std::string& text : files.warnings) {
    if (listener != nullptr) listener->warning(text);
  }
  return services_among(files.paths(), tree.patterns);
}

std::vector<std::string> services_there(const std::vector<RecordedFile>& recorded, const Patterns& patterns) {
  std::vector<std::string> paths;
  for (const RecordedFile& file : recorded) {
    if (!file.sha256.empty()) paths.push_back(file.path);
  }
  return services_among(paths, patterns);
}

}  // namespace backstep
