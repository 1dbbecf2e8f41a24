// SPDX-License-Identifier: Apache-2.0
#include <curl/curl.h>
#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/secrets.h"
#include "base/text.h"
#include "system/http/http_probe.h"

namespace backstep {
namespace {

constexpr size_t kLongestShown = 200;  // a server may send a Location of any length

// Read by the library that asks, so that both find the same host in it.
class Parts {
 public:
  // A further one is relative to the one before.
  CURLUcode read(const std::string& text, unsigned flags) {
    return curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), flags | CURLU_NON_SUPPORT_SCHEME);
  }
  std::string get(CURLUPart part, unsigned flags = 0) const {
    char* text = nullptr;
    curl_url_get(url_.get(), part, &text, flags);
    const std::unique_ptr<char, decltype(&curl_free)> owned(text, curl_free);
    return text == nullptr ? "" : text;
  }
  void drop(CURLUPart part) { curl_url_set(url_.get(), part, nullptr, 0); }

 private:
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url_{curl_url(), curl_url_cleanup};
};

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

// What the library would ask, and we do not.
CURLUcode judged(const HttpUrl& url, const std::string& path) {
  const bool is_tcp = url.scheme == "tcp";
  if (!is_tcp && url.scheme != "http" && url.scheme != "https") return CURLUE_UNSUPPORTED_SCHEME;
  if (!is_plain(url.host)) return CURLUE_BAD_HOSTNAME;
  if (url.port.empty() || url.port == "0") return CURLUE_BAD_PORT_NUMBER;
  return is_tcp && path != "/" ? CURLUE_BAD_PATH : CURLUE_OK;
}

std::string shortened(std::string_view location) {
  const std::string text = up_to_secret(location);
  return in_quotes(text.size() <= kLongestShown ? text : text.substr(0, kLongestShown) + " …");
}

std::string why_not_followed(const HttpUrl& from, const HttpUrl& to) {
  if (to.scheme != from.scheme) return "which is not " + from.scheme;
  if (lower_case(to.host) != lower_case(from.host)) return "another host";
  return to.port != from.port ? "another port" : "";
}

}  // namespace

HttpUrl parse_http_url(std::string text, const std::string& gateway) {
  const bool is_six = gateway.find(':') != std::string::npos;
  text = with_variable(std::move(text), "BACKSTEP_HOST_GATEWAY", is_six ? "[" + gateway + "]" : gateway);
  Parts parts;
  CURLUcode code = is_plain(text) ? parts.read(text, CURLU_DISALLOW_USER) : CURLUE_MALFORMED_INPUT;
  parts.drop(CURLUPART_FRAGMENT);
  HttpUrl url{parts.get(CURLUPART_SCHEME), parts.get(CURLUPART_HOST), parts.get(CURLUPART_PORT, CURLU_DEFAULT_PORT),
              parts.get(CURLUPART_URL, CURLU_NO_DEFAULT_PORT)};
  if (code == CURLUE_OK) code = judged(url, parts.get(CURLUPART_PATH));
  if (code == CURLUE_OK) return url;
  // A password must not reach a log, least of all by the message that refuses it.
  refuse_usage(fmt::format("{} cannot be asked ({}): http://HOST[:PORT]/PATH, https://… or tcp://HOST:PORT is expected",
                           shortened(text), curl_url_strerror(code)));
}

Redirection redirected(const HttpUrl& from, std::string_view location) {
  Parts parts;
  parts.read(from.text, 0);
  if (parts.read(std::string(location), CURLU_URLENCODE | CURLU_ALLOW_SPACE) != CURLUE_OK) {
    return {std::nullopt, "redirects to " + shortened(location) + ", which is no URL"};
  }
  const std::string target = parts.get(CURLUPART_URL);
  std::string why = "which cannot be asked";
  try {
    HttpUrl to = parse_http_url(target);
    why = why_not_followed(from, to);
    if (why.empty()) return {std::move(to), ""};
  } catch (const Error&) {
  }
  return {std::nullopt, "redirects to " + shortened(target) + ", " + why};
}

}  // namespace backstep
