// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

namespace backstep::fuzz {

void try_input(std::string_view bytes) {
  Json value;
  if (!accepts([&] { value = Json::parse(bytes); })) return;
  const std::string line = value.dump();
  require(line.find('\n') == std::string::npos, "a dumped value is one line", line);
  require(is_utf8(line), "a dumped value is UTF-8", line);
  require(Json::parse(line).dump() == line, "a value is read back as it was written", line);
  require(Json::parse(value.pretty()).dump() == line, "however it was laid out", line);
}

}  // namespace backstep::fuzz
