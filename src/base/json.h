// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace backstep {

// A JSON value as our files and `--json` use it: keys keep their order, numbers are whole.
class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(bool value) : value_(value) {}
  template <std::integral Number>
  Json(Number value) : value_(static_cast<int64_t>(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  // Refuses duplicate keys, more than 32 levels, 1,500,000 values, fractions, and bytes after it.
  // Throws Error (kDamaged) with the reason; the caller names the file and the line.
  static Json parse(std::string_view text);

  // One line. Bytes that are not UTF-8 become U+FFFD.
  std::string dump() const;
  // `look`: what is shown of each text that is no key.
  using Look = std::function<std::string(const std::string&)>;
  std::string pretty(const Look& look = nullptr) const;

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const int64_t* integer() const { return std::get_if<int64_t>(&value_); }

  // The member of an object, or null when there is none.
  const Json* find(std::string_view key) const;

  // Members that must be there, of that type: Error (kDamaged) names the key otherwise.
  const std::string& text(std::string_view key) const;
  int64_t number(std::string_view key) const;

  // Members that may be missing or null; another type is an Error (kDamaged).
  std::string text_or(std::string_view key, std::string_view otherwise) const;
  int64_t number_or(std::string_view key, int64_t otherwise) const;
  bool flag_or(std::string_view key, bool otherwise) const;
  std::vector<std::string> texts(std::string_view key) const;

  void set(std::string_view key, Json value);
  void push_back(Json value);

 private:
  const Json& at(std::string_view key) const;  // null where there is none

  std::variant<std::monostate, bool, int64_t, std::string, Array, Object> value_;
};

// What `make` makes of each: a text, an object.
template <typename Items, typename Make>
Json::Array json_array(const Items& items, Make make) {
  Json::Array array;
  for (const auto& item : items) array.emplace_back(make(item));
  return array;
}
Json json_texts(const std::vector<std::string>& texts);
// Every --json answer is one object that names its kind and version; members may be added.
Json json_answer(std::string_view kind, Json::Object members = {});

}  // namespace backstep
