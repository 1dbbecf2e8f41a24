// SPDX-License-Identifier: Apache-2.0
#include "shown_lines.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

struct Shape {
  const char* where;  // such lines are found
  const char* text;   // of a secret: with "hunter2" in it
};

}  // namespace

TEST_CASE("SecretLines: twenty-five shapes of secrets in real files are hidden", "[base][secret_lines]") {
  for (const Shape& shape : {
           Shape{".env", "POSTGRES_PASSWORD=hunter2"},
           Shape{".env", "STRIPE_API_KEY=\"sk_live_hunter2\"  # until May"},
           Shape{"a shell script", "export GITHUB_TOKEN=hunter2; exec app --port 80"},
           Shape{"a shell script", "DB_PASS='hunter2 and more' ./migrate up"},
           Shape{"a shell script", "curl -fsS -H \"Authorization: Bearer hunter2\" https://h/"},
           Shape{"a shell script", "curl -u deploy:hunter2 https://h/"},
           Shape{"a shell script", "psql \"postgres://app:hunter2@db:5432/app\""},
           Shape{"a shell script", "mysqldump -u root -phunter2 shop >dump.sql"},
           Shape{"a shell script", "echo hunter2 | docker login --password-stdin ghcr.io"},
           Shape{"a shell script", "cat >/run/secrets/db_password <<'EOF'\nhunter2\nEOF"},
           Shape{"a shell script", "git clone https://oauth2:hunter2@gitlab.com/shop/web.git"},
           Shape{"compose.yml", "    environment:\n      - DB_PASSWORD=hunter2"},
           Shape{"compose.yml", "      MINIO_SECRET_KEY: ${MINIO_SECRET_KEY:-hunter2}"},
           Shape{"compose.yml", "    command: [\"serve\", \"--admin-token\", \"hunter2\"]"},
           Shape{"a manifest", "  env:\n  - name: DB_PASSWORD\n    value: hunter2"},
           Shape{"values.yml", "auth:\n  rootUser: admin\n  rootPassword: hunter2"},
           Shape{"values.yml", "tlsKey: |\n  -----BEGIN PRIVATE KEY-----\n  hunter2\n"},
           Shape{"config.json", "{\"clientId\": \"web\", \"clientSecret\": \"hunter2\"}"},
           Shape{".docker/config.json", "{\"auths\": {\"ghcr.io\": {\"auth\": \"hunter2==\"}}}"},
           Shape{"application.properties", "spring.datasource.password=hunter2"},
           Shape{"settings.xml", "  <password>hunter2</password>"},
           Shape{"web.config", "  <add key=\"ApiToken\" value=\"hunter2\" />"},
           Shape{"Dockerfile", "ENV API_KEY hunter2"},
           Shape{"nginx.conf", "  proxy_set_header X-Auth-Token hunter2;"},
           Shape{".netrc", "machine h login deploy password hunter2"},
       }) {
    INFO(shape.where << ": " << shape.text);
    CHECK(shown(shape.text).find("hunter2") == std::string::npos);
    CHECK(shown(shape.text).find("***") != std::string::npos);
  }
}

TEST_CASE("SecretLines: twenty-five shapes that look like secrets are shown", "[base][secret_lines]") {
  for (const Shape& shape : {
           Shape{".env", "POSTGRES_PASSWORD_FILE=/run/secrets/db_password"},
           Shape{".env", "LLM_MAX_TOKENS=8080"},
           Shape{".env", "TOKENIZERS_PARALLELISM=false"},
           Shape{".env", "SMTP_PASSWORD="},
           Shape{"a shell script", "export API_TOKEN=\"$1\"; exec app --port 80"},
           Shape{"a shell script", "TOKEN=$(cat /run/secrets/token) exec app"},
           Shape{"a shell script", ": \"${DB_PASSWORD:?is not set}\""},
           Shape{"a shell script", "if [ -z \"$TOKEN\" ]; then echo 'no token'; exit 1; fi"},
           Shape{"a shell script", "curl -H \"Authorization: Bearer $TOKEN\" https://h/"},
           Shape{"a shell script", "echo \"$TOKEN\" | docker login -u bot --password-stdin"},
           Shape{"a shell script", "git clone https://${USER}:${TOKEN}@gitlab.com/shop/web.git"},
           Shape{"a shell script", "docker run -d --name mysql -p 3306:3306 mysql:8"},
           Shape{"a shell script", "  --token) token=$2; shift ;;"},
           Shape{"compose.yml", "      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?must be set}"},
           Shape{"compose.yml", "secrets:\n  db_password:\n    file: ./db_password.txt"},
           Shape{"compose.yml", "    image: ghcr.io/shop/auth:1.2"},
           Shape{"a manifest", "valueFrom:\n  secretKeyRef:\n    name: db\n    key: password"},
           Shape{"a manifest", "imagePullSecrets:\n- name: registry"},
           Shape{"a workflow", "permissions:\n  id-token: write"},
           Shape{"a workflow", "    token: ${{ secrets.GITHUB_TOKEN }}"},
           Shape{"a playbook", "    login_password: \"{{ vault_db_password }}\""},
           Shape{"values.yml", "auth:\n  enabled: true\n  tokenTtl: 30m"},
           Shape{"config.json", "{\"maxTokens\": 4096, \"auth\": null, \"port\": 80}"},
           Shape{"nginx.conf", "  ssl_certificate_key /etc/ssl/private/web.key;"},
           Shape{".npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}"},
       }) {
    INFO(shape.where);
    CHECK(shown(shape.text) == shape.text);
  }
}
