// SPDX-License-Identifier: Apache-2.0
#include "config/file/yaml_file.h"

#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kDeepest = 32;

// The parser's marks count from 0, people from 1.
YamlPlace place_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

// A list or map whose end has not come yet.
struct Container {
  YamlNode node;
  std::optional<YamlNode::Member> due;    // a map's key whose value comes next
  std::map<std::string, YamlPlace> keys;  // of a map so far
};

class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view file, std::string_view bytes) : file_(file), bytes_(bytes) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (begun_) refuse(mark, "a second document begins here: only one is allowed");
    begun_ = true;
  }
  void OnDocumentEnd() override {
    if (root_.kind != YamlNode::Kind::kMap && root_.kind != YamlNode::Kind::kNull) {
      refuse_indenting_tab(root_.line);
      refuse_yaml(file_, root_, "settings are expected, one 'name: value' a line");
    }
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    YamlNode null = node(YamlNode::Kind::kNull, mark);
    // The mark of a missing value is that of whatever comes next: its key's is of more use.
    if (!open_.empty() && open_.back().due) static_cast<YamlPlace&>(null) = *open_.back().due;
    add(std::move(null));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_alias(mark); }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    refuse(mark, "anchors are not allowed: " + in_quotes("&" + name));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    YamlNode scalar = node(YamlNode::Kind::kScalar, mark);
    const bool quoted = tag == "!" && byte_at(mark) != '!';
    if (!quoted) refuse_tag(mark, tag);
    check_text(mark, value, quoted);
    scalar.scalar = value;
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(node(YamlNode::Kind::kList, mark));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(node(YamlNode::Kind::kMap, mark));
  }
  void OnMapEnd() override { close(); }

  YamlNode take() {
    root_.kind = YamlNode::Kind::kMap;
    return std::move(root_);
  }

  [[noreturn]] void refuse_syntax(const YAML::Exception& error) const {
    const YamlPlace place = place_of(error.mark);
    if (byte_at(error.mark) == '*') refuse_alias(error.mark);
    refuse_indenting_tab(place.line);
    refuse_yaml(file_, place, reworded_yaml_error(error.msg));
  }

 private:
  static YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) { return {place_of(mark), kind, {}, {}, {}}; }

  [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& why) const {
    refuse_yaml(file_, place_of(mark), why);
  }

  char byte_at(const YAML::Mark& mark) const {
    const auto at = static_cast<size_t>(mark.pos);
    return mark.pos >= 0 && at < bytes_.size() ? bytes_[at] : '\0';
  }

  void refuse_indenting_tab(int line) const {
    if (const int column = column_of_indenting_tab(bytes_, line); column != 0) {
      refuse_yaml(file_, {line, column}, "a tab in the indentation: YAML allows only spaces there");
    }
  }

  [[noreturn]] void refuse_alias(const YAML::Mark& mark) const {
    refuse(mark, "aliases are not allowed: a text that begins with '*' needs quotes");
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag == "?" || tag.empty()) return;
    refuse(mark, "tags are not allowed: " + in_quotes(tag));
  }

  void check_text(const YAML::Mark& mark, const std::string& value, bool quoted) const {
    if (value.find('\0') != std::string::npos) refuse(mark, "a NUL byte in a text");
    const char first = byte_at(mark);
    if (quoted && (first == '"' || first == '\'') && !quote_is_closed(bytes_, static_cast<size_t>(mark.pos))) {
      refuse(mark, "the quote that begins here is never closed");
    }
  }

  void open(YamlNode container) {
    if (open_.size() == kDeepest) {
      refuse_yaml(file_, container, fmt::format("nested more than {} levels deep", kDeepest));
    }
    open_.push_back({std::move(container), {}, {}});
  }

  void close() {
    YamlNode done = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(done));
  }

  void add(YamlNode value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return;
    }
    Container& around = open_.back();
    if (around.node.kind == YamlNode::Kind::kList) {
      around.node.list.push_back(std::move(value));
    } else if (!around.due) {
      begin_member(around, value);
    } else {
      around.due->value = std::move(value);
      around.node.map.push_back(std::move(*around.due));
      around.due.reset();
    }
  }

  void begin_member(Container& around, const YamlNode& key) {
    if (key.kind != YamlNode::Kind::kScalar) refuse_yaml(file_, key, "a key must be a text");
    const auto [earlier, fresh] = around.keys.emplace(key.scalar, key);
    if (!fresh) {
      refuse_yaml(file_, key,
                  fmt::format("duplicate key {}: first at line {}, column {}", in_quotes(key.scalar),
                              earlier->second.line, earlier->second.column));
    }
    around.due = YamlNode::Member{key, key.scalar, {}};
  }

  std::string_view file_;
  std::string_view bytes_;
  bool begun_ = false;
  YamlNode root_;
  std::vector<Container> open_;  // those around the current event, the innermost last
};

}  // namespace

const YamlNode::Member* YamlNode::find(std::string_view key) const {
  const auto found = std::ranges::find(map, key, &Member::key);
  return found == map.end() ? nullptr : &*found;
}

YamlNode parse_yaml(std::string_view file, std::string_view bytes) {
  check_yaml_bytes(file, bytes);
  Builder builder(file, bytes);
  std::istringstream stream{std::string(bytes)};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    builder.refuse_syntax(error);
  }
  return builder.take();
}

}  // namespace backstep
