// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("Markdown: text of others is never obeyed", "[report][markdown]") {
  CHECK(markdown_text("a_b <i>*x*</i> [l](u) | @me\nnext") ==
        "a&#95;b &#60;i&#62;&#42;x&#42;&#60;/i&#62; &#91;l&#93;(u) &#124; &#64;me\nnext");
}
