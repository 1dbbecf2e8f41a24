// SPDX-License-Identifier: Apache-2.0
#include "report/table.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("Table: cells are escaped, and counted as they are shown", "[report][table]") {
  Table table({"A", "B"});
  table.add({"x\ny", "1"});
  table.add({"\x1b[2J", "2"});
  CHECK(table.text() ==
        "A        B\n"
        "x\\x0ay   1\n"
        "\\x1b[2J  2\n");
}

TEST_CASE("Table: a name that is not ASCII takes one column a character", "[report][table]") {
  Table table({"BY", "NOTE"});
  table.add({"Jörg", "x"});
  table.add({"李雷", "y"});
  table.add({"Anna", "z"});
  CHECK(table.text() ==
        "BY    NOTE\n"
        "Jörg  x\n"
        "李雷    y\n"
        "Anna  z\n");
}

TEST_CASE("Table: columns are as wide as their widest cell, and no line ends in space", "[report][table]") {
  Table table({"ID", "LONG HEADER", "LAST"});
  CHECK(table.empty());
  table.add({"a longer cell", "", ""});
  CHECK_FALSE(table.empty());
  CHECK(table.text() ==
        "ID             LONG HEADER  LAST\n"
        "a longer cell\n");
}

TEST_CASE("Table: the last column is cut, but not to nothing", "[report][table]") {
  Table table({"A", "NOTE"});
  table.add({"Jörg", "größer als Platz ist"});
  CHECK(table.text(12, 4) ==
        "A     NOTE\n"
        "Jörg  größe…\n");
  CHECK(table.text(8, 4) ==
        "A     NOTE\n"
        "Jörg  grö…\n");
  CHECK(table.text(26, 4) ==
        "A     NOTE\n"
        "Jörg  größer als Platz ist\n");
  CHECK(fitted("größer", 6) == "größer");
  CHECK(fitted("größer", 3) == "gr…");
}
