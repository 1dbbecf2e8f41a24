// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/secrets.h"
#include "base/text.h"
#include "system/fd.h"

namespace backstep {

// Our standard output or error. Whatever happens to it never changes what the run does: a closed
// pipe or a full disk ends the output, not the run, and a reader that stands still for five seconds
// loses lines instead of stopping a restore. Once it has, nobody waits for it again until it reads.
// The same is true of a terminal that nobody reads (Ctrl-S, a connection that hangs). failed() lets
// the end of the run say so. SIGPIPE must be ignored (SignalWatch).
class Output {
 public:
  explicit Output(int fd, Duration stall_limit = Duration(5'000));

  // From here on none of them is written, as long as each lies within one call; but for obeyed().
  void hide(const Secrets& secrets) { secrets_ = secrets; }
  const Secrets& secrets() const { return secrets_; }

  // What we say ourselves: a line, or several with their ends. Nothing in it steers a reader.
  void say(const Shown& line) { say_lines(line.text() + "\n"); }
  void say_lines(std::string_view text) { write(coloured(secrets_.hidden_in(printable_lines(text)))); }
  // Bytes as they are, for a reader that wants them so: what a command prints, JSON, a patch.
  void pass(std::string_view bytes) { write(secrets_.hidden_in(std::string(bytes))); }
  // What the platform is to obey. It has lost its secrets before, which may read like its words.
  void obeyed(std::string_view bytes) { write(bytes); }

  // Our lines have a colour, by the mark that they begin with. It is chosen once, for all outputs.
  // kInLog: a CI system shows colours, and a file does not.
  enum class Colours { kNever, kOnTerminal, kInLog, kAlways };
  static void choose(Colours colours) { colours_ = colours; }
  bool in_colour() const;
  std::string coloured(const std::string& lines) const;

  // Who is told of all bytes before they are written: a line that is redrawn makes way for them.
  using Watcher = std::function<void(std::string_view bytes)>;
  void tell(Watcher watcher) { watcher_ = std::move(watcher); }

  // Something was lost.
  bool failed() const { return failed_ || lost_; }
  bool is_terminal() const { return is_terminal_; }
  // Columns of the terminal; nullopt: it is none, or does not say.
  std::optional<size_t> width() const;

 private:
  // Writes all of it, or gives up as above. Waits by poll, at most PIPE_BUF bytes a write, for
  // O_NONBLOCK on a shared descriptor would change it for others too. That is enough for a pipe; a
  // terminal may make a write wait although poll saw room, so it is opened once more for us alone.
  // Where that is not allowed (it is another user's), a timer interrupts the write.
  void write(std::string_view bytes);
  Duration patience() const;
  bool wait_until_ready() const;
  bool write_piece(std::string_view& bytes);

  static inline Colours colours_ = Colours::kNever;
  Watcher watcher_;
  bool is_terminal_;
  UniqueFd own_;  // the terminal, opened once more; none where it is none or may not be
  int fd_;
  Duration stall_limit_;
  bool failed_ = false;
  bool stalled_ = false;
  bool lost_ = false;
  Secrets secrets_;
};

}  // namespace backstep
