// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include "support/catch.h"

using namespace backstep;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

std::string all_of(std::string_view text, std::string_view path = "services/a/entrypoint.sh",
                   const Secrets& secrets = {}) {
  std::string shown;
  for (const std::string& line : masked_lines(lines_in(text), path, secrets)) shown += line + "\n";
  return shown;
}

}  // namespace

TEST_CASE("MaskedLines: behind a name that tells, a line is hidden, and what goes on below it",
          "[report][masked_lines]") {
  CHECK(all_of("TOKEN='a\nb' x\nplain\n") == "TOKEN=***\n***\nplain\n");
  CHECK(all_of("a:\n  password: |\n    x\n\n    y\n  port: 80\n") ==
        "a:\n  password: |\n    ***\n\n    ***\n  port: 80\n");
}

TEST_CASE("MaskedLines: a value may stand above the name that tells of it", "[report][masked_lines]") {
  CHECK(all_of("- value: >\n    x\n  name: A_KEY\n  port: 80\n") == "- ***\n  ***\n  name: A_KEY\n  port: 80\n");
  CHECK(all_of("{\n  \"value\": \"x\",\n  \"kind\": 1,\n  \"name\": \"A_KEY\"\n}\n") ==
        "{\n  ***\n  ***\n  \"name\": \"A_KEY\"\n}\n");
  const std::string other = "- value: x\n- name: A_KEY\n- value: y\n";
  CHECK(all_of(other) == other);
}

TEST_CASE("MaskedLines: no value of a Kubernetes Secret is shown, wherever its kind stands", "[report][masked_lines]") {
  CHECK(all_of("kind: ConfigMap\ndata:\n  a: b\n---\ndata:\n  a: YQ==\n  b: \"80\"\n"
               "kind: Secret # of the database\n---\ndata:\n  c: d\n") ==
        "kind: ConfigMap\ndata:\n  a: b\n---\ndata:\n  a: ***\n  b: ***\n"
        "kind: Secret # of the database\n---\ndata:\n  c: d\n");
  CHECK(all_of("items:\n- kind: \"Secret\"\n  stringData:\n    a: b\n  metadata:\n    name: db\n") ==
        "items:\n- kind: \"Secret\"\n  stringData:\n    a: ***\n  metadata:\n    name: db\n");
  CHECK(all_of("{\n  \"data\": {\n    \"a\": \"YQ==\"\n  },\n  \"kind\": \"Secret\"\n}\n") ==
        "{\n  \"data\": {\n    \"a\": ***\n  },\n  \"kind\": \"Secret\"\n}\n");
  CHECK(all_of("kubectl apply -f - <<EOF\nkind: Secret\ndata:\n  a: YQ==\nEOF\nexec app\n") ==
        "kubectl apply -f - <<EOF\nkind: Secret\ndata:\n  a: ***\nEOF\nexec app\n");
}

TEST_CASE("MaskedLines: a secret of the environment is hidden wherever it stands", "[report][masked_lines]") {
  const Secrets secrets(Environment(Variables{{"DEPLOY_TOKEN", "tok: token=4711"}}));
  CHECK(all_of("echo tok: token=4711 tok-47\n", "x.sh", secrets) == "echo *** tok-47\n");
  CHECK(all_of("TOKEN='tok: token=4711\nb'\nc\n", "x.sh", secrets) == "TOKEN=***\n***\nc\n");
}

TEST_CASE("MaskedLines: a file of one word that is called a secret is one", "[report][masked_lines]") {
  CHECK(all_of("hunter2\n", "secrets/db_password") == "***\n");
  CHECK(all_of("hunter2", "db_password.txt") == "***\n");
  CHECK(all_of("exec app\n", "get_token.sh") == "exec app\n");
  CHECK(all_of("hunter2\n", "secrets/readme") == "hunter2\n");
}
