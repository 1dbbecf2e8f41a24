// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("Markdown: text of others is never obeyed", "[report][markdown]") {
  CHECK(markdown_text("a_b <i>*x*</i> [l](u) | @me\n") ==
        "a&#95;b &#60;i&#62;&#42;x&#42;&#60;/i&#62; &#91;l&#93;(u) &#124; &#64;me&#92;x0a");
}

TEST_CASE("Markdown: code holds backticks, and a bar does not end its cell", "[report][markdown]") {
  CHECK(markdown_code("plain") == "`plain`");
  CHECK(markdown_code("a `` b") == "``` a `` b ```");
  CHECK(markdown_code("a | b") == "<code>a &#124; b</code>");
}

TEST_CASE("Markdown: a block ends where it ends", "[report][markdown]") {
  CHECK(markdown_block("one\n````\n\x1b[31mtwo\x07") == "`````text\none\n````\ntwo\\x07\n`````\n");
}
