// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include "base/text.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/files/directory.h"

using namespace backstep;

namespace {

// "1:abc", with a `~` where a line goes on in the next piece, and before one that began earlier.
std::vector<std::string> pieces_of(const std::string& bytes) {
  const test::TempDir temp;
  temp.write("script", bytes);
  const Directory directory = Directory::open_root(temp.path(), "");
  const UniqueFd file = directory.open_file("script");
  std::vector<std::string> pieces;
  read_lines(file.get(), "script", [&](const LinePiece& piece) {
    const std::string shown = piece.bytes.size() > 20 ? std::to_string(piece.bytes.size()) : std::string(piece.bytes);
    pieces.push_back(std::to_string(piece.line) + ":" + (piece.begins ? "" : "~") + shown + (piece.ends ? "" : "~"));
  });
  return pieces;
}

using Pieces = std::vector<std::string>;
const std::string kLongLine(LinePiece::kLongestPiece, 'x');

}  // namespace

TEST_CASE("ScriptLines: a last line needs no newline, and an empty file has no line", "[lint][script_lines]") {
  CHECK(pieces_of("").empty());
  CHECK(pieces_of("a") == Pieces{"1:a"});
  CHECK(pieces_of("a\n") == Pieces{"1:a"});
  CHECK(pieces_of("a\n\nb") == Pieces{"1:a", "2:", "3:b"});
}

TEST_CASE("ScriptLines: only a line that is longer than a piece comes in parts", "[lint][script_lines]") {
  const std::string almost = kLongLine.substr(1);
  CHECK(pieces_of("a\n" + almost + "\nb\n") == Pieces{"1:a", "2:65535", "3:b"});
  CHECK(pieces_of(kLongLine + "tail\nb") == Pieces{"1:65536~", "1:~tail", "2:b"});
  CHECK(pieces_of(kLongLine + "\nb") == Pieces{"1:65536~", "1:~", "2:b"});
  CHECK(pieces_of(kLongLine) == Pieces{"1:65536~", "1:~"});
  CHECK(pieces_of(kLongLine + kLongLine + "y") == Pieces{"1:65536~", "1:~65536~", "1:~y"});
}
