// SPDX-License-Identifier: Apache-2.0
#include "report/diff/masked_lines.h"

#include "report/diff/line_diff.h"
#include "support/catch.h"

using namespace backstep;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

std::string all_of(std::string_view text, std::string_view path = "services/a/entrypoint.sh",
                   const Secrets& secrets = {}) {
  const std::vector<std::string_view> lines = lines_of(text);
  const MaskedLines masked(lines, path, secrets);
  std::string shown;
  for (size_t i = 0; i < lines.size(); ++i) shown += masked.at(i) + "\n";
  return shown;
}

struct SecretText {
  const char* text;
  const char* shown;
};

}  // namespace

TEST_CASE("MaskedLines: a value that goes on is hidden to its end", "[base][masked_lines]") {
  CHECK(all_of("TOKEN='a\nb\nc' d\nplain\n") == "TOKEN='***\n***\n***\nplain\n");
  CHECK(all_of("a:\n  password: |\n    x\n\n    y\n  port: 80\n") ==
        "a:\n  password: |\n    ***\n\n    ***\n  port: 80\n");
  CHECK(all_of("app --token \\\n  abc \\\n  --port 80\n") ==
        "app --token \\\n  ***\n  --port 80\n");
  CHECK(all_of("- name: DB_PASSWORD\n  value: abc\n- name: HOST\n  value: db\n") ==
        "- name: DB_PASSWORD\n  ***\n- name: HOST\n  value: db\n");
  CHECK(all_of("-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\nplain") ==
        "-----BEGIN PRIVATE KEY-----\n***\n***\nplain\n");
}

TEST_CASE("MaskedLines: what is below a key belongs to it", "[base][masked_lines]") {
  for (const SecretText& text : {
           SecretText{"password:\n  hunter2\nport: 80\n", "password:\n  ***\nport: 80\n"},
           SecretText{"password: # c\n\n  hunter2\nport: 80\n",
                      "password: # c\n\n  ***\nport: 80\n"},
           SecretText{"password:\n# why\n  hunter2\n", "password:\n# why\n  ***\n"},
           SecretText{"password: >- # c\n  hunter2\n", "password: >- # c\n  ***\n"},
           SecretText{"password: !!str |\n  hunter2\n", "password: !!str |\n  ***\n"},
           SecretText{"password: !vault\n  hunter2\n", "password: ***\n  ***\n"},
           SecretText{"tokens:\n  - x\n  - \"y\"\nport: 80\n", "tokens:\n  ***\n  ***\nport: 80\n"},
           SecretText{"tokens:\n- x\n- y\nport: 80\n", "tokens:\n***\n***\nport: 80\n"},
           SecretText{"- tokens:\n  - x\n- port: 80\n", "- tokens:\n  ***\n- port: 80\n"},
           SecretText{"password: a b\n  c d\nport: 80\n", "password: ***\n  ***\nport: 80\n"},
           SecretText{"passwords:\n  bob: hunter2\n  eve: $EVE\n  ann:\n    x\nport: 80\n",
                      "passwords:\n  bob: ***\n  eve: $EVE\n  ann:\n    ***\nport: 80\n"},
           SecretText{"\"password\":\n\"hunter2\",\n\"port\": 80\n",
                      "\"password\":\n***\n\"port\": 80\n"},
           SecretText{"{\"password\":\n  \"hunter2\",\n \"port\": 80}\n",
                      "{\"password\":\n  ***\n \"port\": 80}\n"},
           SecretText{"\t\"tokens\": [\n\t\t\"x\",\n\t\t\"y\"\n\t],\n\t\"port\": 80\n",
                      "\t\"tokens\": [\n\t\t***\n\t\t***\n\t],\n\t\"port\": 80\n"},
           SecretText{"- password: |\n    x\n  port: 80\n", "- password: |\n    ***\n  port: 80\n"},
           SecretText{"TOKEN=\"a\n\\\"b\nc\"\nplain\n", "TOKEN=\"***\n***\n***\nplain\n"},
           SecretText{"PASSWORD=abc\\\ndef\\\nghi\nplain\n", "PASSWORD=***\n***\n***\nplain\n"},
           SecretText{"PASSWORD=abc \\\n  exec app\n", "PASSWORD=*** \\\n  exec app\n"},
           SecretText{"TOKENS=(\n  a\n  'b)'\n c\n)\nplain\n",
                      "TOKENS=(\n  ***\n  ***\n ***\n***\nplain\n"},
           SecretText{"A_TOKEN='a\nb' B_TOKEN='c\nd'\nplain\n", "A_TOKEN='***\n***\n***\nplain\n"},
       }) {
    CHECK(all_of(text.text) == text.shown);
  }
}

TEST_CASE("MaskedLines: what tells nothing is shown below a secret's key too",
          "[base][masked_lines]") {
  for (const char* text : {
           "secrets:\n  db_password:\n    file: ./db_password.txt\n  other:\n    external: true\n",
           "cache:\n  key:\n    files:\n      - package-lock.json\n  paths: [a]\n",
           "valueFrom:\n  secretKeyRef:\n    name: db\n",
           "password:\nport: 80\n",
           "password:\n\nport: 80\n",
           "password: $PASSWORD\nport: 80\n",
           "tokens:\n  - $A\n  - ${{ secrets.B }}\n",
           "token:\n\tdocker push app\n",
           "if not token:\n    exit(1)\n",
           "\"auth\": {\n  \"enabled\": true\n},\n\"port\": 80\n",
           "--token)\n  shift ;;\n",
           "password:\n--port 80\n",
       }) {
    CHECK(all_of(text) == text);
  }
}

TEST_CASE("MaskedLines: a value belongs to the name beside it", "[base][masked_lines]") {
  for (const SecretText& text : {
           SecretText{"- name: A_KEY\n  value: |-\n    x\n    y\n- name: B\n  value: z\n",
                      "- name: A_KEY\n  ***\n    ***\n    ***\n- name: B\n  value: z\n"},
           SecretText{"- name: A_KEY\n  # why\n\n  value: x\n  port: 80\n",
                      "- name: A_KEY\n  # why\n\n  ***\n  port: 80\n"},
           SecretText{"- name: A_KEY\n  kind: key\n  value: x\n",
                      "- name: A_KEY\n  kind: key\n  ***\n"},
           SecretText{"- value: >\n    x\n  name: A_KEY\n  port: 80\n",
                      "***\n    ***\n  name: A_KEY\n  port: 80\n"},
           SecretText{"- \"name\": \"A_KEY\"\n  \"value\": \"x\"\n",
                      "- \"name\": \"A_KEY\"\n  ***\n"},
           SecretText{
               "{\"name\": \"A_KEY\",\n\"value\": \"x\"},\n{\"name\": \"B\",\n\"value\": \"y\"}\n",
               "{\"name\": \"A_KEY\",\n***\n{\"name\": \"B\",\n\"value\": \"y\"}\n"},
       }) {
    CHECK(all_of(text.text) == text.shown);
  }
  for (const char* text : {
           "metadata:\n  name: db-password\n  namespace: x\nspec:\n  port: 80\n",
           "- value: x\n- name: A_KEY\n- value: y\n",
           "- name: A\n  value: x\n- name: A_KEY\n  valueFrom: y\n",
       }) {
    CHECK(all_of(text) == text);
  }
}

TEST_CASE("MaskedLines: an option of a known command is found", "[base][masked_lines]") {
  CHECK(all_of("curl \\\n  -u bob:x \\\n  h\n") == "curl \\\n  -u bob:*** \\\n  h\n");
  CHECK(all_of("mysql -px\nmariadb -px\ndocker login -p x\n  --user bob:x\n") ==
        "mysql -p***\nmariadb -p***\ndocker login -p ***\n  --user bob:***\n");
}

TEST_CASE("MaskedLines: a secret of the environment is hidden wherever it stands",
          "[base][masked_lines]") {
  const Secrets secrets(Environment(Variables{{"DEPLOY_TOKEN", "tok-4711"}}));
  CHECK(all_of("echo tok-4711 tok-47\n", "x.sh", secrets) == "echo *** tok-47\n");
}

TEST_CASE("MaskedLines: a file of one word that is called a secret is one",
          "[base][masked_lines]") {
  CHECK(all_of("hunter2\n", "secrets/db_password") == "***\n");
  CHECK(all_of("hunter2", "db_password.txt") == "***\n");
  CHECK(all_of("exec app\n", "get_token.sh") == "exec app\n");
  CHECK(all_of("hunter2\n", "secrets/readme") == "hunter2\n");
}

TEST_CASE("MaskedLines: an .env file's values are whole lines", "[base][masked_lines]") {
  for (const char* path : {".env", "a/.env.production", "app.env"}) {
    CHECK(all_of("A_TOKEN=a b\nHOST=a b\n", path) == "A_TOKEN=***\nHOST=a b\n");
  }
}
