// SPDX-License-Identifier: Apache-2.0
#include "config/file/file_values.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/file/service_values.h"
#include "config/file/yaml_file.h"

namespace backstep {
namespace {

using Kind = YamlNode::Kind;

// "health_check.retries" -> "health_check"; "" for a setting that stands alone.
std::string_view group_of(const Setting& setting) {
  const size_t dot = setting.place.find('.');
  return dot == std::string_view::npos ? std::string_view() : setting.place.substr(0, dot);
}

std::string_view name_in_group(const Setting& setting) {
  return setting.place.substr(setting.place.find('.') + 1);
}

bool is_group(std::string_view name) {
  return std::any_of(settings().begin(), settings().end(),
                     [&](const Setting& setting) { return group_of(setting) == name; });
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
  std::string at(int line, int column) const { return place_in_file(file_, line, column); }

  [[noreturn]] void refuse(int line, int column, std::string_view why) const {
    refuse_in_file(file_, line, column, why);
  }

  void read_flat(const YamlNode::Member& member) {
    const Setting* setting = find_setting(member.key);
    if (setting == nullptr && is_group(member.key)) {
      if (member.value.kind == Kind::kNull) return;
      refuse(member.value.line, member.value.column,
             fmt::format("{}: a map is expected, with its settings", member.key));
    }
    if (setting == nullptr) refuse_unknown_key(member);
    if (setting->name == "config") {
      refuse(member.line, member.column, "'config' says which file to read and cannot stand in it");
    }
    keep(*setting, member, member.key);
  }

  void read_group(const YamlNode::Member& group) {
    for (const YamlNode::Member& member : group.value.map) {
      const auto found =
          std::find_if(settings().begin(), settings().end(), [&](const Setting& setting) {
            return group_of(setting) == group.key && name_in_group(setting) == member.key;
          });
      if (found == settings().end()) refuse_unknown_member(group.key, member);
      keep(*found, member, group.key + "." + member.key);
    }
  }

  [[noreturn]] void refuse_unknown_key(const YamlNode::Member& member) const {
    std::vector<std::string> names{kServicesSection, kEachSection};
    for (const Setting& setting : settings()) {
      names.emplace_back(setting.name);
      names.emplace_back(group_of(setting));
    }
    refuse(member.line, member.column,
           "unknown key " + in_quotes(member.key) + suggestion(member.key, names));
  }

  [[noreturn]] void refuse_unknown_member(const std::string& group,
                                          const YamlNode::Member& member) const {
    std::vector<std::string> names;
    std::string meant;
    for (const Setting& setting : settings()) {
      if (group_of(setting) != group) continue;
      names.emplace_back(name_in_group(setting));
      if (setting.name == member.key) meant = names.back();
    }
    refuse(member.line, member.column,
           fmt::format("unknown key {} in {}{}", in_quotes(member.key), in_quotes(group),
                       suggestion(meant.empty() ? member.key : meant, names)));
  }

  void keep(const Setting& setting, const YamlNode::Member& member, const std::string& place) {
    refuse_second(setting, member, place);
    places_.push_back({&setting, place, member.line, member.column});
    GivenValue given = {.setting = &setting,
                        .value = raw_value(file_, setting.name, setting.type, member.value),
                        .origin = at(member.value.line, member.value.column),
                        .context = ""};
    given.context = fmt::format("{}: {}", given.origin, setting.name);
    if (!is_unset(given.value)) values_.push_back(std::move(given));
  }

  void refuse_second(const Setting& setting, const YamlNode::Member& member,
                     std::string_view place) const {
    for (const Seen& seen : places_) {
      if (seen.setting != &setting) continue;
      refuse(member.line, member.column,
             fmt::format("{} is the same setting as {} at line {}, column {}: keep one of them",
                         in_quotes(place), in_quotes(seen.place), seen.line, seen.column));
    }
  }

  struct Seen {
    const Setting* setting;
    std::string place;
    int line;
    int column;
  };

  std::string file_;
  std::vector<Seen> places_;
  std::vector<GivenValue> values_;
};

}  // namespace

std::vector<GivenValue> values_in_file(std::string_view file, const YamlNode& root) {
  Reader reader(file);
  reader.read(root);
  return reader.take();
}

std::vector<GivenValue> values_in_file(std::string_view file, std::string_view bytes) {
  return values_in_file(file, parse_yaml(file, bytes));
}

std::string place_in_file(std::string_view file, int line, int column) {
  return fmt::format("{}:{}:{}", printable(file), line, column);
}

void refuse_in_file(std::string_view file, int line, int column, std::string_view why) {
  throw Error(ExitCode::kUsage, fmt::format("{}: {}", place_in_file(file, line, column), why));
}

RawValue raw_value(std::string_view file, std::string_view name, SettingType type,
                   const YamlNode& node) {
  if (node.kind == Kind::kNull) return {};
  if (node.kind == Kind::kScalar) return {.text = node.scalar, .list = {}, .is_list = false};
  if (node.kind == Kind::kMap) {
    refuse_in_file(file, node.line, node.column,
                   fmt::format("{}: {} is expected, not a map", name, expected(type)));
  }
  RawValue value = {.text = "", .list = {}, .is_list = true};
  for (const YamlNode& item : node.list) {
    if (item.kind != Kind::kScalar) {
      refuse_in_file(
          file, item.line, item.column,
          fmt::format("{}: a text is expected in the list, not {}", name, what_it_is(item)));
    }
    value.list.push_back(item.scalar);
  }
  return value;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string meant = closest_match(word, candidates);
  return meant.empty() ? "" : fmt::format(" (did you mean '{}'?)", meant);
}

}  // namespace backstep
