// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include <fmt/core.h>

#include <algorithm>
#include "support/catch.h"

#include "stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr int64_t kMoment = 1'710'080'580;

struct Wanting {
  char name;  // its uid's first digit
  int64_t wanted = 0;
};

std::string uid_named(char name) { return std::string(1, name) + std::string(19, '0'); }

SetRef at(int64_t seconds) { return {Shelf::kBackups, id_of_seconds(kMoment + seconds)}; }

// One machine: sets come one by one, and stay where MergedIds puts them.
struct Machine {
  Catalog catalog;
  MergedIds ids{nullptr, catalog};
  std::map<std::string, std::string> names;  // ID: uid's first digit

  void come(const Wanting& set, int64_t there = -1) {
    Manifest manifest;
    manifest.uid = uid_named(set.name);
    manifest.time = kMoment + set.wanted;
    const auto placed = ids.place(manifest, at(there < 0 ? set.wanted : there));
    REQUIRE(placed);
    for (const MergedIds::Move& move : placed->moves) {
      REQUIRE_FALSE(names.contains(move.to));
      names[move.to] = names.extract(move.from.id).mapped();
    }
    REQUIRE_FALSE(names.contains(placed->id));
    names[placed->id] = set.name;
  }
  // "a0 b1": who has which second.
  std::string told() const {
    std::string text;
    for (const auto& [id, name] : names) {
      text += fmt::format("{}{}{}", text.empty() ? "" : " ", name, *seconds_of_id(id) - kMoment);
    }
    return text;
  }
};

}  // namespace

TEST_CASE("MergedIds: the names are the same in whatever order sets come", "[store][merged_ids]") {
  std::vector<Wanting> sets{{'a', 1}, {'b', 0}, {'c', 0}, {'d', 0}, {'e', 2}, {'f', 1}};
  const auto before = [](const Wanting& x, const Wanting& y) { return x.name < y.name; };
  int orders = 0;
  do {
    Machine machine;
    for (const Wanting& set : sets) machine.come(set);
    REQUIRE(machine.told() == "b0 a1 c2 d3 e4 f5");
    ++orders;
  } while (std::next_permutation(sets.begin(), sets.end(), before));
  REQUIRE(orders == 720);
}

TEST_CASE("MergedIds: nobody moves into the gap of a set that was pruned", "[store][merged_ids]") {
  const StoreScene scene;
  Manifest manifest = manifest_for(at(1).id);
  manifest.uid = uid_named('b');
  manifest.time = kMoment;  // it lost the first second to a
  SetWriter(scene.store, at(1), 0).publish(manifest);
  const Catalog catalog = read_catalog(scene.store);
  const auto place_of = [&](char name) {
    Manifest other;
    other.uid = uid_named(name);
    other.time = kMoment;
    return MergedIds(&scene.store, catalog).place(other, at(0))->id;
  };
  CHECK(place_of('c') == at(2).id);
  CHECK(place_of('a') == at(0).id);
}

TEST_CASE("MergedIds: what lost its place elsewhere does not ask for it again", "[store][merged_ids]") {
  Machine machine;
  machine.come({'b', 0}, 1);
  CHECK(machine.told() == "b1");
  machine.come({'a', 0});
  CHECK(machine.told() == "a0 b1");
}

TEST_CASE("MergedIds: neither the original's sets nor foreign names are moved", "[store][merged_ids]") {
  const StoreScene scene;
  scene.temp.write("backups/" + at(0).id + "/a_entrypoint.sh", "x");
  scene.temp.write("backups/" + at(1).id, "a foreign file");
  scene.temp.write("backups/.backstep/failed/" + at(2).id + "/_manifest.jsonl", "{");
  scene.publish(at(3), "script");
  MergedIds ids(&scene.store, read_catalog(scene.store));
  Manifest manifest;
  manifest.uid = uid_named('0');
  manifest.time = kMoment;
  const auto placed = ids.place(manifest, at(0));
  CHECK(placed->id == at(3).id);
  REQUIRE(placed->moves.size() == 1);
  CHECK(placed->moves[0].to == at(4).id);
  CHECK_FALSE(ids.place({}, at(1)));
  CHECK(ids.place({}, at(3))->moves.size() == 2);
}

TEST_CASE("MergedIds: after the last name there is none", "[store][merged_ids]") {
  Machine machine;
  const int64_t last = *seconds_of_id("9999-12-31_23-59-59") - kMoment;
  machine.come({'b', last});
  Manifest manifest;
  manifest.uid = uid_named('c');
  manifest.time = kMoment + last;
  CHECK_FALSE(machine.ids.place(manifest, at(last)));
  CHECK(machine.told() == fmt::format("b{}", last));
}
