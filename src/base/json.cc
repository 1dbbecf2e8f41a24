// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kDeepest = 32;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kDamaged, why);
}

// Builds our value from the library's events: its own tree would cost twice the memory.
class Builder {
 public:
  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(Json(value)); }
  bool number_integer(int64_t value) { return add(Json(value)); }
  bool number_unsigned(uint64_t value) {
    if (value > static_cast<uint64_t>(INT64_MAX)) refuse("number too large");
    return add(Json(static_cast<int64_t>(value)));
  }
  bool number_float(double, const std::string& text) { refuse("fraction " + in_quotes(text)); }
  bool string(std::string& value) { return add(Json(std::move(value))); }
  bool binary(std::vector<uint8_t>&) { return false; }
  bool start_object(size_t) { return open(Json(Json::Object{})); }
  bool start_array(size_t) { return open(Json(Json::Array{})); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    if (open_.back().find(name) != nullptr) refuse("duplicate key " + in_quotes(name));
    keys_.back() = std::move(name);
    return true;
  }
  bool parse_error(size_t at, const std::string&, const nlohmann::detail::exception&) {
    refuse(fmt::format("not JSON at byte {}", at));
  }

  Json take() { return std::move(result_); }

 private:
  bool open(Json value) {
    if (open_.size() == kDeepest) refuse("nested too deeply");
    open_.push_back(std::move(value));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(done));
  }
  bool add(Json value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().array() != nullptr) {
      open_.back().push_back(std::move(value));
    } else {
      open_.back().set(keys_.back(), std::move(value));
    }
    return true;
  }

  Json result_;
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

nlohmann::ordered_json to_library(const Json& value) {
  if (const auto* boolean = value.boolean()) return *boolean;
  if (const auto* integer = value.integer()) return *integer;
  if (const auto* string = value.string()) return *string;
  if (const auto* array = value.array()) {
    auto result = nlohmann::ordered_json::array();
    for (const Json& element : *array) result.push_back(to_library(element));
    return result;
  }
  if (const auto* object = value.object()) {
    auto result = nlohmann::ordered_json::object();
    for (const auto& [key, member] : *object) result.emplace(key, to_library(member));
    return result;
  }
  return nullptr;
}

std::string dumped(const Json& value, int indent) {
  return to_library(value).dump(indent, ' ', false,
                                nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

Json Json::parse(std::string_view text) {
  Builder builder;
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

std::string Json::dump() const {
  return dumped(*this, -1);
}
std::string Json::pretty() const {
  return dumped(*this, 2);
}

const Json* Json::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const auto& member) { return member.first == key; });
  return found == members->end() ? nullptr : &found->second;
}

const std::string& Json::text(std::string_view key) const {
  const Json* member = find(key);
  if (member == nullptr || member->string() == nullptr) {
    refuse(fmt::format("{} is missing or not a text", in_quotes(key)));
  }
  return *member->string();
}

int64_t Json::number(std::string_view key) const {
  const Json* member = find(key);
  if (member == nullptr || member->integer() == nullptr) {
    refuse(fmt::format("{} is missing or not a whole number", in_quotes(key)));
  }
  return *member->integer();
}

std::string Json::text_or(std::string_view key, std::string_view otherwise) const {
  const Json* member = find(key);
  return member == nullptr || member->is_null() ? std::string(otherwise) : text(key);
}

int64_t Json::number_or(std::string_view key, int64_t otherwise) const {
  const Json* member = find(key);
  return member == nullptr || member->is_null() ? otherwise : number(key);
}

bool Json::flag_or(std::string_view key, bool otherwise) const {
  const Json* member = find(key);
  if (member == nullptr || member->is_null()) return otherwise;
  if (member->boolean() == nullptr) refuse(in_quotes(key) + " is not true or false");
  return *member->boolean();
}

std::vector<std::string> Json::texts(std::string_view key) const {
  std::vector<std::string> result;
  const Json* member = find(key);
  if (member == nullptr || member->is_null()) return result;
  if (member->array() == nullptr) refuse(in_quotes(key) + " is not a list");
  for (const Json& element : *member->array()) {
    if (element.string() == nullptr) refuse(in_quotes(key) + " holds something that is no text");
    result.push_back(*element.string());
  }
  return result;
}

void Json::set(std::string_view key, Json value) {
  if (object() == nullptr) value_ = Object{};
  std::get<Object>(value_).emplace_back(std::string(key), std::move(value));
}

void Json::push_back(Json value) {
  if (array() == nullptr) value_ = Array{};
  std::get<Array>(value_).push_back(std::move(value));
}

Json json_texts(const std::vector<std::string>& texts) {
  Json::Array result;
  for (const std::string& text : texts) result.emplace_back(text);
  return result;
}

}  // namespace backstep
