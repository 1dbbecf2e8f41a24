// SPDX-License-Identifier: Apache-2.0
#include "system/container.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <sstream>

namespace backstep {
namespace {

constexpr const char* kLoopback = "127.0.0.1";

bool exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

struct DefaultRoute {
  std::string interface;
  std::string gateway;
};

// The kernel prints addresses as hexadecimal numbers in the machine's byte order.
std::optional<DefaultRoute> default_route(const std::string& file) {
  std::ifstream routes(file);
  for (std::string line; std::getline(routes, line);) {
    std::istringstream words(line);
    DefaultRoute route;
    std::string destination;
    in_addr gateway{};
    words >> route.interface >> destination >> std::hex >> gateway.s_addr;
    if (!words || destination != "00000000" || gateway.s_addr == 0) continue;
    char text[INET_ADDRSTRLEN];
    route.gateway = inet_ntop(AF_INET, &gateway, text, sizeof text);
    return route;
  }
  return std::nullopt;
}

// A container's own network has a card without a device; only hosts have a bridge or a bond.
bool is_the_hosts(const std::string& card) {
  return exists(card + "/device") || exists(card + "/bridge") || exists(card + "/bonding");
}

}  // namespace

bool in_container(const Environment& environment, const std::string& root) {
  return exists(root + "/.dockerenv") || exists(root + "/run/.containerenv") || environment.has("container") ||
         environment.has("KUBERNETES_SERVICE_HOST");
}

std::string host_gateway(const Environment& environment, const std::string& root) {
  std::string given = environment.get("BACKSTEP_HOST_GATEWAY");
  if (!given.empty()) return given;
  if (!in_container(environment, root)) return kLoopback;
  const auto route = default_route(root + "/proc/net/route");
  if (!route || is_the_hosts(root + "/sys/class/net/" + route->interface)) return kLoopback;
  return route->gateway;
}

}  // namespace backstep
