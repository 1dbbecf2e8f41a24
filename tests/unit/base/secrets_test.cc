// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include "support/catch.h"

using namespace backstep;

namespace {

Secrets secrets_of(std::map<std::string, std::string, std::less<>> values) {
  return Secrets(Environment(std::move(values)));
}

std::string filtered(const Secrets& secrets, std::string_view text, size_t piece) {
  SecretFilter filter(secrets);
  std::string shown;
  for (size_t at = 0; at < text.size(); at += piece) shown += filter.add(text.substr(at, piece));
  return shown + filter.end();
}

}  // namespace

TEST_CASE("Secrets: a variable is known by its name", "[base][secrets]") {
  for (const char* name : {"GITHUB_TOKEN", "DB_PASSWORD", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY",
                           "MYSQL_PWD", "API_KEY", "STRIPE_APIKEY", "SMTP_PASS", "REGISTRY_AUTH",
                           "db_passwd", "INPUT_DEPLOY-TOKEN", "SIGNING_PASSPHRASE"}) {
    INFO(name);
    REQUIRE(names_a_secret(name));
  }
  for (const char* name :
       {"PATH", "PWD", "OLDPWD", "HOME", "KEYBOARD", "MONKEY_ISLAND", "COMPASS", "SSH_KEY_FILE",
        "GOOGLE_CREDENTIALS_PATH", "SSH_AUTH_SOCK", "AUTHOR", "TOKEN_URL", "BACKSTEP_DEPLOY"}) {
    INFO(name);
    REQUIRE_FALSE(names_a_secret(name));
  }
}

TEST_CASE("Secrets: what is too short or a plain word hides nothing", "[base][secrets]") {
  const Secrets secrets =
      secrets_of({{"A_TOKEN", "abc"}, {"B_TOKEN", "true"}, {"C_KEY", ""}, {"SORT_KEY", "path"}});
  REQUIRE(secrets.empty());
  REQUIRE(secrets.hidden_in("abc is true") == "abc is true");
}

TEST_CASE("Secrets: each one is hidden wherever it stands", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"A_TOKEN", "s3cr3t"}, {"B_TOKEN", "hunter2"}});
  REQUIRE(secrets.hidden_in("s3cr3ts3cr3t, hunter2") == "******, ***");
  REQUIRE(secrets.hidden_in("s3cr3").size() == 5);
}

TEST_CASE("Secrets: the longer of two that begin alike is hidden whole", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"A_TOKEN", "abcd"}, {"B_TOKEN", "abcdefgh"}});
  for (size_t piece = 1; piece < 12; ++piece) {
    INFO(piece);
    REQUIRE(filtered(secrets, "-abcdefgh-abcd-abcdef", piece) == "-***-***-***ef");
  }
}

TEST_CASE("Secrets: none is shown where it lies across the borders of pieces", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"A_TOKEN", "aabaab"}, {"B_KEY", "two\nlines of it\n"}});
  const std::string text = "x aabaabaabaab y aabaaab lines of it aab";
  for (size_t piece = 1; piece <= text.size(); ++piece) {
    INFO(piece);
    REQUIRE(filtered(secrets, text, piece) == "x ****** y aabaaab *** aab");
  }
}

TEST_CASE("Secrets: a private key is hidden line by line", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"DEPLOY_KEY", "-----BEGIN KEY-----\r\nMIIBVAIBA\nAKEA7\n"}});
  REQUIRE(secrets.hidden_in("  | MIIBVAIBA\n  | AKEA7") == "  | ***\n  | ***");
}

TEST_CASE("Secrets: nothing is kept back without a reason", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"A_TOKEN", "secret"}});
  SecretFilter filter(secrets);
  REQUIRE(filter.add("a line\nsec") == "a line\n");
  REQUIRE(filter.add("ond\n") == "second\n");
  REQUIRE(filter.end().empty());
}
