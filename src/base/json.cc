// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <fmt/core.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kDeepest = 32;
constexpr size_t kMostValues = 1'500'000;  // a recorded file has four
constexpr size_t kUsualMembers = 8;        // of a manifest's line

// Builds our value from the library's events.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder> {
 public:
  explicit Builder(bool has_escapes) : has_escapes_(has_escapes) {}

  bool Null() { return add(Json()); }
  bool Bool(bool value) { return add(Json(value)); }
  bool RawNumber(const char* digits, rapidjson::SizeType length, bool) {
    const std::string_view text(digits, length);
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size()) {
      refuse_damaged("fraction " + in_quotes(std::string(text)));
    }
    if (error != std::errc()) refuse_damaged("number too large");
    return add(Json(number));
  }
  bool String(const char* bytes, rapidjson::SizeType length, bool) { return add(Json(text(bytes, length))); }
  // Only of the outermost: a million empty objects must not cost room for their members.
  bool StartObject() {
    Json::Object members;
    if (open_.empty()) members.reserve(kUsualMembers);
    return open(Json(std::move(members)));
  }
  bool StartArray() { return open(Json(Json::Array{})); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  bool Key(const char* bytes, rapidjson::SizeType length, bool) {
    std::string name = text(bytes, length);
    if (open_.back().find(name) != nullptr) refuse_damaged("duplicate key " + in_quotes(name));
    keys_.back() = std::move(name);
    return true;
  }

  Json take() { return std::move(result_); }

 private:
  // The library takes half of a surrogate pair for a character.
  std::string text(const char* bytes, size_t length) const {
    std::string text(bytes, length);
    if (has_escapes_ && !is_utf8(text)) refuse_damaged("a text is not UTF-8");
    return text;
  }
  bool open(Json value) {
    if (open_.size() == kDeepest) refuse_damaged("nested too deeply");
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
    if (++values_ > kMostValues) refuse_damaged(fmt::format("more than {} values", kMostValues));
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().array() != nullptr) {
      open_.back().push_back(std::move(value));
    } else {
      open_.back().set(keys_.back(), std::move(value));
    }
    return true;
  }

  bool has_escapes_;
  size_t values_ = 0;
  Json result_;
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

template <typename Writer>
void write_text(const std::string& text, Writer& writer) {
  const std::string sound = is_utf8(text) ? std::string() : with_replacements(text);
  const std::string& shown = sound.empty() ? text : sound;
  writer.String(shown.data(), static_cast<rapidjson::SizeType>(shown.size()));
}

template <typename Writer>
void write(const Json& value, Writer& writer, const Json::Look& look) {
  if (const auto* boolean = value.boolean()) {
    writer.Bool(*boolean);
  } else if (const auto* integer = value.integer()) {
    writer.Int64(*integer);
  } else if (const auto* text = value.string()) {
    write_text(look ? look(*text) : *text, writer);
  } else if (const auto* array = value.array()) {
    writer.StartArray();
    for (const Json& element : *array) write(element, writer, look);
    writer.EndArray();
  } else if (const auto* object = value.object()) {
    writer.StartObject();
    for (const auto& [key, member] : *object) {
      write_text(key, writer);
      write(member, writer, look);
    }
    writer.EndObject();
  } else {
    writer.Null();
  }
}

template <typename Value>
const Value& required(const Value* value, std::string_view key, std::string_view problem) {
  if (value == nullptr) refuse_damaged(fmt::format("{} is {}", in_quotes(key), problem));
  return *value;
}

}  // namespace

Json Json::parse(std::string_view text) {
  // Unescaped in place: a manifest is thousands of these. There the library must not check the
  // encoding by itself: it would look for the rest of a character behind the end of the text.
  constexpr unsigned kFlags = rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseInsituFlag;
  if (!is_utf8(text)) refuse_damaged("not JSON: not UTF-8");
  Builder builder(text.find("\\u") != std::string_view::npos);
  std::string bytes(text);
  rapidjson::InsituStringStream stream(bytes.data());
  rapidjson::Reader reader;
  const bool read = !reader.Parse<kFlags>(stream, builder).IsError();
  // A NUL byte is an end to the library.
  if (!read || stream.Tell() != text.size()) {
    refuse_damaged(fmt::format("not JSON at byte {}", read ? stream.Tell() : reader.GetErrorOffset()));
  }
  return builder.take();
}

std::string Json::dump() const {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  write(*this, writer, nullptr);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string Json::pretty(const Look& look) const {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  write(*this, writer, look);
  return with_json_escapes({buffer.GetString(), buffer.GetSize()});
}

const Json* Json::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, key, &Object::value_type::first);
  return found == members->end() ? nullptr : &found->second;
}

const Json& Json::at(std::string_view key) const {
  static const Json kNull;
  const Json* member = find(key);
  return member == nullptr ? kNull : *member;
}

const std::string& Json::text(std::string_view key) const {
  return required(at(key).string(), key, "missing or not a text");
}

int64_t Json::number(std::string_view key) const {
  return required(at(key).integer(), key, "missing or not a whole number");
}

std::string Json::text_or(std::string_view key, std::string_view otherwise) const {
  return at(key).is_null() ? std::string(otherwise) : text(key);
}

int64_t Json::number_or(std::string_view key, int64_t otherwise) const {
  return at(key).is_null() ? otherwise : number(key);
}

bool Json::flag_or(std::string_view key, bool otherwise) const {
  return at(key).is_null() ? otherwise : required(at(key).boolean(), key, "not true or false");
}

std::vector<std::string> Json::texts(std::string_view key) const {
  std::vector<std::string> result;
  if (at(key).is_null()) return result;
  for (const Json& element : required(at(key).array(), key, "not a list")) {
    if (element.string() == nullptr) {
      refuse_damaged(in_quotes(key) + " holds something that is no text");
    }
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
  return json_array(texts, [](const std::string& text) { return text; });
}

Json json_answer(std::string_view kind, Json::Object members) {
  members.insert(members.begin(), {{"backstep", kind}, {"version", 1}});
  return members;
}

}  // namespace backstep
