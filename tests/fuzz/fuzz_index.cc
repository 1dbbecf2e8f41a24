// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "fuzz/fuzz.h"
#include "fuzz/store_of_bytes.h"
#include "store/sets/index.h"
#include "system/files/digest.h"

namespace backstep::fuzz {
namespace {

// Records as an index has them around: no mutation finds a hash.
std::string sealed(const std::string& header, std::string_view lines) {
  std::string text = header + std::string(lines);
  if (!text.ends_with('\n')) text += '\n';
  return text + sha256_hex(text) + '\n';
}

// The first line of what an empty index saves.
std::string header_of_index(const StoreOfBytes& scene) {
  Index().save(scene.store());
  const std::string text = scene.bytes();
  return text.substr(0, text.find('\n') + 1);
}

}  // namespace

// An index that is not ours is an empty one; what is accepted is saved as it was.
void try_input(std::string_view bytes) {
  static const StoreOfBytes scene("index");
  static const std::string header = header_of_index(scene);
  Index::load(scene.with(bytes));
  const Index index = Index::load(scene.with(sealed(header, bytes)));
  index.save(scene.store());
  const std::string text = scene.bytes();
  if (text.find('\n', header.size()) != text.size() - 1) ++accepted;
  Index::load(scene.store()).save(scene.store());
  require(scene.bytes() == text, "an index is read back as it was", text);
}

}  // namespace backstep::fuzz
