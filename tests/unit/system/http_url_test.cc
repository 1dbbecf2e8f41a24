// SPDX-License-Identifier: Apache-2.0
#include "system/http/http_probe.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

std::string refused(const std::string& text, const std::string& gateway = "127.0.0.1") {
  return test::refusal([&] { parse_http_url(text, gateway); });
}

}  // namespace

TEST_CASE("HttpUrl: https is refused with what to use instead", "[system][http_url]") {
  CHECK_THAT(refused("https://a/"), Contains("speaks http only") && Contains("'curl -fsS URL'"));
  CHECK_THAT(refused("HTTPS://a/"), Contains("speaks http only"));
}

TEST_CASE("HttpUrl: a user name is refused, and a password is never repeated",
          "[system][http_url]") {
  CHECK(refused("http://u:secret@a/") ==
        "'http://***' holds a user name: the built-in check sends no credentials; set "
        "health_check to a command that does");
  CHECK_THAT(refused("https://u:secret@a/x@y"), !Contains("secret") && Contains("https://***"));
}

TEST_CASE("HttpUrl: what is no URL is refused", "[system][http_url]") {
  for (const char* text : {"", "health", "localhost:8080/health", "/health", "ftp://a/",
                           "http://a b/", "http://\xC3\xBC/", "http://[::1/"}) {
    CAPTURE(text);
    CHECK_THAT(refused(text), Contains("http://HOST[:PORT]/PATH is expected"));
  }
  CHECK_THAT(refused("http://"), Contains("names no host"));
  CHECK_THAT(refused("http:///x"), Contains("names no host"));
  CHECK_THAT(refused("http://:80/"), Contains("names no host"));
  CHECK_THAT(refused("http://[v1.a]/"), Contains("cannot be resolved"));
  CHECK_THAT(refused("http://%41/"), Contains("cannot be resolved"));
  CHECK_THAT(refused("http://a/" + std::string(2000, 'x')), Contains("longer than 2000 bytes"));
}

TEST_CASE("HttpUrl: a port is a number from 1 to 65535", "[system][http_url]") {
  for (const char* text : {"http://a:0/", "http://a:65536/", "http://a:99999999999999999999/",
                           "http://a:b/", "http://a:80b/"}) {
    CAPTURE(text);
    CHECK_THAT(refused(text), Contains("from 1 to 65535"));
  }
  CHECK(parse_http_url("http://a:65535/").port == "65535");
  CHECK(parse_http_url("http://a:/").port == "80");
}

TEST_CASE("HttpUrl: host, port and target as they are asked", "[system][http_url]") {
  const HttpUrl plain = parse_http_url("http://Web.example?x=1#part");
  CHECK(plain.host == "Web.example");
  CHECK(plain.authority == "Web.example");
  CHECK(plain.target == "/?x=1");
  const HttpUrl six = parse_http_url("http://[::1]:8080/a%20b?c=$d");
  CHECK(six.host == "::1");
  CHECK(six.authority == "[::1]:8080");
  CHECK(six.host_and_port() == "[::1]:8080");
  CHECK(six.text() == "http://[::1]:8080/a%20b?c=$d");
}

TEST_CASE("HttpUrl: the host's address is put in, and nothing else", "[system][http_url]") {
  CHECK(parse_http_url("http://$BACKSTEP_HOST_GATEWAY:80/$BACKSTEP_HOST_GATEWAY", "10.0.0.1")
            .text() == "http://10.0.0.1/$BACKSTEP_HOST_GATEWAY");
  CHECK(parse_http_url("http://${BACKSTEP_HOST_GATEWAY}/", "fd00::1").host == "fd00::1");
  CHECK_THAT(refused("http://$HOST:80/"), Contains("only $BACKSTEP_HOST_GATEWAY is known there"));
  CHECK_THAT(refused("http://$BACKSTEP_HOST_GATEWAY/", "a b"), Contains("'http://a b/' is no URL"));
}

TEST_CASE("HttpUrl: a redirect elsewhere is named", "[system][http_url]") {
  const HttpUrl from = parse_http_url("http://a:8080/x/y");
  CHECK(redirected(from, "http://b/").refused == "redirects to 'http://b/', another host");
  CHECK(redirected(from, "http://a:9090/z").refused ==
        "redirects to 'http://a:9090/z', another port");
  CHECK(redirected(from, "//b/z").refused == "redirects to 'http://b/z', another host");
  CHECK(redirected(from, "https://a/").refused == "redirects to 'https://a/', which is not http");
  CHECK(redirected(from, "a b").refused == "redirects to 'a b', which is no URL");
  CHECK(redirected(from, "http://u@a/").refused ==
        "redirects to 'http://u@a/', which cannot be asked");
  CHECK(redirected(from, "http://b/" + std::string(9000, 'x')).refused.size() < 300);
}

TEST_CASE("HttpUrl: a redirect on the same host is followed", "[system][http_url]") {
  const HttpUrl from = parse_http_url("http://a:8080/x/y");
  CHECK(redirected(from, "z?q").to->text() == "http://a:8080/x/z?q");
  CHECK(redirected(from, "/z").to->text() == "http://a:8080/z");
  CHECK(redirected(from, "http://A:8080/z").to->text() == "http://A:8080/z");
}
