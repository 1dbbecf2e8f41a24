// SPDX-License-Identifier: Apache-2.0
#include "system/http/http_probe.h"

#include <fmt/core.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "base/error.h"
#include "base/secrets.h"
#include "base/text.h"

namespace backstep {
namespace {

namespace urls = boost::urls;

constexpr size_t kLongestUrl = 2000;
constexpr size_t kLongestShown = 200;  // a server may send a Location of any length

// A password must not reach a log, least of all by the message that refuses it.
[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  refuse_usage(fmt::format("'{}' {}", printable(up_to_secret(text)), why));
}

// In the host only: a path or a query may hold a dollar of its own.
std::string expanded(std::string_view text, const std::string& gateway) {
  const size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return std::string(text);
  const size_t begin = scheme_end + 3;
  const size_t end = std::min(text.find_first_of("/?#", begin), text.size());
  std::string host(text.substr(begin, end - begin));
  const std::string address =
      gateway.find(':') == std::string::npos ? gateway : "[" + gateway + "]";
  host = replaced(std::move(host), "${BACKSTEP_HOST_GATEWAY}", address);
  host = replaced(std::move(host), "$BACKSTEP_HOST_GATEWAY", address);
  if (host.find('$') != std::string::npos) {
    refuse(text, "names a variable in its host: only $BACKSTEP_HOST_GATEWAY is known there");
  }
  return std::string(text.substr(0, begin)) + host + std::string(text.substr(end));
}

void check_scheme(std::string_view text) {
  const size_t end = text.find("://");
  if (end == std::string_view::npos) {
    refuse(text, "is no URL: http://HOST[:PORT]/PATH is expected");
  }
  const std::string scheme = lower_case(text.substr(0, end));
  if (scheme == "https") {
    refuse(text,
           "cannot be asked: the built-in check speaks http only; ask the service's plain port, or "
           "set health_check to a command such as 'curl -fsS URL'");
  }
  if (scheme != "http") refuse(text, "is no http URL: http://HOST[:PORT]/PATH is expected");
}

// Looked for before the parser reads the whole: what that makes of a bad port differs by release.
std::string checked_port(std::string_view text) {
  const size_t begin = text.find("://") + 3;
  std::string_view port = text.substr(begin, text.find_first_of("/?#", begin) - begin);
  port.remove_prefix(port.rfind('@') + 1);
  if (port.starts_with('[')) port.remove_prefix(std::min(port.find(']'), port.size()));
  port.remove_prefix(std::min(port.find(':'), port.size()));
  if (port.size() <= 1) return "80";
  port.remove_prefix(1);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc{} || end != port.data() + port.size() || number < 1 || number > 65535) {
    refuse(text, "has a port that is none: it is a number from 1 to 65535");
  }
  return std::to_string(number);
}

std::string checked_host(std::string_view text, const urls::url_view& url) {
  std::string host = url.host_address();
  if (host.empty()) refuse(text, "names no host: http://HOST[:PORT]/PATH is expected");
  if (url.host_type() == urls::host_type::ipvfuture ||
      url.encoded_host().find('%') != std::string_view::npos) {
    refuse(text, "has a host that cannot be resolved: a name or an address is expected");
  }
  return host;
}

HttpUrl checked(std::string_view text, const urls::url_view& url, const std::string& port) {
  if (url.has_userinfo()) {
    refuse(text,
           "holds a user name: the built-in check sends no credentials; set health_check to "
           "a command that does");
  }
  HttpUrl result{.host = checked_host(text, url),
                 .port = port,
                 .authority = std::string(url.encoded_host()),
                 .target = std::string(url.encoded_target())};
  if (result.port != "80") result.authority += ":" + result.port;
  if (url.encoded_path().empty()) result.target.insert(0, "/");
  return result;
}

std::string shortened(std::string_view location) {
  const std::string text = up_to_secret(location);
  return text.size() <= kLongestShown ? in_quotes(text)
                                      : in_quotes(text.substr(0, kLongestShown) + " …");
}

}  // namespace

std::string HttpUrl::host_and_port() const {
  const bool needs_brackets = host.find(':') != std::string::npos;
  return (needs_brackets ? "[" + host + "]" : host) + ":" + port;
}

HttpUrl parse_http_url(std::string_view text, const std::string& gateway) {
  check_scheme(text);
  if (text.size() > kLongestUrl) {
    refuse(text.substr(0, kLongestShown), fmt::format("… is longer than {} bytes", kLongestUrl));
  }
  const std::string whole = expanded(text, gateway);
  const std::string port = checked_port(whole);
  const auto url = urls::parse_uri(whole);
  if (!url) {
    refuse(whole,
           "is no URL: http://HOST[:PORT]/PATH is expected, with blanks and letters beyond ASCII "
           "as %XX");
  }
  return checked(whole, *url, port);
}

Redirection redirected(const HttpUrl& from, std::string_view location) {
  const std::string base = from.text();
  const auto reference = urls::parse_uri_reference(location);
  urls::url whole;
  if (!reference || !urls::resolve(*urls::parse_uri(base), *reference, whole)) {
    return {std::nullopt, "redirects to " + shortened(location) + ", which is no URL"};
  }
  const std::string target(whole.buffer());
  if (lower_case(std::string_view(whole.scheme().data(), whole.scheme().size())) != "http") {
    return {std::nullopt, "redirects to " + shortened(target) + ", which is not http"};
  }
  try {
    HttpUrl to = parse_http_url(target);
    if (lower_case(to.host) != lower_case(from.host))
      return {std::nullopt, "redirects to " + shortened(target) + ", another host"};
    if (to.port != from.port)
      return {std::nullopt, "redirects to " + shortened(target) + ", another port"};
    return {std::move(to), ""};
  } catch (const Error&) {
    return {std::nullopt, "redirects to " + shortened(target) + ", which cannot be asked"};
  }
}

}  // namespace backstep
