// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"

namespace backstep {

// What is asked, and which answer is healthy.
struct ProbeRequest {
  std::string url;
  std::vector<std::string> status;   // "204", "200-299"; none: 200 to 399
  std::string body;                  // a text that its first MiB must hold; "": the head decides
  std::vector<std::string> headers;  // that are sent: "Name: value"
  std::string cacert;                // the file of those whose word counts; "": the system's
  bool insecure = false;             // any certificate will do

  bool operator==(const ProbeRequest&) const = default;
};

// A URL that the built-in health check can ask: http, https or tcp.
struct HttpUrl {
  std::string scheme;
  std::string host;  // an IPv6 address in its brackets
  std::string port;  // the scheme's own when none was written
  std::string text;  // the whole

  std::string host_and_port() const { return host + ":" + port; }
};

// Throws Error (kUsage) with a sentence for whatever cannot be asked. $BACKSTEP_HOST_GATEWAY, also
// in braces, stands for `gateway`. A fragment is dropped, for it is never sent.
HttpUrl parse_http_url(std::string text, const std::string& gateway = "127.0.0.1");

// Where a Location header leads. Only the same scheme, host and port are followed: who answers
// elsewhere is not the service, and was not to be asked.
struct Redirection {
  std::optional<HttpUrl> to;
  std::string refused;  // why not: "redirects to 'http://other/', another host"
};
Redirection redirected(const HttpUrl& from, std::string_view location);

struct ProbeAnswer {
  bool healthy = false;
  std::string sentence;  // one line: "http://… answered 503 Service Unavailable"
};

// Asks `url`, the request's, once, with GET; of tcp, whether a connection is accepted. At most five
// redirects are followed; of one that leads elsewhere, or that `status` asks for, its own status
// decides. No proxy is used, for the service that was just deployed is near.
//
// Has no timeout of its own: `began` hears what it is about to do ("connecting to 127.0.0.1:8080").
using Began = std::function<void(const std::string&)>;
ProbeAnswer probe_http(const ProbeRequest& request, const HttpUrl& url, const Began& began);

// For a process that others may keep in a system call: when SIGTERM or its time limit ends it, it
// writes what was said last to stdout, and exits with that status. Once a process.
void leave_last_words(int exit_status, Duration time_limit);  // 0 = no limit

// Replaces what will be said. Nothing is said before the first call.
void set_last_words(std::string words);

}  // namespace backstep
