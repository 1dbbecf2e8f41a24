// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"

namespace backstep::fuzz {

// One input, as somebody else could have written it. Each target defines it, and calls require()
// for what must hold of whatever is accepted. libFuzzer calls it in the preset `fuzz`, and
// corpus_driver.cc, with every file of corpus/<target>/, in the ordinary tests.
void try_input(std::string_view bytes);

// How many inputs were accepted: a corpus of refusals would test nothing but the refusing.
inline size_t accepted = 0;

inline void require(bool kept, std::string_view promise, std::string_view subject = "") {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %.*s\n%.*s\n", static_cast<int>(promise.size()), promise.data(),
               static_cast<int>(subject.size()), subject.data());
  std::abort();
}

// What people are shown is one line that neither moves a cursor nor commands GitHub's runner.
inline void require_harmless_line(std::string_view text, std::string_view what) {
  for (const char c : text) {
    require((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F), what, text);
  }
  require(text.find("##[") == std::string_view::npos, what, text);
  for (const std::string_view turned : {"\u202E", "\u2066", "\u2028", "\u009B"}) {
    require(text.find(turned) == std::string_view::npos, what, text);
  }
}

// Whether `take` accepts. An Error, in one line, is the only way to refuse: any other exception
// ends the process.
template <typename Take>
bool accepts(Take take) {
  try {
    take();
  } catch (const Error& error) {
    require(!error.message().empty(), "a refusal says why");
    require_harmless_line(error.message(), "a refusal is one harmless line");
    return false;
  }
  ++accepted;
  return true;
}

}  // namespace backstep::fuzz
