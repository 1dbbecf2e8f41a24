// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "system/http/http_probe.h"

namespace backstep::fuzz {
namespace {

// What stands in a request's line and in its Host header must not end them.
void require_sendable(std::string_view text) {
  for (const char c : text) {
    require(c > 0x20 && c < 0x7F, "a URL that is asked has no blank and no byte beyond ASCII", text);
  }
}

void require_sound(const HttpUrl& url) {
  require_sendable(url.text);
  require(url.host.find('@') == std::string::npos, "no user name is sent", url.host);
  require(!url.host.empty() && url.host.find('\0') == std::string::npos, "a host is a name");
  const int port = std::stoi(url.port);
  require(port >= 1 && port <= 65535, "a port is a port", url.port);
  const HttpUrl again = parse_http_url(url.text);
  require(again.text == url.text && again.host == url.host && again.port == url.port,
          "what is asked is read back as it was", url.text);
}

}  // namespace

// The first line is the URL that was asked, the second where the answer leads.
void try_input(std::string_view bytes) {
  const size_t end = bytes.find('\n');
  HttpUrl url;
  if (!accepts([&] { url = parse_http_url(std::string(bytes.substr(0, end)), "172.17.0.1"); })) return;
  require_sound(url);
  if (end == std::string_view::npos) return;
  const Redirection next = redirected(url, bytes.substr(end + 1));
  require(next.to.has_value() == next.refused.empty(), "a redirect is followed or refused");
  require_harmless_line(next.refused, "a refused redirect is one harmless line");
  if (!next.to) return;
  require_sound(*next.to);
  require(lower_case(next.to->host) == lower_case(url.host) && next.to->port == url.port,
          "only the same host and port are followed", next.to->text);
}

}  // namespace backstep::fuzz
