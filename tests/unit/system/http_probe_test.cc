// SPDX-License-Identifier: Apache-2.0
#include "system/http/http_probe.h"

#include <vector>

#include "support/catch.h"
#include "support/scripted_server.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::EndsWith;
using backstep::test::matchers::StartsWith;

namespace {

ProbeAnswer ask(const std::string& url) {
  return probe_http(parse_http_url(url), [](const std::string&) {});
}

std::string status(const std::string& line) {
  return "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\n\r\n";
}

std::string redirect(const std::string& location) {
  return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n";
}

std::string failure(const ProbeAnswer& answer) {
  return answer.healthy ? "healthy: " + answer.sentence : answer.sentence;
}

// What a server that says this is said to have done.
std::string failure_for(const std::string& answer) {
  const ScriptedServer server({answer});
  return failure(ask(server.url()));
}

}  // namespace

TEST_CASE("HttpProbe: a name that does not exist is named", "[system][http_probe]") {
  CHECK_THAT(failure(ask("http://no-such-host.invalid:8080/")),
             StartsWith("cannot resolve 'no-such-host.invalid': ") &&
                 (Contains("Name or service not known") || Contains("Temporary failure")));
}

TEST_CASE("HttpProbe: a port where nobody listens is named", "[system][http_probe]") {
  Listening closed;
  closed.stop();
  CHECK(failure(ask(closed.url())) ==
        "cannot connect to 127.0.0.1:" + closed.port() + ": Connection refused");
  CHECK_THAT(failure(ask("http://localhost:" + closed.port())),
             StartsWith("cannot connect to localhost:" + closed.port() + " (") &&
                 EndsWith("Connection refused"));
}

TEST_CASE("HttpProbe: a status outside 200 to 399 is a failure", "[system][http_probe]") {
  const ScriptedServer server({status("503 Service Unavailable"), status("404 Not Found"),
                               status("400 "), status("199 Odd"), status("200 OK")});
  CHECK(failure(ask(server.url("/health"))) ==
        server.url("/health") + " answered 503 Service Unavailable");
  CHECK(failure(ask(server.url())) == server.url() + " answered 404 Not Found");
  CHECK_THAT(failure(ask(server.url())), Contains(" answered 400"));
}

TEST_CASE("HttpProbe: a server that hangs up or does not speak HTTP", "[system][http_probe]") {
  CHECK_THAT(failure_for(""), EndsWith(" closed the connection without an answer"));
  CHECK_THAT(failure_for("HTTP/1.1 200 O"), EndsWith(" closed the connection within its answer"));
  CHECK_THAT(failure_for("SSH-2.0-OpenSSH_9.2\r\n\r\n"), Contains(" did not answer in HTTP ("));
  CHECK_THAT(failure_for("HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n"),
             EndsWith(" answered with a head of more than 16 KiB"));
}

TEST_CASE("HttpProbe: what a server says cannot forge a line", "[system][http_probe]") {
  const std::string said = failure_for("HTTP/1.1 500 a\x1b[31m\tb\r\n\r\n");
  CHECK_THAT(said, !Contains("\x1b"));
}

TEST_CASE("HttpProbe: redirects end somewhere", "[system][http_probe]") {
  CHECK_THAT(failure_for(redirect("/again")), EndsWith(" redirects more than 5 times"));
}

TEST_CASE("HttpProbe: of a redirect that is not followed its own status decides",
          "[system][http_probe]") {
  CHECK_THAT(failure_for(redirect("http://other.invalid/")),
             StartsWith("healthy: ") &&
                 EndsWith(" answered 302 Found (redirects to 'http://other.invalid/', another "
                          "host: not followed)"));
}

TEST_CASE("HttpProbe: a redirect on the same host and port is followed", "[system][http_probe]") {
  const ScriptedServer server({redirect("/1"), redirect("/2"), redirect("/3"), redirect("/4"),
                               redirect("/5"), status("200 OK")});
  const ProbeAnswer answer = ask(server.url());
  CHECK(answer.healthy);
  CHECK(answer.sentence ==
        server.url("/5") + " answered 200 OK (redirected from " + server.url() + ")");
}

TEST_CASE("HttpProbe: 200 to 399 is healthy, whatever the body", "[system][http_probe]") {
  const ScriptedServer server({status("200 OK"), "HTTP/1.0 204 No Content\r\n\r\n",
                               "HTTP/1.1 304 Not Modified\r\n\r\n", "HTTP/1.1 302 Found\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nshort",
                               "HTTP/1.1 100 Continue\r\n\r\n" + status("200 OK")});
  for (int i = 0; i < 6; ++i) {
    CAPTURE(i);
    CHECK(failure(ask(server.url())).starts_with("healthy: "));
  }
}

TEST_CASE("HttpProbe: each phase is told before it begins", "[system][http_probe]") {
  const ScriptedServer server({status("200 OK")});
  std::vector<std::string> phases;
  probe_http(parse_http_url(server.url()),
             [&](const std::string& phase) { phases.push_back(phase); });
  CHECK(phases == std::vector<std::string>{"resolving '127.0.0.1'",
                                           "connecting to 127.0.0.1:" + server.port(),
                                           "sending a request to " + server.url(),
                                           "waiting for an answer from " + server.url()});
}
