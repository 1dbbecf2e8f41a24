// SPDX-License-Identifier: Apache-2.0
#include "config/file/compose_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "config/file/yaml_file.h"
#include "config/setting_types.h"
#include "system/http/http_probe.h"

namespace backstep {
namespace {

using Kind = YamlNode::Kind;

// In Compose's own order: of each list the first that is there is the one that it takes.
using Names = std::array<const char*, 4>;
constexpr Names kOwn = {"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};
constexpr Names kOverriding = {"compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
                               "docker-compose.override.yaml"};

// What a reader refuses, or what may not be asked, counts as not said.
template <typename Read>
auto if_accepted(Read read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<std::string> compose_files(const Directory& tree) {
  std::vector<std::string> files;
  for (const Names& names : {kOwn, kOverriding}) {
    const auto found =
        std::ranges::find_if(names, [&](const char* name) { return is_there(tree, name, FileType::kRegular); });
    if (found == names.end()) break;
    files.emplace_back(*found);
  }
  return files;
}

const YamlNode& member(const YamlNode& node, std::string_view key) {
  static const YamlNode kNone;
  const YamlNode::Member* found = node.find(key);
  return found == nullptr ? kNone : found->value;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Port {
  std::string address;  // "" any
  std::string published;
  std::string target;
};

// "8080:80", "127.0.0.1:8080:80/tcp", or a map.
std::optional<Port> port_of(const YamlNode& node) {
  Port port{member(node, "host_ip").scalar, member(node, "published").scalar, member(node, "target").scalar};
  std::string protocol = member(node, "protocol").scalar;
  if (node.kind == Kind::kScalar) {
    const size_t slash = node.scalar.find('/');
    if (slash != std::string::npos) protocol = node.scalar.substr(slash + 1);
    std::vector<std::string> parts = split(node.scalar.substr(0, slash), ':');
    if (parts.size() == 2) parts.insert(parts.begin(), "");
    if (parts.size() != 3) return std::nullopt;
    port = {parts[0], parts[1], parts[2]};
  }
  const bool plain = port.address.find_first_not_of("0123456789.") == std::string::npos && is_number(port.published) &&
                     is_number(port.target) && (protocol.empty() || protocol == "tcp");
  return plain ? std::optional(port) : std::nullopt;
}

// The file of the tree that it mounts; "" for a volume, a path elsewhere, or one with variables.
std::string mounted_path(const YamlNode& node) {
  std::string source = member(node, "source").scalar;
  if (node.kind == Kind::kScalar) source = node.scalar.substr(0, node.scalar.find(':'));
  // Only in the long form, where it is said, a path needs no "./".
  if (member(node, "type").scalar != "bind" && !source.starts_with("./")) return {};
  return if_accepted([&] { return PathValue::read({.text = source}); }).value_or("");
}

// The first URL within a check's command.
std::optional<HttpUrl> url_in(const YamlNode& test) {
  std::string command = test.scalar;
  for (const YamlNode& word : test.list) command += word.scalar + " ";
  const size_t start = command.find("http://");
  if (start == std::string::npos) return std::nullopt;
  const size_t end = command.find_first_of(" \t\n'\"\\`;|<>()$", start);
  if (end != std::string::npos && command[end] == '$') return std::nullopt;
  return if_accepted([&] { return parse_http_url(command.substr(start, end - start)); });
}

// A service, with what the overriding file says of it.
struct Service {
  std::vector<Port> ports;
  std::vector<std::string> mounts;
  YamlNode health;
};
using Services = std::map<std::string, Service>;

void add_services(const YamlNode& root, Services& services) {
  for (const YamlNode::Member& each : member(root, "services").map) {
    // Such a service is not started unless somebody asks for it.
    if (!member(each.value, "profiles").list.empty()) continue;
    Service& service = services[each.key];
    for (const YamlNode& node : member(each.value, "ports").list) {
      if (auto port = port_of(node)) service.ports.push_back(std::move(*port));
    }
    for (const YamlNode& node : member(each.value, "volumes").list) {
      service.mounts.push_back(mounted_path(node));
    }
    const std::vector<YamlNode::Member>& health = member(each.value, "healthcheck").map;
    service.health.map.insert(service.health.map.begin(), health.begin(), health.end());
  }
}

constexpr std::array<std::string_view, 4> kItself = {"localhost", "127.0.0.1", "0.0.0.0", "[::1]"};

// What our own reader of settings takes; else the default is suggested.
std::map<std::string, std::string> timing_of(const YamlNode& health) {
  std::map<std::string, std::string> timing;
  for (const std::string key : {"interval", "timeout", "retries", "start_period"}) {
    const std::string& value = member(health, key).scalar;
    const Setting& setting = *find_setting("health_" + key);
    if (value.empty()) continue;
    const auto shown = if_accepted([&] {
      Config config;
      setting.assign(config, {.text = value});
      return setting.show(config);
    });
    if (shown) timing[key] = *shown;
  }
  return timing;
}

std::optional<ComposeCheck> check_of(const std::string& name, const Service& service) {
  if (member(service.health, "disable").scalar == "true") return std::nullopt;
  const std::optional<HttpUrl> url = url_in(member(service.health, "test"));
  if (!url || std::ranges::find(kItself, url->host) == kItself.end()) return std::nullopt;
  const auto port = std::ranges::find(service.ports, url->port, &Port::target);
  if (port == service.ports.end()) return std::nullopt;
  const bool anywhere = port->address.empty() || port->address == "0.0.0.0";
  const std::string host = anywhere ? "127.0.0.1" : port->address;
  const std::string path = url->text.substr(url->text.find('/', std::string_view("http://").size()));
  return ComposeCheck{name, fmt::format("http://{}:{}{}", host, port->published, path), timing_of(service.health)};
}

}  // namespace

bool is_there(const Directory& directory, const char* name, FileType type) {
  const auto status = if_accepted([&] { return directory.status(name); }).value_or(std::nullopt);
  return status && status->type == type;
}

ComposeFacts read_compose(const Directory& tree) {
  ComposeFacts facts;
  facts.files = compose_files(tree);
  for (const auto& [name, type] : tree.list_types()) {
    if (type != FileType::kRegular) continue;
    const bool is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    const bool is_taken = std::ranges::find(facts.files, name) != facts.files.end();
    const bool is_called_so = name.starts_with("compose") || name.starts_with("docker-compose");
    if (is_yaml && is_called_so && !is_taken) facts.others.push_back(name);
  }
  Services services;
  try {
    for (const std::string& file : facts.files) {
      add_services(parse_yaml(file, tree.read_small_file(file, kLargestYaml).value_or("")), services);
    }
  } catch (const Error& error) {
    facts.unread = error.message();
    return facts;
  }
  for (const auto& [name, service] : services) {
    if (auto check = check_of(name, service)) facts.checks.push_back(std::move(*check));
    for (const std::string& path : service.mounts) {
      if (!path.empty()) facts.mounts.push_back({name, path});
    }
  }
  return facts;
}

}  // namespace backstep
