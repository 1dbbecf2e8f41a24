// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.h"

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

struct ProbeAnswer {
  bool healthy = false;
  // One line: "http://… answered 503 Service Unavailable", "cannot connect to 127.0.0.1:8080:
  // Connection refused", "cannot resolve 'x': Name or service not known".
  std::string sentence;
};

// Asks once, with GET: a status from 200 to 399 is healthy. At most five redirects are followed, on
// the same host and port; of one that leads elsewhere its own status decides, and that is said.
// Only the head of an answer is read. No proxy is used, for the service that was just deployed is
// near.
//
// Has no timeout of its own: it may stay in any of its calls for as long as the network lets it.
// `began` hears before each what it is about to do ("connecting to 127.0.0.1:8080"), so that
// whoever ends it can say where it was.
ProbeAnswer probe_http(const HttpUrl& url, const std::function<void(const std::string&)>& began);

// For a process that may stay in one system call for as long as somebody else likes: when SIGTERM
// or its time limit ends it, it writes what was said last to stdout, and exits with that status.
// Once, and for the rest of the process.
void leave_last_words(int exit_status, Duration time_limit);  // 0 = no limit

// Replaces what will be said. Nothing is said before the first call.
void set_last_words(std::string words);

}  // namespace backstep
