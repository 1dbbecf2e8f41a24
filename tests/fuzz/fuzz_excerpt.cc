// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "system/process/command_output.h"

namespace backstep::fuzz {
namespace {

constexpr size_t kNotice = 100;
constexpr size_t kEnough = 4 * (Excerpt::kHead + Excerpt::kTail);

// The output of a command: `bytes`, so often that head and tail overflow.
std::string long_output(std::string_view bytes, unsigned times) {
  std::string output;
  for (unsigned i = 0; i < times && output.size() < kEnough; ++i) output += bytes;
  return output;
}

}  // namespace

// The first byte says how often the rest is printed, and the second in pieces of which size.
void try_input(std::string_view bytes) {
  if (bytes.size() < 3) return;
  const auto times = static_cast<unsigned char>(bytes[0]);
  const size_t piece = size_t{1} + static_cast<unsigned char>(bytes[1]) * size_t{17};
  const std::string output = long_output(bytes.substr(2), times);
  Excerpt whole;
  whole.add(output);
  Excerpt pieces;
  for (size_t at = 0; at < output.size(); at += piece) pieces.add(output.substr(at, piece));

  ++accepted;
  const std::string text = whole.text();
  require(whole.total() == output.size(), "every byte is counted");
  require(text == pieces.text(), "how the output came makes no difference");
  require(text.size() <= Excerpt::kHead + Excerpt::kTail + kNotice, "an excerpt is bounded");
  const bool complete = output.size() <= Excerpt::kHead + Excerpt::kTail;
  require(!complete || text == output, "a short output is kept whole");
  const std::string last = whole.last_lines(10);
  require(std::string_view(output).ends_with(last) || output.ends_with(last + "\n"),
          "the last lines are the output's last");
  for (const std::string& line : plain_lines(last)) {
    require_harmless_line(line, "a plain line is harmless");
    require(printable(line) == line, "a plain line is printable", line);
  }
}

}  // namespace backstep::fuzz
