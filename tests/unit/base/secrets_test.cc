// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include "base/text.h"

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
  for (const char* name :
       {"GITHUB_TOKEN", "DB_PASSWORD", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY", "MYSQL_PWD", "API_KEY", "STRIPE_APIKEY",
        "SMTP_PASS", "REGISTRY_AUTH", "db_passwd", "INPUT_DEPLOY-TOKEN", "SIGNING_PASSPHRASE", "ADMINPASS", "GH_PAT",
        "SENTRY_DSN", "SSHKEY", "JWT", "DB_CREDS", "SLACK_WEBHOOK_URL"}) {
    INFO(name);
    REQUIRE(names_a_secret(name));
  }
  for (const char* name : {"PATH", "PWD", "OLDPWD", "HOME", "KEYBOARD", "MONKEY_ISLAND", "COMPASS", "SSH_KEY_FILE",
                           "GOOGLE_CREDENTIALS_PATH", "SSH_AUTH_SOCK", "AUTHOR", "TOKEN_URL", "BACKSTEP_DEPLOY",
                           "GIT_ASKPASS", "HOTKEY", "SSH_PUBLIC_KEY", "COMPATIBLE"}) {
    INFO(name);
    REQUIRE_FALSE(names_a_secret(name));
  }
}

TEST_CASE("Secrets: what is too short or a plain word hides nothing", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"A_TOKEN", "abc"}, {"B_TOKEN", "true"}, {"C_KEY", ""}, {"SORT_KEY", "path"}});
  REQUIRE(secrets.hidden_in("abc is true at path") == "abc is true at path");
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

TEST_CASE("Secrets: each form in which tools print one is hidden", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"A_TOKEN", "p@s's/wo\"rd&12 <$+zz\\"}});
  for (const char* form : {
           R"(p@s's/wo\"rd&12 <$+zz\\)",                 // JSON
           R"(p@s's/wo\"rd\u002612 \u003c$+zz\\)",       // of Go
           R"(p@s's/wo\"rd&12 <\$+zz\\)",                // in double quotes
           R"(p@s'\''s/wo"rd&12 <$+zz\)",                // in single ones
           R"(p@s\'s/wo\"rd\&12\ \<\$+zz\\)",            // printf %q
           "p%40s%27s%2Fwo%22rd%2612%20%3C%24%2Bzz%5C",  // a URL
           "p%40s%27s/wo%22rd%2612%20%3C%24%2Bzz%5C", "p%40s%27s%2Fwo%22rd%2612+%3C%24%2Bzz%5C",
           "p@s's/wo\"rd&amp;12 &lt;$+zz\\",  // XML
           "p@s&apos;s/wo&quot;rd&amp;12 &lt;$+zz\\", "p@s&#39;s/wo&quot;rd&amp;12 &lt;$+zz\\",
           "cEBzJ3Mvd28icmQmMTIgPCQrenpc",  // base64
       }) {
    INFO(form);
    CHECK(secrets.hidden_in(form) == "***");
  }
  // Behind one and two other bytes: the signs at the borders depend on those, too.
  CHECK(secrets.hidden_in("eHBAcydzL3dvInJkJjEyIDwkK3p6XA==") == "eH***A==");
  CHECK(secrets.hidden_in("dTpwQHMncy93byJyZCYxMiA8JCt6elw=") == "dTp***w=");
}

TEST_CASE("Secrets: the setting names variables, by patterns too", "[base][secrets]") {
  const Environment environment(std::map<std::string, std::string, std::less<>>{
      {"VAULT_ROLE", "8080"}, {"MY_DSN_1", "true"}, {"OTHER", "other"}, {"SHORT_1", "ab"}});
  const Secrets secrets;
  secrets.add_variables(environment, {"VAULT_ROLE", "*_DSN_?", "SHORT_1"});
  CHECK(secrets.hidden_in("8080 true other ab") == "*** *** other ab");
}

TEST_CASE("Secrets: copies know what one of them learns", "[base][secrets]") {
  const Secrets first;
  const Secrets second = first;
  first.add_words_of("deploy --token abc-123", "deploy");
  CHECK(second.hidden_in("abc-123") == "***");
}

TEST_CASE("Secrets: one that is a part of a name stays in our own lines", "[base][secrets]") {
  const Secrets secrets = secrets_of({{"POSTGRES_PASSWORD", "postgres"}});
  std::vector<std::string> warnings;
  CHECK(secrets.hidden_in("postgres") == "***");
  secrets.keep_name("services/web/entrypoint.sh", warnings);
  CHECK(warnings.empty());
  secrets.keep_name("services/postgres/entrypoint.sh", warnings);
  secrets.keep_name("services/postgres/other", warnings);
  CHECK(warnings == std::vector<std::string>{"the secret of POSTGRES_PASSWORD is also a part of the name "
                                             "'services/postgres/entrypoint.sh', where it stays: give it another "
                                             "value"});
  CHECK(secrets.hidden_in("postgres") == "postgres");
  CHECK(filtered(secrets, "postgres", 100) == "***");
}

TEST_CASE("Secrets: an ID may hold a short one by chance", "[base][secrets]") {
  const Secrets secrets;
  const Environment environment(std::map<std::string, std::string, std::less<>>{{"YEAR", "2026"}, {"SPOKEN", "gold1"}});
  secrets.add_variables(environment, {"*"});
  CHECK(secrets.hidden_in("2026-11-30_10-00-00 gold1") == "2026-11-30_10-00-00 ***");
  CHECK(filtered(secrets, "in 2026", 100) == "in ***");
}

TEST_CASE("SecretFilter: what a command announces is taken out and hidden", "[base][secrets]") {
  const std::string text = "a\n::add-mask::zz-1\nb zz-1\r  ::add-mask::zz%0Aother-2\rc other-2\n:\n::add-mask";
  for (size_t piece = 1; piece <= text.size(); ++piece) {
    INFO(piece);
    const Secrets secrets;
    CHECK(filtered(secrets, text, piece) == "a\nb ***\r  c ***\n:\n::add-mask");
    CHECK(secrets.take_announced() == std::vector<std::string>{"zz-1", "zz%0Aother-2"});
    CHECK(secrets.take_announced().empty());
  }
}

TEST_CASE("SecretFilter: within a line nothing is announced", "[base][secrets]") {
  const Secrets secrets;
  CHECK(filtered(secrets, "say ::add-mask::word\n", 100) == "say ::add-mask::word\n");
  CHECK(secrets.take_announced().empty());
}

TEST_CASE("SecretFilter: what is announced for ever fills no memory", "[base][secrets]") {
  const Secrets secrets;
  SecretFilter filter(secrets);
  std::string shown;
  for (int i = 0; i < 1000; ++i) {
    shown += filter.add("::add-mask::" + std::to_string(i) + std::string(1000, 'x') + "\n");
  }
  const std::string told = "(a secret too many is announced: it is not hidden)\n";
  CHECK(shown.size() == (1000 - 65) * told.size());
  CHECK(replaced(shown, told, "").empty());
  CHECK(filter.add("::add-mask::" + std::string(100'000, 'y')).empty());
  CHECK(filter.add(std::string(100'000, 'y') + "\n") == told);
  CHECK(secrets.take_announced().size() == 65);
}
