// SPDX-License-Identifier: Apache-2.0
#include "base/secret_lines.h"

#include <ctime>

#include "shown_lines.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string many(std::string_view part, size_t size) {
  std::string text;
  while (text.size() < size) text += part;
  return text;
}

struct Row {
  const char* text;
  const char* shown;
};

}  // namespace

TEST_CASE("SecretLines: behind a name that tells the line is hidden, however it is written", "[base][secret_lines]") {
  for (const Row& row : {
           Row{"TOKEN=abc exec app --port 80", "TOKEN=***"},
           Row{"A_TOKEN=$A B_TOKEN=b c", "A_TOKEN=$A B_TOKEN=***"},
           Row{"DB_PASSWORD=\"a \\\" b\" app", "DB_PASSWORD=***"},
           Row{"app --token \"a b\" x", "app --token ***"},
           Row{"app --api-key=abc --port 80", "app --api-key=***"},
           Row{"password: a b", "password: ***"},
           Row{"  - secret_key: \"x\"  # why", "  - secret_key: ***"},
           Row{"{\"password\":\"x\", \"port\": 80}", "{\"password\":***"},
           Row{"curl -d \"{\\\"password\\\": \\\"x\\\"}\" u", "curl -d \"{\\\"password\\\": ***"},
           Row{"curl -H 'X-Api-Key:abc' u", "curl -H 'X-Api-Key:***"},
           Row{"curl \"http://h/?token=abc\" u", "curl \"http://h/?token=***"},
           Row{"PW=${DB_PASSWORD:-x{y}z} app", "PW=${DB_PASSWORD:-***"},
           Row{"password hunter2", "password ***"},
           Row{"clientSecret = a b", "clientSecret = ***"},
           Row{"[ \"$TOKEN\" = abc ] && x", "[ \"$TOKEN\" = ***"},
           Row{"config['password'] = 'abc'", "config['password'] = ***"},
           Row{"'password' => 'abc',", "'password' => ***"},
           Row{"TOKEN := abc", "TOKEN := ***"},
           Row{"TOKEN=$(echo a b)", "TOKEN=***"},
           Row{"don't: password: it's", "don't: password: ***"},
           Row{"- \"A_TOKEN=a b\"", "- \"A_TOKEN=***"},
           Row{"PASSWORD[0]=x app", "PASSWORD[0]=***"},
           Row{"TOKENS=(a 'b)' c) app", "TOKENS=***"},
           Row{"# password: hunter2", "# password: ***"},
           Row{"token: \"\", password: x", "token: \"\", password: ***"},
           Row{"key: password/hunter2", "key: ***"},
           Row{"password: 1234567", "password: ***"},
           Row{"password: $2y$10$N9qo8uLOickgx2ZM", "password: ***"},
           Row{"secret: /K7MDENGbPxRfiCYEXAMPLE", "secret: ***"},
           Row{"docker login --password-stdin <<< abc", "docker login --password-stdin <<< ***"},
       }) {
    CHECK(shown(row.text) == row.shown);
  }
}

TEST_CASE("SecretLines: what no name tells of is hidden where its place is known", "[base][secret_lines]") {
  for (const Row& row : {
           Row{"url = postgres://u:p@h/d", "url = postgres://***"},
           Row{"url = postgres://u:p/w#@h/d", "url = postgres://***"},
           Row{"https://ghp_0123456789abcdef@host/x", "https://***"},
           Row{"https://ghp_0123456789abcdef:x-oauth-basic@h/x", "https://***"},
           Row{"curl --user \"$U:x y\" http://h", "curl --user ***"},
           Row{"curl --user=bob:x http://h", "curl --user=***"},
           Row{"curl -ubob:x http://h", "curl -u***"},
           Row{"curl -u sk_live_0123456789: h", "curl -u ***"},
           Row{"  -u bob:x \\", "  -u ***"},
           Row{"mysql -u root -px -h db", "mysql -u root -p***"},
           Row{"mariadb -p'x y' db", "mariadb -p***"},
           Row{"sshpass -p x ssh -p 22 h", "sshpass -p ***"},
           Row{"docker login -u bob -p x h", "docker login -u bob -p ***"},
       }) {
    CHECK(shown(row.text) == row.shown);
  }
}

TEST_CASE("SecretLines: what tells nothing is shown", "[base][secret_lines]") {
  for (const char* text : {
           "exec app --port 80",
           "export API_TOKEN",
           "app --token --port",
           "API_TOKEN=\"${TOKEN}\" app",
           "keyboard=us",
           "# the password must be long",
           "case $key in",
           "echo ${#TOKEN}",
           "echo ${TOKENS[0]} $TOKENS[1]",
           "echo \"Password: \"",
           "TOKENS=() app",
           "https://git@host/x",
           "http://host:80/a@b",
           "https://host/@scope/package",
           "docker run -u app:app image",
           "  -u 1000:1000 \\",
           "curl -u bob http://h",
           "curl -u \"$U:$P\" http://h",
           "curl -o a:b http://h",
           "mysql -u root -p -h db",
           "mysql --protocol tcp --port 3306 -P 3306",
           "mysql -p\"$PW\"",
           "ssh -p 22 deploy@host",
           "{\"name\": \"HOST\", \"value\": \"x\"}",
           "{ name: DB_PASSWORD, value: $DB_PASSWORD }",
           "metadata:\n  name: db-password\nspec:\n  value: 80",
           "password:\nport: 80",
           "password:\n--port 80",
           "tokens:\n  - $A\n  - ${{ secrets.B }}",
           "token:\n\tdocker push app",
           "if not token:\n    exit(1)",
           "\"auth\": {\n  \"enabled\": true\n},\n\"port\": 80",
           "cache:\n  key:\n    files:\n      - package-lock.json\n  paths: [a]",
           "- value: x\n- name: A_KEY\n- value: y",
           "{name: db, key: password}",
           "bits = key_bits << 8\nplain",
           "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----",
       }) {
    CHECK(shown(text) == text);
  }
}

TEST_CASE("SecretLines: a value that goes on is hidden to its end", "[base][secret_lines]") {
  for (const Row& row : {
           Row{"TOKEN='a\nb\nc' d\nplain", "TOKEN=***\n***\n***\nplain"},
           Row{"TOKEN=\"a\n\\\"b\nc\"\nplain", "TOKEN=***\n***\n***\nplain"},
           Row{"TOKEN=\"\nb\"\nplain", "TOKEN=***\n***\nplain"},
           Row{"TOKEN = \"\"\"\na\n\"\"\"\nplain", "TOKEN = ***\n***\n***\nplain"},
           Row{"A_TOKEN='a\nb' B_TOKEN='c\nd'\nplain", "A_TOKEN=***\n***\n***\nplain"},
           Row{"app --token \\\n  abc \\\n  --port 80", "app --token \\\n  ***\n  --port 80"},
           Row{"PASSWORD=abc\\\ndef\\\nghi\nplain", "PASSWORD=***\n***\n***\nplain"},
           Row{"PASSWORD=abc \\\n  exec app", "PASSWORD=***\n  exec app"},
           Row{"- --token\n- abc\n- --port", "- --token\n***\n- --port"},
           Row{"TOKENS=(\n  a\n  'b)'\n c\n)\nplain", "TOKENS=(\n  ***\n  ***\n ***\n***\nplain"},
           Row{"cat >db_password <<EOF\nx: y\n\n  z\nEOF\nplain", "cat >db_password <<EOF\n***\n\n  ***\nEOF\nplain"},
           Row{"docker secret create db - << EOF\nx\nEOF", "docker secret create db - << EOF\n***\nEOF"},
           Row{"export TOKEN=$(cat <<-'EOF'\n\tx\n\tEOF\n)\nplain", "export TOKEN=***\n\t***\n\tEOF\n)\nplain"},
           Row{"-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nplain",
               "-----BEGIN RSA PRIVATE KEY-----\n***\n***\nplain"},
           Row{"cert: \"-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----\"\nplain",
               "cert: \"-----BEGIN PRIVATE KEY-----***\nplain"},
           Row{"<password>\n  x\n</password>\n<port>80</port>", "<password>\n  ***\n</password>\n<port>80</port>"},
       }) {
    CHECK(shown(row.text) == row.shown);
  }
}

TEST_CASE("SecretLines: what is below a name that tells belongs to it", "[base][secret_lines]") {
  for (const Row& row : {
           Row{"password:\n  hunter2\nport: 80", "password:\n  ***\nport: 80"},
           Row{"password: # c\n\n  x\nport: 80", "password: # c\n\n  ***\nport: 80"},
           Row{"password:\n# why\n  x", "password:\n# why\n  ***"},
           Row{"password: >- # c\n  x: y\n\n  z\nport: 80", "password: >- # c\n  ***\n\n  ***\nport: 80"},
           Row{"password: !vault |\n  x", "password: !vault |\n  ***"},
           Row{"password: !vault\n  x", "password: ***\n  ***"},
           Row{"- password: |\n    x\n  port: 80", "- password: |\n    ***\n  port: 80"},
           Row{"password: a b\n  c d\nport: 80", "password: ***\n  ***\nport: 80"},
           Row{"tokens:\n  - x\n  - \"y\"\nport: 80", "tokens:\n  - ***\n  - ***\nport: 80"},
           Row{"tokens:\n- x\n- y\nport: 80", "tokens:\n- ***\n- ***\nport: 80"},
           Row{"passwords:\n  bob: x\n  eve: $EVE\n  ann:\n    x\n  a/b: z\nport: 80",
               "passwords:\n  bob: ***\n  eve: $EVE\n  ann:\n    ***\n  ***\nport: 80"},
           Row{"passwords:\n  { bob: true, eve: x }", "passwords:\n  { bob: ***"},
           Row{"passwords:\n  conf: |\n    a: b\n  eve: x", "passwords:\n  conf: |\n    ***\n  eve: ***"},
           Row{"\"password\":\n\"x\",\n\"port\": 80", "\"password\":\n***\n\"port\": 80"},
           Row{"{\"password\":\n  \"x\",\n \"port\": 80}", "{\"password\":\n  ***\n \"port\": 80}"},
           Row{"\t\"tokens\": [\n\t\t\"x\",\n\t\t\"y\"\n\t],\n\t\"port\": 80",
               "\t\"tokens\": [\n\t\t***\n\t\t***\n\t],\n\t\"port\": 80"},
           Row{"passwords = {\n  db = \"x\"\n}\nport = 1", "passwords = {\n  ***\n}\nport = 1"},
       }) {
    CHECK(shown(row.text) == row.shown);
  }
}

TEST_CASE("SecretLines: a value belongs to the name beside it", "[base][secret_lines]") {
  for (const Row& row : {
           Row{"- name: S3_SECRET_KEY\n  # why\n\n  value: x\n- name: HOST\n  value: db",
               "- name: S3_SECRET_KEY\n  # why\n\n  value: ***\n- name: HOST\n  value: db"},
           Row{"- name: A_KEY\n  value: |-\n    x\n  port: 80", "- name: A_KEY\n  value: |-\n    ***\n  port: 80"},
           Row{"- ParameterKey: DbPassword\n  ParameterValue: x", "- ParameterKey: DbPassword\n  ParameterValue: ***"},
           Row{"{\n  \"name\": \"A_KEY\",\n  \"value\": \"x\"\n},", "{\n  \"name\": \"A_KEY\",\n  \"value\": ***\n},"},
           Row{"- { name: DB_PASSWORD, value: x }", "- { name: DB_PASSWORD, value: ***"},
           Row{"{\"value\": \"x\", \"name\": \"DB_PASSWORD\"}", "{\"value\": ***"},
           Row{"-d \"{\\\"name\\\":\\\"A_KEY\\\",\\\"value\\\":\\\"x\\\"}\"",
               "-d \"{\\\"name\\\":\\\"A_KEY\\\",\\\"value\\\":***"},
           Row{"<name>db.password</name>\n<value>x</value>", "<name>db.password</name>\n<value>***"},
       }) {
    CHECK(shown(row.text) == row.shown);
  }
}

TEST_CASE("SecretLines: in a Kubernetes Secret no value of its data is shown", "[base][secret_lines]") {
  for (const Row& row : {
           Row{"data:\n  main: YQ==\n  port: NTQzMg==\n  tls.crt: |\n    a: b\n  none: \"\"\ntype: "
               "x",
               "data:\n  main: ***\n  port: ***\n  tls.crt: |\n    ***\n  none: \"\"\ntype: x"},
           Row{"stringData:\n  port: 5432\n  host: true", "stringData:\n  port: ***\n  host: ***"},
           Row{"data: {main: YQ==}", "data: ***"},
           Row{"{\"data\":{\"main\":\"YQ==\"},\"kind\":\"Secret\"}", "{\"data\":***"},
           Row{"metadata:\n  name: db", "metadata:\n  name: db"},
       }) {
    CHECK(shown(row.text, true) == row.shown);
  }
  CHECK(shown("data:\n  main: YQ==") == "data:\n  main: YQ==");
}

TEST_CASE("SecretLines: no line is read past its end", "[base][secret_lines]") {
  const std::string text = "${TOKEN:-{\"a\\\"'b} password: \\\" x://u:p@h --token `$( ${{ KEY='\\ ENV name: PASSWORD";
  for (size_t begin = 0; begin < text.size(); ++begin) {
    for (size_t size = 0; size <= text.size() - begin; ++size) {
      const std::string line = text.substr(begin, size);
      const size_t from = SecretLines().hidden_from(line);
      REQUIRE((from == SecretLines::kNowhere || from < line.size()));
    }
  }
}

TEST_CASE("SecretLines: a line of megabytes takes no longer than as many short ones", "[base][secret_lines]") {
  const auto takes_long = [](const std::string& line) {
    const std::clock_t begin = std::clock();  // of the processor: the machine may be busy
    (void)SecretLines().hidden_from(line);
    return std::clock() - begin >= 3 * CLOCKS_PER_SEC;
  };
  for (const std::string_view part : {R"({name:"n1",v:1},)", R"({"name":"n1","token":"x"},)", "a://b,"}) {
    INFO(part);
    CHECK_FALSE(takes_long(many(part, size_t{2} << 20)));
  }
  // Denser than any file is.
  const std::string blanks(size_t{64} << 10, ' ');
  for (const std::string_view part :
       {"name:",   "://",       "://a:",     "a@b://c ",   "token ",      "token: ",        "token=$A ",
        "${TOKEN", "${TOKEN:-", "token=\" ", "token=\\\"", "KEY=$( ",     "KEY=(",          "x://${A}:x@h/",
        " -u ",    "mysql -p",  "KEY[",      "key=${{ ",   "key: a_key ", "$token:$token: "}) {
    INFO(part);
    CHECK_FALSE(takes_long(blanks + many(part, size_t{128} << 10) + blanks));
  }
}
