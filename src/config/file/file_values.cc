// SPDX-License-Identifier: Apache-2.0
#include "config/file/file_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/text.h"

namespace backstep {
namespace {

using Kind = YamlNode::Kind;

// "health_check.retries" -> "health_check"; "" for a setting that stands alone.
std::string_view group_of(const Setting& setting) {
  const size_t dot = setting.place.find('.');
  return dot == std::string_view::npos ? std::string_view() : setting.place.substr(0, dot);
}

bool is_group(std::string_view name) {
  return std::ranges::find(settings(), name, group_of) != settings().end();
}

std::string what_it_is(const YamlNode& node) {
  return node.kind == Kind::kMap ? "a map" : node.kind == Kind::kList ? "a list" : "an empty item";
}

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  void read(const YamlNode& root) {
    for (const YamlNode::Member& member : root.map) {
      if (is_service_section(member.key)) continue;
      if (is_group(member.key) && member.value.kind == Kind::kMap) {
        read_group(member);
      } else {
        read_flat(member);
      }
    }
  }

  std::vector<GivenValue> take() { return std::move(values_); }

 private:
  void read_flat(const YamlNode::Member& member) {
    const Setting* setting = find_setting(member.key);
    if (setting == nullptr && is_group(member.key)) {
      if (member.value.kind == Kind::kNull) return;
      refuse_yaml(file_, member.value,
                  fmt::format("{}: a map is expected, with its settings", member.key));
    }
    if (setting == nullptr) refuse_unknown_key(member);
    if (setting->name == "config") {
      refuse_yaml(file_, member, "'config' says which file to read and cannot stand in it");
    }
    keep(*setting, member, member.key);
  }

  void read_group(const YamlNode::Member& group) {
    for (const YamlNode::Member& member : group.value.map) {
      const std::string place = group.key + "." + member.key;
      const auto found = std::ranges::find(settings(), place, &Setting::place);
      if (found == settings().end()) refuse_unknown_member(group.key, member);
      keep(*found, member, place);
    }
  }

  [[noreturn]] void refuse_unknown_key(const YamlNode::Member& member) const {
    std::vector<std::string> names{kServicesSection, kEachSection};
    for (const Setting& setting : settings()) {
      names.emplace_back(setting.name);
      names.emplace_back(group_of(setting));
    }
    refuse_yaml(file_, member,
                "unknown key " + in_quotes(member.key) + suggestion(member.key, names));
  }

  [[noreturn]] void refuse_unknown_member(const std::string& group,
                                          const YamlNode::Member& member) const {
    std::vector<std::string> names;
    std::string meant;
    for (const Setting& setting : settings()) {
      if (group_of(setting) != group) continue;
      names.emplace_back(key_in_group(setting));
      if (setting.name == member.key) meant = names.back();
    }
    refuse_yaml(file_, member,
                fmt::format("unknown key {} in {}{}", in_quotes(member.key), in_quotes(group),
                            suggestion(meant.empty() ? member.key : meant, names)));
  }

  void keep(const Setting& setting, const YamlNode::Member& member, const std::string& name) {
    const auto [first, is_first] = seen_.try_emplace(&setting, name, member);
    if (!is_first) {
      const auto& [earlier, place] = first->second;
      refuse_yaml(
          file_, member,
          fmt::format("{} is the same setting as {} at line {}, column {}: keep one of them",
                      in_quotes(name), in_quotes(earlier), place.line, place.column));
    }
    RawValue value = raw_value(file_, setting.name, setting.type, member.value);
    if (is_unset(value)) return;
    const std::string origin = place_in_file(file_, member.value);
    values_.push_back(
        {&setting, std::move(value), origin, fmt::format("{}: {}", origin, setting.name)});
  }

  std::string_view file_;
  // By which name and where each setting was given.
  std::map<const Setting*, std::pair<std::string, YamlPlace>> seen_;
  std::vector<GivenValue> values_;
};

}  // namespace

std::vector<GivenValue> values_in_file(std::string_view file, const YamlNode& root) {
  Reader reader(file);
  reader.read(root);
  return reader.take();
}

RawValue raw_value(std::string_view file, std::string_view name, SettingType type,
                   const YamlNode& node) {
  if (node.kind == Kind::kNull) return {};
  if (node.kind == Kind::kScalar) return {.text = node.scalar, .list = {}, .is_list = false};
  if (node.kind == Kind::kMap) {
    refuse_yaml(file, node, fmt::format("{}: {} is expected, not a map", name, expected(type)));
  }
  RawValue value = {.text = "", .list = {}, .is_list = true};
  for (const YamlNode& item : node.list) {
    if (item.kind != Kind::kScalar) {
      refuse_yaml(
          file, item,
          fmt::format("{}: a text is expected in the list, not {}", name, what_it_is(item)));
    }
    value.list.push_back(item.scalar);
  }
  return value;
}

}  // namespace backstep
