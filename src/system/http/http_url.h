// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace backstep {

// A URL that the built-in health check can ask: http only.
struct HttpUrl {
  std::string host;                   // as it is resolved: an IPv6 address without its brackets
  std::string port;                   // "80" when none was written
  std::string authority;              // as the Host header takes it
  std::string target;                 // path and query
  std::string host_and_port() const;  // for people: with the port, always
  std::string text() const { return "http://" + authority + target; }
};

// Throws Error (kUsage) with a sentence for whatever cannot be asked: https, a user name, a host or
// a port that is none. In the host $BACKSTEP_HOST_GATEWAY, also in braces, stands for `gateway`;
// nothing else is expanded. A fragment is dropped, for it is never sent.
HttpUrl parse_http_url(std::string_view text, const std::string& gateway = "127.0.0.1");

// Where a Location header leads. Only the same host and port are followed: an answer from elsewhere
// would say nothing of the service that was deployed, and who answers there was not to be asked.
struct Redirection {
  std::optional<HttpUrl> to;
  std::string refused;  // why not: "redirects to 'http://other/', another host"
};
Redirection redirected(const HttpUrl& from, std::string_view location);

}  // namespace backstep
