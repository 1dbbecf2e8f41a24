// SPDX-License-Identifier: Apache-2.0
#include "config/setting_types.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/json.h"
#include "config/lint_rules.h"
#include "config/patterns.h"
#include "system/http/http_probe.h"

namespace backstep {
namespace {

// Of <service>_<entrypoint file> a file system takes 255 bytes, of which a service has up to 64.
constexpr size_t kLongestFileName = 128;

// The items of a list are taken whole.
std::vector<std::string> items_of(const RawValue& value) {
  if (!value.is_list) return listed_items(value.text);
  std::vector<std::string> items;
  for (const std::string& item : value.list) items.emplace_back(trimmed(item));
  return items;
}

// What many a user tries first; a shell would look for a program of that name.
void refuse_url(std::string_view word) {
  if (!word.starts_with("http://") && !word.starts_with("https://")) return;
  refuse_usage(in_quotes(word) +
               " is a URL, not a command: give it to health_url, in the file 'health_check: {url: URL}'");
}

RawValue raw_of(const Json& json) {
  if (const bool* is_on = json.boolean()) return {.text = SwitchValue::show(*is_on)};
  if (json.string() != nullptr) return {.text = *json.string()};
  const Json::Array* items = json.array();
  if (items == nullptr) refuse_usage("a text, a list, true or false is expected");
  RawValue list = raw_list({});
  for (const Json& item : *items) {
    if (item.string() == nullptr) refuse_usage("a text is expected in the list");
    list.list.push_back(*item.string());
  }
  return list;
}

void take_of_remote(RemoteSettings& remote, const std::string& key, const RawValue& value) {
  static const std::vector<std::string> keys = {"git", "ref", "fetch", "store", "required", "public"};
  if (is_unset(value)) return;
  if (key == "git") return void(remote.git = TextValue::read(value));
  if (key == "ref") return void(remote.ref = TextValue::read(value));
  if (key == "fetch") return void(remote.fetch = read_command(value));
  if (key == "store") return void(remote.store = read_command(value));
  if (key == "required") return void(remote.required = SwitchValue::read(value));
  if (key == "public") return void(remote.is_public = SwitchValue::read(value));
  refuse_usage(fmt::format("unknown key {}{}; allowed: {}", in_quotes(key), suggestion(key, keys), joined(keys, ", ")));
}

// A file of Compose doubles what is not for Compose; a shell would read its own number.
void refuse_doubled_dollar(std::string_view text) {
  for (size_t at = text.find("$$"); at != std::string_view::npos; at = text.find("$$", at + 2)) {
    const std::string_view rest = text.substr(at + 2);
    const char next = rest.empty() ? ' ' : rest.front();
    if (next != '{' && next != '(' && next != '_' && !is_ascii_alphanumeric(next)) continue;
    refuse_usage(in_quotes(text.substr(at, rest.find(' '))) +
                 " has the '$' doubled, as files of Compose need it: here one is enough");
  }
}

}  // namespace

RemoteSettings read_remote(std::string_view word) {
  RemoteSettings remote{.text = std::string(word)};
  if (word.starts_with('{')) {
    try {
      const Json json = Json::parse(word);
      const Json::Object* keys = json.object();  // always, behind a brace; GCC wants to be told
      if (keys == nullptr) refuse_usage("a map is expected");
      for (const auto& [key, value] : *keys) take_of_remote(remote, key, raw_of(value));
    } catch (const Error& error) {
      throw error.within("in a map", ExitCode::kUsage);
    }
  } else if (word != "git") {
    refuse_usage(in_quotes(word) + " is neither git nor a map; a flag or a variable has that as JSON");
  }
  const bool by_commands = !remote.fetch.empty() || !remote.store.empty();
  const bool by_git = !remote.git.empty() || !remote.ref.empty();
  if (by_commands && (by_git || remote.fetch.empty() || remote.store.empty())) {
    refuse_usage("fetch and store are two commands that belong together, in the place of git");
  }
  if (!by_commands && remote.git.empty()) remote.git = "origin";
  if (!remote.ref.empty() && !remote.ref.starts_with("refs/")) remote.ref.insert(0, "refs/heads/");
  return remote;
}

std::string_view word_of(const RawValue& value, SettingType type) {
  if (value.is_list) refuse_usage(fmt::format("{} is expected, not a list", expected(type)));
  return trimmed(value.text);
}

std::string read_text(std::string_view word) { return std::string(word); }

std::string read_any_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) {
    refuse_usage(in_quotes(path) + " holds a NUL byte");
  }
  if (path.find('$') != std::string_view::npos || path.starts_with("~/")) {
    refuse_usage(in_quotes(path) +
                 " would need a shell, and no variable is expanded in a path: give the whole path "
                 "in the variable BACKSTEP_ of this setting (as BACKSTEP_FILES), or for one "
                 "environment in backstep.NAME.yml, read by --environment NAME");
  }
  std::vector<std::string> kept;
  for (std::string& part : split(path, '/')) {
    if (part == ".." && !kept.empty() && kept.back() != "..") {
      refuse_usage(in_quotes(path) + " leads down and up again: '..' may only begin a path");
    }
    if (part == ".." && path.starts_with('/')) {
      refuse_usage(in_quotes(path) + ": '..' is not allowed in an absolute path");
    }
    if (!part.empty() && part != ".") kept.push_back(std::move(part));
  }
  if (kept.empty()) refuse_usage(in_quotes(path) + " names no file or directory of its own");
  std::string result = (path.starts_with('/') ? "/" : "") + joined(kept, "/");
  // Whoever reads it again, as `config` shows it, would take the blank for an accident.
  if (trimmed(result) != result) refuse_usage(in_quotes(path) + " begins or ends with a blank");
  return result;
}

std::string read_path(std::string_view path) {
  std::string result = read_any_path(path);
  if (result.starts_with('/')) {
    refuse_usage(in_quotes(path) + " leaves the workspace: a relative path is expected");
  }
  return result;
}

std::string read_entrypoint(std::string_view word) {
  const std::string name = word.empty() ? "" : read_path(word);
  if (name.empty() || name == ".." || name.starts_with("../") || word.ends_with('/') || has_wildcard(name)) {
    refuse_usage(in_quotes(word) + " is not the name of a file in each service");
  }
  if (printable(name) != name) {
    refuse_usage(in_quotes(name) + " holds bytes that a file name here may not");
  }
  if (name.size() > kLongestFileName) {
    refuse_usage(fmt::format("{} is longer than {} bytes", in_quotes(name), kLongestFileName));
  }
  return name;
}

std::vector<std::string> listed_items(std::string_view text) {
  std::vector<std::string> items = words_in(text, ",\n");
  for (std::string& item : items) item = std::string(trimmed(item));
  std::erase(items, "");
  return items;
}

std::vector<std::string> read_paths(const RawValue& value) {
  std::vector<std::string> paths = items_of(value);
  for (std::string& path : paths) path = read_any_path(path);
  return paths;
}

std::vector<std::string> read_reports(const RawValue& value) {
  std::vector<std::string> paths = read_paths(value);
  for (const std::string& path : paths) {
    const auto kinds = split(kReportEndings, ' ');
    const auto ends_it = [&](const std::string& ending) { return path.ends_with(ending); };
    if (std::ranges::any_of(kinds, ends_it)) continue;
    refuse_usage(
        fmt::format("{} ends with none of {}, which say what kind of report it is", in_quotes(path), kReportEndings));
  }
  return paths;
}

std::vector<std::string> read_texts(const RawValue& value) {
  std::vector<std::string> texts = items_of(value);
  if (std::ranges::find(texts, "") != texts.end()) refuse_usage("an item of the list is empty");
  return texts;
}

std::vector<std::string> read_headers(const RawValue& value) {
  std::vector<std::string> headers = read_texts(value);
  for (const std::string& header : headers) {
    if (header.find(':') == std::string::npos || printable(header) != header) {
      refuse_usage(in_quotes(header) + " is no header: one line is expected, 'Name: value'");
    }
  }
  return headers;
}

std::vector<std::string> read_statuses(const RawValue& value) {
  std::vector<std::string> ranges = read_texts(value);
  for (const std::string& range : ranges) {
    for (const std::string& end : split(range, '-')) read_number(end, 100, 599);
  }
  return ranges;
}

std::vector<std::string> read_lint_rules(const RawValue& value) {
  const std::vector<std::string> known = choices_of(*find_setting("lint_off"));
  std::vector<std::string> names = items_of(value);
  for (const std::string& name : names) {
    if (std::ranges::find(known, name) != known.end()) continue;
    refuse_usage(fmt::format("{} is no rule of lint{}; 'backstep help rules' lists them", in_quotes(name),
                             suggestion(name, known)));
  }
  return names;
}

Command read_command(const RawValue& value) {
  if (!value.is_list) return {.text = value.text, .list = {}};
  if (!value.list.empty() && value.list.front().empty()) {
    refuse_usage("the list's first item is the program to run, and it is empty");
  }
  return {.text = "", .list = value.list};
}

RawValue CommandValue::raw(const Command& command) {
  if (!command.list.empty()) return raw_list(command.list);
  return {.text = command.text, .list = {}};
}

Command read_check(const RawValue& value) {
  const std::string form = value.list.empty() ? "" : value.list.front();
  refuse_url(trimmed(value.is_list ? form : value.text));
  refuse_doubled_dollar(value.text);
  for (const std::string& word : value.list) refuse_doubled_dollar(word);
  if (form == "NONE") {
    if (value.list.size() != 1) refuse_usage("[\"NONE\"] switches the check off and stands alone");
    return {};
  }
  if (form == "CMD-SHELL") {
    if (value.list.size() != 2) refuse_usage("[\"CMD-SHELL\", …] takes one text for the shell");
    return {.text = value.list[1], .list = {}};
  }
  if (form != "CMD") return read_command(value);
  if (value.list.size() == 1) refuse_usage("[\"CMD\", …] names no program");
  RawValue rest = value;
  rest.list.erase(rest.list.begin());
  return read_command(rest);
}

RawValue CheckValue::raw(const Command& command) {
  RawValue value = CommandValue::raw(command);
  if (value.is_list) value.list.insert(value.list.begin(), "CMD");
  return value;
}

std::string read_url(std::string_view word) {
  std::string url(word);
  parse_http_url(url);
  return url;
}

Duration read_positive_duration(std::string_view word) {
  const Duration duration = parse_duration(word);
  if (duration == Duration::zero()) {
    refuse_usage(in_quotes(word) + " is too short: it must be longer than 0s");
  }
  return duration;
}

int read_number(std::string_view word, int least, int most) {
  if (word.size() > 1 && word.front() == '0' && word.find_first_not_of("0123456789") == std::string_view::npos) {
    refuse_usage(in_quotes(word) + " is ambiguous: write it without the leading zero");
  }
  int count = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (error != std::errc{} || end != word.data() + word.size() || count < least || count > most) {
    refuse_usage(fmt::format("{} is not a whole number from {} to {}", in_quotes(word), least, most));
  }
  return count;
}

std::vector<int> read_exit_codes(const RawValue& value) {
  constexpr int kMost = 255;
  std::vector<int> codes;
  for (const std::string& item : items_of(value)) codes.push_back(read_number(item, 1, kMost));
  std::ranges::sort(codes);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

bool read_switch(std::string_view word) {
  const std::string low = lower_case(word);
  if (low == "true" || low == "yes" || low == "on" || low == "1") return true;
  if (low == "false" || low == "no" || low == "off" || low == "0") return false;
  refuse_usage(in_quotes(word) + " is neither true nor false");
}

size_t place_of_choice(const RawValue& value, std::string_view choices) {
  const std::string_view word = word_of(value, SettingType::kChoice);
  const std::vector<std::string> names = split(choices, ' ');
  const auto found = std::ranges::find(names, word);
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  refuse_usage(fmt::format("{} is not one of {}{}", in_quotes(word), joined(names, ", "), suggestion(word, names)));
}

}  // namespace backstep
