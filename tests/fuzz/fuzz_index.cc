// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "fuzz/sealed.h"
#include "store/index.h"

namespace backstep::fuzz {

// An index that is not ours is an empty one; what is accepted is saved as it was.
void try_input(std::string_view bytes) {
  static const StoreOfBytes scene("index");
  static const std::string header = header_of<Index>(scene);
  Index::load(scene.with(bytes));
  const Index index = Index::load(scene.with(sealed(header, bytes)));
  index.save(scene.store());
  const std::string text = scene.bytes();
  if (text.find('\n', header.size()) != text.size() - 1) ++accepted;
  Index::load(scene.store()).save(scene.store());
  require(scene.bytes() == text, "an index is read back as it was", text);
}

}  // namespace backstep::fuzz
