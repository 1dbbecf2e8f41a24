// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include <fmt/core.h>
#include <fnmatch.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/secret_lines.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kShortest = 4;
constexpr size_t kShortestNamed = 3;  // of what the user or a command says is one

// No form is shorter than that.
size_t two_bytes_at(std::string_view text, size_t at) {
  return size_t{static_cast<unsigned char>(text[at])} << 8U | static_cast<unsigned char>(text[at + 1]);
}

// As the runner reads them: a CR ends a line too, and blanks may stand before a command.
bool ends_line(std::string_view text) {
  const size_t last = text.find_last_not_of(" \t");
  return last == text.npos || text[last] == '\n' || text[last] == '\r';
}

// An ID or a digest holds a short one by chance.
bool is_in_an_id(std::string_view secret, std::string_view text, size_t at) {
  constexpr std::string_view kDigits = "0123456789abcdef-_";
  const size_t begin = text.find_last_not_of(kDigits, at) + 1;
  const size_t end = std::min(text.find_first_not_of(kDigits, at), text.size());
  return secret.size() < 8 && begin <= at && end >= at + secret.size() && end - begin >= 12;
}

// The secret that begins there, perhaps behind a quote, a scheme, or the name of a user.
std::string word_at(std::string_view line, size_t from) {
  const std::string_view before = trimmed(line.substr(0, from));
  const bool in_url = before.ends_with("://");
  const auto words = words_in(line.substr(from), in_url ? " \t\"'" : " \t\"'`\\;|()[]<>&,");
  const auto found = std::ranges::find_if_not(words, is_plain_word);
  std::string word = found == words.end() ? "" : *found;
  if (in_url) word.resize(std::min(word.rfind('@', word.find_first_of("/?#")), word.size()));
  const bool is_pair = in_url || before.ends_with("-u") || before.ends_with("--user");
  return is_pair ? word.substr(word.find(':') + 1) : word;
}

}  // namespace

std::string up_to_secret(std::string_view line) {
  const size_t from = SecretLines().hidden_from(line);
  return std::string(line.substr(0, from)).append(from < line.size() ? kHiddenSecret : "");
}

Secrets::Secrets(const Environment& environment) {
  for (const auto& [name, value] : environment.all()) {
    if (is_a_secret(value, name)) add(value, name, kShortest);
    // Of sentences, as a commit's message, none is asked that holds no URL with a user.
    const bool is_word = value.find_first_of(" \n") == value.npos;
    if (is_word || value.find("://") < value.find('@')) add_words_of(value, name);
  }
}

void Secrets::add_variables(const Environment& from, const std::vector<std::string>& names) const {
  for (const auto& [name, value] : from.all()) {
    for (const std::string& pattern : names) {
      if (fnmatch(pattern.c_str(), name.c_str(), 0) == 0) add(value, name, kShortestNamed);
    }
  }
}

void Secrets::add_words_of(std::string_view text, std::string_view where) const {
  SecretLines lines;
  for (std::string& line : split(text, '\n')) {
    size_t from = lines.hidden_from(line);
    for (size_t next = 0; from < line.size() && from >= next;) {
      const std::string word = word_at(line, from);
      if (word.empty()) break;
      add(word, where, kShortest);
      // A reference in its place: others may stand behind it.
      line.replace(from, line.find(word, from) + word.size() - from, "$");
      next = from + 1;
      from = SecretLines().hidden_from(line);
    }
  }
}

void Secrets::add(std::string_view value, std::string_view where, size_t shortest) const {
  // A key may be kept in one line and printed in many.
  const bool in_one = value.find("\\n") != value.npos;
  if (in_one) add(replaced(std::string(value), "\\n", "\n"), where, shortest);
  for (const std::string& line : split(value, '\n')) {
    const std::string_view text = trimmed(line);
    if (text.size() < shortest) continue;
    for (const std::string& form : forms_of_secret(text)) {
      const std::vector<Form>& forms = known_->forms[static_cast<unsigned char>(form[0])];
      const bool is_known = std::ranges::find(forms, form, &Form::text) != forms.end();
      if (is_known || (form.size() < kShortest && form != text)) continue;
      known_->add({form, std::string(where), false});
    }
  }
}

size_t Secrets::announced(std::string_view line, bool is_all) const {
  constexpr size_t kLongest = size_t{1} << 20;
  constexpr size_t kMost = 200;  // each is looked for at every byte that is printed
  const size_t end = line.find_first_of("\r\n");
  if (end == line.npos && !is_all && line.size() < kLongest) return 0;
  const std::string value(trimmed(line.substr(0, end).substr(kAnnounces.size())));
  std::vector<std::string>& all = known_->announced;
  known_->is_full = value.size() > known_->room || all.size() >= kMost;
  if (!known_->is_full && std::ranges::find(all, value) == all.end()) {
    all.push_back(value);
    known_->room -= value.size();
    add(replaced(replaced(value, "%0A", "\n"), "%25", "%"), kAnnounces, kShortestNamed);
  }
  return std::min(end, line.size() - 1) + 1;
}

std::vector<std::string> Secrets::take_announced() const {
  const std::vector<std::string>& all = known_->announced;
  return {all.data() + std::exchange(known_->taken, all.size()), all.data() + all.size()};
}

void Secrets::keep_name(std::string_view name, std::vector<std::string>& warnings) const {
  for (size_t at = 0; (at = known_->next_beginning(name, at)) < name.size(); ++at) {
    Form* form = form_at(name, at, true, true);
    if (form == nullptr) continue;
    form->stays = true;
    warnings.push_back(
        fmt::format("the secret of {} is also a part of the name {}, where it stays: give it another value",
                    form->where, in_quotes(name)));
  }
}

void Secrets::Known::add(Form form) {
  std::vector<Form>& alike = forms[static_cast<unsigned char>(form.text[0])];
  beginnings.set(two_bytes_at(form.text, 0));
  const auto place = std::ranges::upper_bound(alike, form.text.size(), std::greater(),
                                              [](const Form& each) { return each.text.size(); });
  alike.insert(place, std::move(form));
}

size_t Secrets::Known::next_beginning(std::string_view text, size_t at) const {
  while (at + 1 < text.size() && !beginnings[two_bytes_at(text, at)]) ++at;
  return at;
}

Secrets::Form* Secrets::form_at(std::string_view text, size_t at, bool is_all, bool names_stay) const {
  const std::string_view rest = text.substr(at);
  for (Form& form : known_->forms[static_cast<unsigned char>(rest[0])]) {
    const bool begins = rest.starts_with(form.text) || (!is_all && form.text.starts_with(rest));
    if (!begins || (names_stay && (form.stays || is_in_an_id(form.text, text, at)))) continue;
    if (form.text != kAnnounces || ends_line(text.substr(0, at))) return &form;
  }
  return nullptr;
}

std::string Secrets::take(std::string& kept, bool is_all, bool names_stay) const {
  const std::string_view text = kept;
  std::string shown;
  size_t at = 0;
  size_t copied = 0;
  while ((at = known_->next_beginning(text, at)) < text.size()) {
    const Form* form = form_at(text, at, is_all, names_stay);
    size_t size = form == nullptr ? 1 : form->text.size();
    const bool announces = form != nullptr && form->text == kAnnounces && at + size <= text.size();
    if (announces) size = announced(text.substr(at), is_all);
    if (size == 0 || at + size > text.size()) break;
    if (form != nullptr) {
      shown.append(text.substr(copied, at - copied))
          .append(announces ? known_->is_full ? kTooMany : "" : kHiddenSecret);
      copied = at + size;
    }
    at += size;
  }
  shown += text.substr(copied, at - copied);
  kept.erase(0, at);
  return shown;
}

}  // namespace backstep
