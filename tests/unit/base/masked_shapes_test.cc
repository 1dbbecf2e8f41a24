// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "base/secrets.h"
#include "support/catch.h"

using namespace backstep;

namespace {

struct HeldValue {
  const char* variable;
  const char* value;  // of a secret: with "hunter2" in it
};

std::string said(const HeldValue& shape) {
  const Secrets secrets(Environment(std::map<std::string, std::string, std::less<>>{{shape.variable, shape.value}}));
  return secrets.hidden_in(std::string("said ") + shape.value);
}

}  // namespace

TEST_CASE("Secrets: twenty-five variables that hold secrets are known", "[base][secrets]") {
  for (const HeldValue& shape : {
           HeldValue{"GITHUB_TOKEN", "ghs_hunter2"},
           HeldValue{"POSTGRES_PASSWORD", "hunter2"},
           HeldValue{"MYSQL_PWD", "hunter2"},
           HeldValue{"SMTP_PASS", "hunter2"},
           HeldValue{"ADMINPASS", "hunter2"},
           HeldValue{"AWS_SECRET_ACCESS_KEY", "wJalr/hunter2/bPxRfi"},
           HeldValue{"STRIPE_API_KEY", "sk_live_hunter2"},
           HeldValue{"ACCESSKEY", "hunter2hunter2"},
           HeldValue{"SSHKEY", "-----BEGIN KEY-----\nhunter2hunter2\n-----END KEY-----"},
           HeldValue{"DEPLOY_KEY_BASE64", "aHVudGVy hunter2"},
           HeldValue{"GH_PAT", "github_pat_hunter2"},
           HeldValue{"JWT", "eyJhbGciOi.hunter2"},
           HeldValue{"PIP_ARGS", "--pre --index-url https://ci:hunter2@pypi.example.org/simple"},
           HeldValue{"DB_CREDS", "app:hunter2"},
           HeldValue{"SENTRY_DSN", "https://hunter2@sentry.io/1"},
           HeldValue{"DATABASE_URL", "postgres://app:hunter2@db:5432/app"},
           HeldValue{"REDIS_URL", "redis://:hunter2@cache:6379"},
           HeldValue{"CI_REPOSITORY_URL", "https://gitlab-ci-token:hunter2@gitlab.com/a/b.git"},
           HeldValue{"JDBC_URL", "jdbc:mysql://db/app?user=app&password=hunter2"},
           HeldValue{"AZURE_CONNECTION", "Endpoint=sb://h/;SharedAccessKey=hunter2hunter2"},
           HeldValue{"SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T0/B0/hunter2"},
           HeldValue{"DOCKER_AUTH_CONFIG", "{\"auths\":{\"r\":{\"auth\":\"hunter2\"}}}"},
           HeldValue{"BASIC_AUTH", "app:hunter2"},
           HeldValue{"INPUT_DEPLOY-TOKEN", "hunter2"},
           HeldValue{"JAVA_OPTS", "-Xmx1g,-Dapp.password=hunter2"},
       }) {
    INFO(shape.variable);
    CHECK(said(shape).find("hunter2") == std::string::npos);
  }
}

TEST_CASE("Secrets: twenty-five variables that look like secrets are shown", "[base][secrets]") {
  for (const HeldValue& shape : {
           HeldValue{"LLM_MAX_TOKENS", "8080"},
           HeldValue{"TOKENIZERS_PARALLELISM", "false"},
           HeldValue{"TOKEN_TTL", "3600s"},
           HeldValue{"TOKEN_TYPE", "jwt"},
           HeldValue{"SECRET_BACKEND", "vault"},
           HeldValue{"PASSWORD_MIN_LENGTH", "12"},
           HeldValue{"PASSWORD_MAX_AGE", "864000"},
           HeldValue{"PASSWORD_HASHER", "bcrypt"},
           HeldValue{"POSTGRES_PASSWORD_FILE", "/run/secrets/db_password"},
           HeldValue{"SSH_KEY_PATH", "/home/ci/.ssh/id_ed25519"},
           HeldValue{"GOOGLE_CREDENTIALS", "/etc/gcp/key.json"},
           HeldValue{"SSH_AUTH_SOCK", "/tmp/ssh-XX/agent.1"},
           HeldValue{"GIT_ASKPASS", "/usr/lib/git-core/Askpass"},
           HeldValue{"SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3Nz ci@host"},
           HeldValue{"TOKEN_URL", "https://login.example.org/oauth/token"},
           HeldValue{"AUTH_METHOD", "kerberos"},
           HeldValue{"API_TOKEN", "none"},
           HeldValue{"SORT_KEY", "path"},
           HeldValue{"CACHE_KEY", "default"},
           HeldValue{"KEYBOARD", "us-intl-1"},
           HeldValue{"COMPASS", "north-west-1"},
           HeldValue{"PWD", "/srv/app"},
           HeldValue{"DATABASE_URL", "postgres://db:5432/app"},
           HeldValue{"CI_COMMIT_MESSAGE", "Rotate the token: see docs-2"},
           HeldValue{"DOCKER_HOST", "tcp://docker:2376"},
       }) {
    INFO(shape.variable);
    CHECK(said(shape) == std::string("said ") + shape.value);
  }
}

TEST_CASE("Secrets: those in a command are known by where they stand", "[base][secrets]") {
  struct Row {
    const char* command;
    const char* shown;
  };
  for (const Row& row : {
           Row{"app --token abc1 --port 80", "app --token *** --port 80"},
           Row{"app --token=abc1; api_key='abc2' run", "app --token=***; api_key='***' run"},
           Row{"curl -H \"Authorization: Bearer abc1\" -u bob:abc2 http://h/",
               "curl -H \"Authorization: Bearer ***\" -u bob:*** http://h/"},
           Row{"curl 'http://h/?password=abc1&port=80'", "curl 'http://h/?password=***&port=80'"},
           Row{"psql postgres://app:a@c1@db/x && mysql -pabc2", "psql postgres://app:***@db/x && mysql -p***"},
           Row{"git clone https://0123456789abcdef@h/x", "git clone https://***@h/x"},
           Row{"curl -d '{\"password\": \"abc1\"}' h", "curl -d '{\"password\": \"***\"}' h"},
           Row{"curl -d \"{\\\"password\\\": \\\"abc1\\\"}\" h", "curl -d \"{\\\"password\\\": \\\"***\\\"}\" h"},
           Row{"app --token \\\n  abc1 \\\n  --port 80", "app --token \\\n  *** \\\n  --port 80"},
           Row{"app --token \"$TOKEN\" --port 80", "app --token \"$TOKEN\" --port 80"},
           Row{"docker compose up -d --build", "docker compose up -d --build"},
       }) {
    INFO(row.command);
    const Secrets secrets;
    secrets.add_words_of(row.command, "deploy");
    CHECK(secrets.hidden_in(row.command) == row.shown);
  }
  CHECK(up_to_secret("curl -u bob:x http://h/") == "curl -u ***");
  CHECK(up_to_secret("make deploy") == "make deploy");
}
