// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"

namespace backstep {

// Whether what has this name is not for everybody's eyes: DB_PASSWORD, GITHUB_TOKEN, api-key,
// clientSecret, spring.datasource.password, MYSQL_PWD. Not where a secret lies: SSH_KEY_FILE.
bool names_a_secret(std::string_view variable);
// Whether it tells where something lies, or how it is called: file, config_paths, HOST.
bool names_a_place(std::string_view variable);

// What is shown in place of a secret.
inline constexpr std::string_view kHiddenSecret = "***";

// The line up to the first secret that it holds by itself: `--token x`, `Authorization: Bearer x`,
// `password=x`, `-u user:x`, `://user:x@`.
std::string up_to_secret(std::string_view line);

// A secret as it is, and as tools print it: in JSON, XML, URLs, a shell's quotes, base64.
std::vector<std::string> forms_of_secret(std::string_view secret);

// What is shown as `***` in whatever leaves this program; one of several lines (a private key) line
// by line, for a report may hold a part of it. Where a name alone tells, a number, a path, a common
// word and what is shorter than four bytes (of a key: eight) are no secrets: they would hide half
// the report. Copies know the same: what one of them learns, all hide from then on.
class Secrets {
 public:
  Secrets() = default;
  // Those of the caller's variables whose names or values tell.
  explicit Secrets(const Environment& environment);
  // The setting `secrets`: variables by names or patterns like `*_DSN`, whatever their values are.
  void add_variables(const Environment& from, const std::vector<std::string>& names) const;
  // The words that up_to_secret begins to hide. `where` names the text for people.
  void add_words_of(std::string_view text, std::string_view where) const;
  // What commands announced by `::add-mask::` since the last call, for the platform.
  std::vector<std::string> take_announced() const;
  // From here on a secret within this name stays in our own lines. Warns once for each.
  void keep_name(std::string_view name, std::vector<std::string>& warnings) const;

  // Of our own lines, in which such names stay, and IDs and digests.
  std::string hidden_in(std::string text) const { return take(text, true, true); }
  // What may be shown of `kept`. The rest stays there: a secret that may go on in what comes.
  std::string take(std::string& kept, bool is_all, bool names_stay) const;

 private:
  struct Form {
    std::string text;
    std::string where;  // it comes from
    bool stays;         // in our own lines
  };
  static constexpr std::string_view kAnnounces = "::add-mask::";
  static constexpr std::string_view kTooMany = "(a secret too many is announced: it is not hidden)\n";
  struct Known {
    Known() { add({std::string(kAnnounces), "", true}); }
    void add(Form form);
    // The next place from `at` on where a form may begin: of most bytes printed, two are looked at, and no form.
    size_t next_beginning(std::string_view text, size_t at) const;

    std::array<std::vector<Form>, 256> forms;  // by the first byte, long ones first
    std::bitset<1U << 16U> beginnings;         // their first two bytes
    std::vector<std::string> announced;
    size_t taken = 0;                 // of these
    bool is_full = false;             // the last one was too many
    size_t room = size_t{64} * 1024;  // for them: whoever announces for ever fills no memory
  };
  void add(std::string_view value, std::string_view where, size_t shortest) const;
  // The form that begins there, or that may when more comes; null: none.
  Form* form_at(std::string_view text, size_t at, bool is_all, bool names_stay) const;
  // Learns what a command announces. Returns how far its line goes; 0: more of it comes.
  size_t announced(std::string_view line, bool is_all) const;

  std::shared_ptr<Known> known_ = std::make_shared<Known>();
};

// Hides secrets in what a command prints in pieces, wherever the pieces begin and end. Lines
// `::add-mask::VALUE` are taken out, and each VALUE is a secret from there on.
class SecretFilter {
 public:
  // `secrets` must outlive it.
  explicit SecretFilter(const Secrets& secrets) : secrets_(secrets) {}

  // What may be shown by now: the end of a piece waits as long as a secret may go on in the next.
  std::string add(std::string_view piece) { return secrets_.take(kept_ += piece, false, false); }
  // The rest, when nothing more comes.
  std::string end() { return secrets_.take(kept_, true, false); }

 private:
  const Secrets& secrets_;
  std::string kept_;
};

}  // namespace backstep
