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

ProbeAnswer ask(const std::string& url, const ProbeRequest& request = {}) {
  return probe_http(request, parse_http_url(url), [](const std::string&) {});
}

std::string status(const std::string& line) { return "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\n\r\n"; }

std::string redirect(const std::string& location) { return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n"; }

std::string failure(const ProbeAnswer& answer) {
  return answer.healthy ? "healthy: " + answer.sentence : answer.sentence;
}

// What a server that says this is said to have done.
std::string failure_for(const std::string& answer, const ProbeRequest& request = {}) {
  const ScriptedServer server({answer});
  return failure(ask(server.url(), request));
}

ProbeRequest with_body(const std::string& text) {
  ProbeRequest request;
  request.body = text;
  return request;
}

ProbeRequest with_status(const std::vector<std::string>& status) {
  ProbeRequest request;
  request.status = status;
  return request;
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
  CHECK(failure(ask(closed.url())) == "cannot connect to 127.0.0.1:" + closed.port() + ": Connection refused");
  CHECK_THAT(failure(ask("http://localhost:" + closed.port())),
             StartsWith("cannot connect to localhost:" + closed.port() + " (") && EndsWith("Connection refused"));
  CHECK(failure(ask("tcp://127.0.0.1:" + closed.port())) ==
        "cannot connect to 127.0.0.1:" + closed.port() + ": Connection refused");
}

TEST_CASE("HttpProbe: of tcp a connection is enough", "[system][http_probe]") {
  const Listening open;
  CHECK_THAT(failure(ask("tcp://127.0.0.1:" + open.port())),
             StartsWith("healthy: tcp://127.0.0.1:" + open.port()) && EndsWith(" accepts connections"));
}

TEST_CASE("HttpProbe: a status outside 200 to 399 is a failure", "[system][http_probe]") {
  const ScriptedServer server(
      {status("503 Service Unavailable"), status("404 Not Found"), status("400 "), status("400 "), status("200 OK")});
  CHECK(failure(ask(server.url("/health"))) == server.url("/health") + " answered 503 Service Unavailable");
  CHECK(failure(ask(server.url())) == server.url() + " answered 404 Not Found");
  CHECK(failure(ask(server.url())) == server.url() + " answered 400");
}

TEST_CASE("HttpProbe: a status that is not asked for is a failure", "[system][http_probe]") {
  CHECK_THAT(failure_for(status("200 OK"), with_status({"204", "300-302"})), EndsWith(" answered 200 OK"));
  CHECK_THAT(failure_for(status("204 No Content"), with_status({"200-203", "205"})), StartsWith("http://"));
  CHECK_THAT(failure_for(status("401 Unauthorized"), with_status({"200", "401"})), StartsWith("healthy: "));
}

TEST_CASE("HttpProbe: a redirect whose status is asked for is not followed", "[system][http_probe]") {
  CHECK_THAT(failure_for(redirect("/again"), with_status({"302"})),
             StartsWith("healthy: ") && EndsWith(" answered 302 Found"));
}

TEST_CASE("HttpProbe: a server that hangs up or does not speak HTTP", "[system][http_probe]") {
  CHECK_THAT(failure_for(""), EndsWith(" gave no answer: Empty reply from server"));
  CHECK_THAT(failure_for("HTTP/1.1 200 O"), Contains("http://") && !StartsWith("healthy"));
  CHECK_THAT(failure_for("HTTP/1.1 200 OK\r\nX: y\r\n"), !StartsWith("healthy"));
  CHECK_THAT(failure_for("SSH-2.0-OpenSSH_9.2\r\n\r\n"), Contains(" answered what is no HTTP: 'SSH-2.0-OpenSSH_9.2"));
}

TEST_CASE("HttpProbe: what a server says cannot forge a line", "[system][http_probe]") {
  const std::string said = failure_for("HTTP/1.1 500 a\x1b[31m\tb\r\n\r\n");
  CHECK_THAT(said, !Contains("\x1b"));
  CHECK_THAT(failure_for("x\n::error::forged\n"), !Contains("\n"));
}

TEST_CASE("HttpProbe: a hostile answer is told in one short line", "[system][http_probe]") {
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::string long_line(400'000, 'x');
  std::string many_heads;
  for (int i = 0; i < 20'000; ++i) many_heads += "HTTP/1.1 100 Continue\r\n\r\n";
  for (const std::string& answer :
       {"\x15\x03\x01" + std::string("\0\x02\x02\x16", 4), std::string("ICY 200 OK\r\n\r\n"),
        std::string("HTTP/9.9 200 OK\r\n\r\n"), std::string("HTTP/1.1 x OK\r\n\r\n"), std::string("\r\n\r\n\r\n"),
        std::string("HTTP"), std::string("{\"status\": \"up\"}\n"), ok, ok + "X: " + long_line,
        ok + "X: " + long_line + "\r\n\r\n", long_line, many_heads}) {
    CAPTURE(answer.substr(0, 40));
    const std::string said = failure_for(answer);
    CHECK_THAT(said, !StartsWith("healthy") && !Contains("\n"));
    CHECK(said.size() < 500);
  }
  for (const std::string& head :
       {std::string("Content-Length: 99999999999999999999\r\n"), std::string("Transfer-Encoding: chunked\r\n"),
        std::string("Content-Encoding: gzip\r\n"), std::string("Set-Cookie: a=b; domain=.\r\n"),
        std::string("Refresh: 0; url=http://x/\r\n"), std::string(" folded\r\n"), std::string("X\x1b[2J: \x07\r\n")}) {
    CAPTURE(head);
    const std::string said = failure_for(ok + head + "\r\nzz\r\n::error::x\r\n", with_body("v2"));
    CHECK_THAT(said, !StartsWith("healthy") && !Contains("\n") && !Contains("::error"));
  }
}

TEST_CASE("HttpProbe: of two places that it leads to none elsewhere is asked", "[system][http_probe]") {
  const std::string elsewhere = "Location: http://other.invalid/\r\n";
  for (const std::string& places :
       {"Location: /here\r\n" + elsewhere, elsewhere + "Location: http://other.invalid/x\r\n"}) {
    CHECK_THAT(failure_for("HTTP/1.1 302 Found\r\n" + places + "\r\n"), Contains(", another host: not followed)"));
  }
}

TEST_CASE("HttpProbe: redirects end somewhere", "[system][http_probe]") {
  CHECK_THAT(failure_for(redirect("/again")), EndsWith(" redirects more than 5 times"));
}

TEST_CASE("HttpProbe: of a redirect that is not followed its own status decides", "[system][http_probe]") {
  CHECK_THAT(failure_for(redirect("http://other.invalid/")),
             StartsWith("healthy: ") && EndsWith(" answered 302 Found (redirects to 'http://other.invalid/', another "
                                                 "host: not followed)"));
}

TEST_CASE("HttpProbe: a redirect on the same host and port is followed", "[system][http_probe]") {
  const ScriptedServer server(
      {redirect("/1"), redirect("/2"), redirect("/3"), redirect("/4"), redirect("/5"), status("200 OK")});
  const ProbeAnswer answer = ask(server.url());
  CHECK(answer.healthy);
  CHECK(answer.sentence == server.url("/5") + " answered 200 OK (redirected from " + server.url() + ")");
}

TEST_CASE("HttpProbe: 200 to 399 is healthy, whatever the body", "[system][http_probe]") {
  const ScriptedServer server({status("200 OK"), "HTTP/1.0 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\n\r\n",
                               "HTTP/1.1 302 Found\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nshort",
                               "HTTP/1.1 100 Continue\r\n\r\n" + status("200 OK"), "HTTP/1.1 200 OK\n\nok",
                               "HTTP/1.1 200\r\n\r\n"});
  for (int i = 0; i < 8; ++i) {
    CAPTURE(i);
    CHECK(failure(ask(server.url())).starts_with("healthy: "));
  }
}

TEST_CASE("HttpProbe: a body that lacks the text is a failure", "[system][http_probe]") {
  const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
  CHECK_THAT(failure_for(head + "version v1\n", with_body("v2")),
             EndsWith(" answered 200 OK, but its body does not hold 'v2'"));
  CHECK_THAT(failure_for(head, with_body("v2")), EndsWith("its body does not hold 'v2'"));
  CHECK_THAT(failure_for(head + std::string(size_t{1} << 20, 'x') + "v2", with_body("v2")),
             EndsWith(" answered 200 OK, but the first MiB of its body does not hold 'v2'"));
  CHECK_THAT(failure_for("HTTP/1.1 503 v2\r\n\r\nv2", with_body("v2")), EndsWith(" answered 503 v2"));
}

TEST_CASE("HttpProbe: a body is read until it has the text", "[system][http_probe]") {
  CHECK_THAT(failure_for("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nnow v2 is", with_body("v2")),
             StartsWith("healthy: ") && EndsWith(" answered 200 OK"));
}

TEST_CASE("HttpProbe: each phase is told before it begins", "[system][http_probe]") {
  const ScriptedServer server({status("200 OK")});
  std::vector<std::string> phases;
  probe_http({}, parse_http_url(server.url()), [&](const std::string& phase) { phases.push_back(phase); });
  CHECK(phases == std::vector<std::string>{"resolving '127.0.0.1'", "connecting to 127.0.0.1:" + server.port(),
                                           "waiting for an answer from " + server.url()});
}
