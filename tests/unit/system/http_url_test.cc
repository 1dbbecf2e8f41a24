// SPDX-License-Identifier: Apache-2.0
#include "support/catch.h"
#include "support/refusal.h"
#include "system/http/http_probe.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

std::string refused(const std::string& text, const std::string& gateway = "127.0.0.1") {
  return test::refusal([&] { parse_http_url(text, gateway); });
}

}  // namespace

TEST_CASE("HttpUrl: a user name is refused, and a password is never repeated", "[system][http_url]") {
  for (const char* text : {"http://u:secret@a/", "https://u:secret@a/x@y", "tcp://u:secret@a:1"}) {
    CAPTURE(text);
    CHECK_THAT(refused(text), Contains("://***' cannot be asked (Credentials ") && !Contains("secret"));
  }
}

TEST_CASE("HttpUrl: what is no URL is refused", "[system][http_url]") {
  for (const char* text : {"", "health", "localhost:8080/health", "/health", "ftp://a/", "file:///a", "http://a b/",
                           "http://\xC3\xBC/", "http://%FF/", "http://[::1/", "http://[v1.a]/", "http://",
                           "http://:80/", "http://$HOST:80/", "http://a/\n", "tcp://a", "tcp://a:1/x"}) {
    CAPTURE(text);
    CHECK_THAT(refused(text), Contains(" cannot be asked (") &&
                                  Contains("http://HOST[:PORT]/PATH, https://… or tcp://HOST:PORT is expected"));
  }
  CHECK(refused("http://a\"b/" + std::string(9000, 'x')).size() < 400);
}

TEST_CASE("HttpUrl: a port is a number from 1 to 65535", "[system][http_url]") {
  for (const char* text : {"http://a:0/", "http://a:65536/", "http://a:99999999999999999999/", "http://a:b/",
                           "http://a:80b/", "tcp://a:0"}) {
    CAPTURE(text);
    CHECK_THAT(refused(text), Contains("(Port number was not a decimal number"));
  }
  CHECK(parse_http_url("http://a:65535/").port == "65535");
  CHECK(parse_http_url("http://a:/").port == "80");
}

TEST_CASE("HttpUrl: host, port and text as they are asked", "[system][http_url]") {
  const HttpUrl plain = parse_http_url("HTTP://Web.example?x=1#part");
  CHECK(plain.host == "Web.example");
  CHECK(plain.host_and_port() == "Web.example:80");
  CHECK(plain.text == "http://Web.example/?x=1");
  const HttpUrl six = parse_http_url("http://[::1]:8080/a%20b?c=$d");
  CHECK(six.host == "[::1]");
  CHECK(six.host_and_port() == "[::1]:8080");
  CHECK(six.text == "http://[::1]:8080/a%20b?c=$d");
  CHECK(parse_http_url("https://a/").host_and_port() == "a:443");
  CHECK(parse_http_url("tcp://db:5432").host_and_port() == "db:5432");
}

TEST_CASE("HttpUrl: the host's address is put in, and nothing else", "[system][http_url]") {
  CHECK(parse_http_url("http://$BACKSTEP_HOST_GATEWAY:80/$HOME", "10.0.0.1").text == "http://10.0.0.1/$HOME");
  CHECK(parse_http_url("http://${BACKSTEP_HOST_GATEWAY}/", "fd00::1").host == "[fd00::1]");
  CHECK_THAT(refused("http://$BACKSTEP_HOST_GATEWAY/", "a b"), Contains("'http://a b/' cannot be asked"));
}

TEST_CASE("HttpUrl: a redirect elsewhere is named", "[system][http_url]") {
  const HttpUrl from = parse_http_url("http://a:8080/x/y");
  CHECK(redirected(from, "http://b/").refused == "redirects to 'http://b/', another host");
  CHECK(redirected(from, "http://a:9090/z").refused == "redirects to 'http://a:9090/z', another port");
  CHECK(redirected(from, "//b/z").refused == "redirects to 'http://b/z', another host");
  CHECK(redirected(from, "https://a:8080/").refused == "redirects to 'https://a:8080/', which is not http");
  CHECK(redirected(from, "http://a:x/").refused == "redirects to 'http://a:x/', which is no URL");
  CHECK(redirected(from, "http://u@a:8080/").refused == "redirects to 'http://u@a:8080/', which cannot be asked");
  CHECK(redirected(from, "ftp://a:8080/").refused == "redirects to 'ftp://a:8080/', which cannot be asked");
  CHECK(redirected(from, "http://b/" + std::string(9000, 'x')).refused.size() < 300);
  CHECK(redirected(parse_http_url("https://a/"), "http://a/").refused ==
        "redirects to 'http://a/', which is not https");
}

TEST_CASE("HttpUrl: a redirect on the same host is followed", "[system][http_url]") {
  const HttpUrl from = parse_http_url("http://a:8080/x/y");
  CHECK(redirected(from, "z?q").to->text == "http://a:8080/x/z?q");
  CHECK(redirected(from, "/z").to->text == "http://a:8080/z");
  CHECK(redirected(from, "http://A:8080/z").to->text == "http://A:8080/z");
  CHECK(redirected(from, "/a b").to->text == "http://a:8080/a%20b");
}
