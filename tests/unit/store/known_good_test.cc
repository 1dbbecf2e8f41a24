// SPDX-License-Identifier: Apache-2.0
#include "store/records/verdicts.h"

#include "retention_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

KnownGood known_in(const RetentionScene& it) {
  return known_good(it.catalog, Verdicts::load(it.scene.store));
}

}  // namespace

TEST_CASE("KnownGood: the newest good version that no set holds is lost, and said",
          "[store][known_good]") {
  RetentionScene it;
  it.backup(3, "a");
  it.backup(2, "a");
  it.failed(1, "b");
  it.passed("a");
  it.passed("b");
  const KnownGood good = known_in(it);
  CHECK(good.lost == digest_of_script("b"));
  REQUIRE(good.last != nullptr);
  CHECK(good.last->ref == it.catalog.entries[1].ref);
  CHECK(good.loss() == "no backup holds the newest known good version (" + good.lost.substr(0, 12) +
                           ") any more; the newest that is left is " + good.last->ref.id);
  CHECK_THAT(good.why_last(), backstep::test::matchers::StartsWith("an older known good"));
}

TEST_CASE("KnownGood: with nothing good left there is nothing to go back to",
          "[store][known_good]") {
  RetentionScene it;
  it.backup(2, "a");
  CHECK(known_in(it).loss().empty());
  CHECK(known_in(it).last == nullptr);
  it.passed("b");
  CHECK_THAT(known_in(it).loss(),
             backstep::test::matchers::EndsWith("; nothing else is known good"));
}

TEST_CASE("KnownGood: older versions go by retention, which is no loss", "[store][known_good]") {
  RetentionScene it;
  it.backup(2, "b");
  it.passed("a");
  it.passed("b");
  const KnownGood good = known_in(it);
  CHECK(good.stored == std::vector<std::string>{digest_of_script("b")});
  CHECK(good.loss().empty());
  CHECK(std::string(good.why_last()) == "the newest known good");
}

TEST_CASE("KnownGood: a set whose manifest does not read holds nothing", "[store][known_good]") {
  RetentionScene it;
  it.backup(2, CatalogEntry::State::kDamaged);
  it.passed("a");
  CHECK(known_in(it).lost == digest_of_script("a"));
}
