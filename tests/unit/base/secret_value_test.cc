// SPDX-License-Identifier: Apache-2.0
#include "base/secret_lines.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("SecretValue: a word, a number, a path or a reference tells nothing", "[base][secret_value]") {
  for (const char* value : {"",
                            "\"\"",
                            "***",
                            "true",
                            "'Yes'",
                            "None,",
                            "8080",
                            "0.5",
                            "1000:1000",
                            "30m",
                            "/run/key",
                            "./db_password.txt",
                            "~/.ssh/id_rsa",
                            "server.pem",
                            "$NAME",
                            "${NAME}",
                            "${NAME:-}",
                            "${NAME:-8080}",
                            "${NAME:?must be set}",
                            "$HOME/.ssh/id",
                            "$1",
                            "\"$@\"",
                            "${{ secrets.NAME }}",
                            "{{ vault_password }}",
                            "$(cat /run/key)",
                            "Bearer $NAME",
                            "$USER:$PASSWORD"}) {
    INFO(value);
    CHECK(tells_nothing(value));
  }
  for (const char* value : {"abc", "'a b'", "true blood", "8080 x", "12345678901", "/Ab+c=", "$NAME x", "pre$NAME",
                            "${NAME:-abc}", "${{ 'abc' }}", "{{ \"abc\" }}", "$(echo abc)", "$(cat Abc)", "$2y$10$abc",
                            "Bearer abc", "\xC3\xA4\xC3\xB6", "$apr1$abc$def"}) {
    INFO(value);
    CHECK_FALSE(tells_nothing(value));
  }
}

TEST_CASE("SecretValue: a number of six digits behind a password's name tells", "[base][secret_value]") {
  CHECK(tells_nothing("12345", "DB_PASSWORD"));
  CHECK_FALSE(tells_nothing("123456", "DB_PASSWORD"));
  CHECK(tells_nothing("123456", "password_seconds"));
}

TEST_CASE("SecretValue: a value ends at a blank or at a comma", "[base][secret_value]") {
  CHECK(tells_nothing("$TOKEN exec app", {}, Extent::kWord));
  CHECK_FALSE(tells_nothing("$TOKEN exec app", {}, Extent::kField));
  CHECK(tells_nothing("true, \"port\": x", {}, Extent::kField));
  CHECK_FALSE(tells_nothing("true, \"port\": x", {}, Extent::kRest));
  CHECK_FALSE(tells_nothing(std::string(5000, '1'), {}, Extent::kWord));
}
