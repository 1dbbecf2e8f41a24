// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace backstep {

// How a platform's log wants a run to be told: what stands before and after a command's output, and
// what our own lines must not hold.
class LogDialect {
 public:
  virtual ~LogDialect() = default;

  // Lines, each with its end. Between the two comes the command's output; they never nest.
  virtual std::string open_block(const std::string& title) = 0;
  virtual std::string close_block() = 0;
  // A block is folded away, so that how its command ended must be said behind it.
  virtual bool folds() const { return false; }

  // A text of our own in which the platform finds nothing to obey.
  virtual std::string harmless(std::string text) const { return text; }
  // The same for a JSON text, which must keep its meaning.
  virtual std::string harmless_json(std::string text) const { return text; }

  // What stands before each line of a command's output.
  virtual std::string live_prefix() const { return "  │ "; }
};

// A terminal, a file, a platform that has no way of its own.
class PlainDialect : public LogDialect {
 public:
  std::string open_block(const std::string& title) override { return "▶ " + title + "\n"; }
  std::string close_block() override { return ""; }
};

}  // namespace backstep
