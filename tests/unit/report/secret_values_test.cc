// SPDX-License-Identifier: Apache-2.0
#include "report/diff/secret_values.h"

#include <ctime>
#include <string>

#include "support/catch.h"

using namespace backstep;

namespace {

std::string shown(std::string_view line, bool whole_line = false) {
  std::string text(line);
  const SecretValues values = secret_values_in(line, whole_line);
  for (auto range = values.ranges.rbegin(); range != values.ranges.rend(); ++range) {
    text.replace(range->begin, range->end - range->begin, "***");
  }
  return text;
}

std::string many(std::string_view part, size_t size) {
  std::string text;
  while (text.size() < size) text += part;
  return text;
}

struct SecretRow {
  const char* line;
  const char* shown;
};

}  // namespace

TEST_CASE("SecretValues: a key tells of its value, however it is written",
          "[base][secret_values]") {
  for (const SecretRow& row : {
           SecretRow{"export API_TOKEN=abc", "export API_TOKEN=***"},
           SecretRow{"TOKEN=abc exec app --port 80", "TOKEN=*** exec app --port 80"},
           SecretRow{"DB_PASSWORD='a b' app", "DB_PASSWORD='***' app"},
           SecretRow{"DB_PASSWORD=\"a \\\" b\" app", "DB_PASSWORD=\"***\" app"},
           SecretRow{"DB_PASSWORD=a'b c'd app", "DB_PASSWORD=*** app"},
           SecretRow{"DB_PASSWORD=\"ab\"cd app", "DB_PASSWORD=\"***\"*** app"},
           SecretRow{"app --token abc --port 80", "app --token *** --port 80"},
           SecretRow{"app --api-key=abc --port 80", "app --api-key=*** --port 80"},
           SecretRow{"app --token \"a b\" x", "app --token \"***\" x"},
           SecretRow{"password: a b", "password: ***"},
           SecretRow{"  - secret_key: \"x\"  # why", "  - secret_key: \"***\"  # why"},
           SecretRow{"{\"password\": \"x\", \"port\": 80}",
                     "{\"password\": \"***\", \"port\": 80}"},
           SecretRow{"{\"password\":\"x\"}", "{\"password\":\"***\"}"},
           SecretRow{"curl -d \"{\\\"password\\\": \\\"x\\\"}\" u",
                     "curl -d \"{\\\"password\\\": \\\"***\\\"}\" u"},
           SecretRow{"curl -H \"Authorization: Bearer abc\" u", "curl -H \"Authorization: ***\" u"},
           SecretRow{"curl -H 'X-Api-Key:abc' u", "curl -H 'X-Api-Key:***' u"},
           SecretRow{"curl \"http://h/?token=abc\" u", "curl \"http://h/?token=***\" u"},
           SecretRow{"url = postgres://u:p@h/d", "url = postgres://u:***@h/d"},
           SecretRow{"PW=${DB_PASSWORD:-x{y}z} app", "PW=${DB_PASSWORD:-***} app"},
           SecretRow{"ENV API_KEY abc def", "ENV API_KEY ***"},
           SecretRow{"proxy_set_header X-Auth-Token abc;", "proxy_set_header X-Auth-Token ***"},
           SecretRow{"password hunter2", "password ***"},
           SecretRow{"clientSecret = a b", "clientSecret = ***"},
           SecretRow{"spring.datasource.password=abc", "spring.datasource.password=***"},
           SecretRow{"[ \"$TOKEN\" = abc ] && x", "[ \"$TOKEN\" = *** ] && x"},
           SecretRow{"config['password'] = 'abc'", "config['password'] = '***'"},
           SecretRow{"TOKEN := abc", "TOKEN := ***"},
           SecretRow{"TOKEN=$(echo a b)", "TOKEN=***"},
           SecretRow{"don't: password: it's", "don't: password: ***"},
           SecretRow{"A_TOKEN=a B_TOKEN=b c", "A_TOKEN=*** B_TOKEN=*** c"},
           SecretRow{"TOKEN=abc\r", "TOKEN=***\r"},
           SecretRow{"- A_TOKEN=a b", "- A_TOKEN=***"},
           SecretRow{"- \"A_TOKEN=a b\"", "- \"A_TOKEN=***\""},
           SecretRow{"docker run -e 'A_TOKEN=a b' app", "docker run -e 'A_TOKEN=***' app"},
           SecretRow{"PASSWORD[0]=x app", "PASSWORD[0]=*** app"},
           SecretRow{"TOKENS[$i]=\"x\" app", "TOKENS[$i]=\"***\" app"},
           SecretRow{"TOKENS=(a 'b)' c) app", "TOKENS=(***) app"},
           SecretRow{"curl -fsS -u bob:x http://h", "curl -fsS -u bob:*** http://h"},
           SecretRow{"curl --user \"$U:x y\" http://h", "curl --user \"$U:***\" http://h"},
           SecretRow{"curl --user=bob:x http://h", "curl --user=bob:*** http://h"},
           SecretRow{"curl -ubob:x http://h", "curl -ubob:*** http://h"},
           SecretRow{"docker login -px h", "docker login -p*** h"},
           SecretRow{"curl -u sk_live_0123456789: h", "curl -u ***: h"},
           SecretRow{"  -u bob:x \\", "  -u bob:*** \\"},
           SecretRow{"mysql -u root -px -h db", "mysql -u root -p*** -h db"},
           SecretRow{"mysqldump -p'x y' db", "mysqldump -p'***' db"},
           SecretRow{"mariadb -psecret db", "mariadb -p*** db"},
           SecretRow{"sshpass -p x ssh -p 22 h", "sshpass -p *** ssh -p 22 h"},
           SecretRow{"docker login -u bob -p x h", "docker login -u bob -p *** h"},
           SecretRow{"git clone https://ghp_0123456789abcdef@host/x",
                     "git clone https://***@host/x"},
           SecretRow{"git clone https://ghp_0123456789abcdef:x-oauth-basic@h/x",
                     "git clone https://***:***@h/x"},
           SecretRow{"- { name: DB_PASSWORD, value: x }", "- { name: DB_PASSWORD, value: ***"},
           SecretRow{
               "{\"name\": \"DB_PASSWORD\", \"value\": \"x\"}, {\"name\": \"A\", \"value\": \"y\"}",
               "{\"name\": \"DB_PASSWORD\", \"value\": \"***\"}, {\"name\": \"A\", \"value\": "
               "\"y\"}"},
           SecretRow{"-d \"{\\\"name\\\":\\\"A_KEY\\\",\\\"value\\\":\\\"x\\\"}\"",
                     "-d \"{\\\"name\\\":\\\"A_KEY\\\",\\\"value\\\":\\\"***\\\"}\""},
           SecretRow{"{\"value\": \"x\", \"name\": \"DB_PASSWORD\"}",
                     "{\"value\": ***, \"name\": \"DB_PASSWORD\"}"},
           SecretRow{"{name: A_KEY, tag: \"${X}\", value: x}",
                     "{name: A_KEY, tag: \"${X}\", value: ***"},
       }) {
    CHECK(shown(row.line) == row.shown);
  }
}

TEST_CASE("SecretValues: what tells nothing is shown", "[base][secret_values]") {
  for (const char* line : {
           "exec app --port 80",
           "export API_TOKEN",
           "export API_TOKEN=",
           "API_TOKEN=$TOKEN",
           "API_TOKEN=\"${TOKEN}\" app",
           "app --token $1",
           "token: ${{ secrets.TOKEN }}",
           "app --token \"$TOKEN\" --port 80",
           "SSH_KEY_FILE=/run/key",
           "keyboard=us",
           "image: registry/auth:1.2",
           "token: true",
           "app --token --port",
           ": \"${TOKEN:?is missing}\"",
           "if [ -z \"$TOKEN\" ]; then",
           "# the password must be long",
           "case $key in",
           "--token) shift ;;",
           "git clone https://git@host/x",
           "secrets:",
           "echo ${#TOKEN}",
           "http://host:80/a@b",
           "docker run -u app:app image",
           "  -u 1000:1000 \\",
           "curl -u bob http://h",
           "curl -u \"$U:$P\" http://h",
           "curl -o a:b http://h",
           "mysql -u root -p -h db",
           "mysql --protocol tcp --port 3306 -P 3306",
           "mysql -p\"$PW\"",
           "docker run --name mysql -p 3306:3306 mysql:8",
           "ssh -p 22 deploy@host",
           "https://${USER}:${PW}@host/",
           "TOKENS=() app",
           "echo ${TOKENS[0]} $TOKENS[1]",
           "{\"name\": \"HOST\", \"value\": \"x\"}",
           "{\"value\": \"x\"}, {\"name\": \"DB_PASSWORD\"}",
           "{\"name\": \"DB_PASSWORD\"}, {\"value\": \"x\"}",
           "{ name: DB_PASSWORD, value: $DB_PASSWORD",
           "",
       }) {
    CHECK(shown(line) == line);
  }
}

TEST_CASE("SecretValues: in an .env file a value is all of the rest", "[base][secret_values]") {
  CHECK(shown("A_TOKEN=a b", true) == "A_TOKEN=***");
  CHECK(shown("A_TOKEN=a b", false) == "A_TOKEN=*** b");
}

TEST_CASE("SecretValues: a value may go on in the next lines", "[base][secret_values]") {
  const auto open = [](std::string_view line) { return secret_values_in(line, false).open; };
  CHECK(open("export TOKEN=\"a").kind == OpenValue::Kind::kQuote);
  CHECK(open("export TOKEN=\"a").quote == '"');
  CHECK(open("  password: |").kind == OpenValue::Kind::kIndented);
  CHECK(open("  password: >-").indent == 2);
  CHECK(open("app --token \\").kind == OpenValue::Kind::kNextLine);
  CHECK(open("- name: DB_PASSWORD").kind == OpenValue::Kind::kNamed);
  CHECK(open("-----BEGIN RSA PRIVATE KEY-----").kind == OpenValue::Kind::kKey);
  CHECK(open("-----BEGIN PUBLIC KEY-----").kind == OpenValue::Kind::kNone);
  CHECK(open("- { name: DB_PASSWORD }").kind == OpenValue::Kind::kNone);
  CHECK(open("- name: DB_HOST").kind == OpenValue::Kind::kNone);
  CHECK(open("export TOKEN=\"a\"").kind == OpenValue::Kind::kNone);
}

TEST_CASE("SecretValues: no line is read past its end", "[base][secret_values]") {
  const std::string text =
      "${TOKEN:-{\"a\\\"'b} password: \\\" x://u:p@h --token `$( ${{ KEY='\\ ENV name: PASSWORD";
  for (size_t begin = 0; begin < text.size(); ++begin) {
    for (size_t size = 0; size <= text.size() - begin; ++size) {
      const std::string line = text.substr(begin, size);
      size_t at = 0;
      for (const auto& range : secret_values_in(line, false).ranges) {
        REQUIRE(at <= range.begin);
        REQUIRE(range.begin < range.end);
        REQUIRE(range.end <= line.size());
        at = range.end;
      }
    }
  }
}

TEST_CASE("SecretValues: a line of megabytes takes no longer than as many short ones",
          "[base][secret_values]") {
  const auto takes_long = [](const std::string& line) {
    const std::clock_t begin = std::clock();  // of the processor: the machine may be busy
    (void)secret_values_in(line, false);
    return std::clock() - begin >= 2 * CLOCKS_PER_SEC;
  };
  for (const std::string_view part :
       {R"({name:"n1",v:1},)", R"({"name":"n1","token":"x"},)", "a://b,"}) {
    INFO(part);
    CHECK_FALSE(takes_long(many(part, size_t{2} << 20)));
  }
  // Denser than any file is.
  const std::string blanks(size_t{64} << 10, ' ');
  for (const std::string_view part : {"name:",         "://",
                                      "://a:",         "a@b://c ",
                                      "password",      "token ",
                                      "token: ",       "token=x ",
                                      "x://${A}:x@h/", "${TOKEN",
                                      "${TOKEN:-",     "token='",
                                      "token=\\\"",    "value: name: A_KEY ",
                                      "KEY=$( ",       "KEY=(",
                                      "curl -u a",     " -u ",
                                      "mysql -p",      "a@",
                                      "KEY[",          "key=${{ "}) {
    INFO(part);
    CHECK_FALSE(takes_long(blanks + many(part, size_t{128} << 10) + blanks));
  }
}
