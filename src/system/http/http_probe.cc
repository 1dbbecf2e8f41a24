// SPDX-License-Identifier: Apache-2.0
#include "system/http/http_probe.h"

#include <curl/curl.h>
#include <fmt/core.h>
#include <netdb.h>
#include <nss.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <deque>
#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr int kMostRedirects = 5;
constexpr size_t kLargestBody = size_t{1} << 20;
constexpr size_t kLongestStatus = 64;
const std::vector<std::string> kUsual = {"200-399"};

// Of Debian and Alpine, Fedora, SUSE: no build knows where its static binary will run.
constexpr std::array kBundles = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                 "/etc/ssl/ca-bundle.pem"};

// Of "204" and "200-299": numbers have three digits.
bool is_among(const std::vector<std::string>& ranges, long status) {
  return std::ranges::any_of(ranges, [&](const std::string& range) {
    return std::stol(range) <= status && status <= std::stol(range.substr(range.size() - 3));
  });
}

// One request, as far as its answer is needed: of tcp, and of our own tls, the connection.
struct Exchange {
  Exchange(const ProbeRequest& of, const HttpUrl& to, const Began& hears)
      : request(of), url(to), began(hears), only_connects(to.scheme.starts_with('t')) {
    std::vector<std::string> sent = request.headers;
    for (sent.emplace_back("Connection: close"); const std::string& header : sent) {
      headers.reset(curl_slist_append(headers.release(), header.c_str()));
    }
    const std::string at = (url.scheme == "tls" ? "https://" : "http://") + url.host_and_port();
    // HTTP/0.9 is any text, which we tell.
    set(CURLOPT_URL, only_connects ? at.c_str() : url.text.c_str(), CURLOPT_CONNECT_ONLY, long{only_connects},
        CURLOPT_ERRORBUFFER, said.data(), CURLOPT_HTTP09_ALLOWED, 1L, CURLOPT_NOSIGNAL, 1L, CURLOPT_PROXY, "",
        CURLOPT_USERAGENT, "backstep");
    set(CURLOPT_HTTPHEADER, headers.get(), CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    for (const char* bundle : kBundles) {
      if (access(bundle, R_OK) == 0) set(CURLOPT_CAINFO, bundle);
    }
    if (!request.cacert.empty()) set(CURLOPT_CAINFO, request.cacert.c_str());
    // Who waits for plain text answers no TLS: then the question what is spoken stays open.
    if (url.scheme == "tls") set(CURLOPT_CONNECTTIMEOUT_MS, 2000L);
    if (request.insecure) set(CURLOPT_SSL_VERIFYPEER, 0L, CURLOPT_SSL_VERIFYHOST, 0L);
    listen();
  }

  ProbeAnswer run() {
    began("resolving " + in_quotes(url.host));
    code = curl_easy_perform(handle.get());
    if (only_connects && code == CURLE_OK) return {true, url.text + " accepts connections"};
    if (!has_head) return {false, why()};
    std::string sentence = url.text + " answered " + status_line;
    if (!wants_body() || body.find(request.body) != std::string::npos) {
      return {is_wanted(), std::move(sentence)};
    }
    sentence += body.size() < kLargestBody ? ", but its body" : ", but the first MiB of its body";
    return {false, sentence + " does not hold " + in_quotes(request.body)};
  }

  // Whether it may be what a TLS server answers to plain text.
  bool is_odd() const {
    const bool has_connected = code != CURLE_COULDNT_RESOLVE_HOST && code != CURLE_COULDNT_CONNECT;
    return url.scheme == "http" && has_connected && (!has_head || status == 400);
  }

  Redirection next;  // of its answer

  template <typename Value, typename... More>
  void set(CURLoption option, Value value, More... more) {
    curl_easy_setopt(handle.get(), option, value);
    if constexpr (sizeof...(more) > 0) set(more...);
  }

  void listen() {
    const auto connecting = +[](Exchange* self, curlsocktype, curl_sockaddr* to) {
      self->began("connecting to " + self->add_place(*to));
      return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    };
    const auto shaking_hands = +[](CURL*, void*, Exchange* self) {
      self->began("shaking hands with " + self->places.back());
      return CURLE_OK;
    };
    const auto asking = +[](Exchange* self, char*, char*, int, int) {
      self->began("waiting for an answer from " + self->url.text);
      return CURL_PREREQFUNC_OK;
    };
    const auto head = +[](char* data, size_t, size_t size, Exchange* self) {
      return self->goes_on({data, size}) ? size : 0;
    };
    const auto body_part = +[](char* data, size_t, size_t size, Exchange* self) {
      self->body.append(data, std::min(size, kLargestBody - self->body.size()));
      const bool is_enough = !self->has_head || self->body.size() == kLargestBody ||
                             self->body.find(self->request.body) != std::string::npos;
      return is_enough ? 0 : size;
    };
    set(CURLOPT_OPENSOCKETFUNCTION, connecting, CURLOPT_OPENSOCKETDATA, this, CURLOPT_SSL_CTX_FUNCTION, shaking_hands,
        CURLOPT_SSL_CTX_DATA, this, CURLOPT_PREREQFUNCTION, asking, CURLOPT_PREREQDATA, this, CURLOPT_HEADERFUNCTION,
        head, CURLOPT_HEADERDATA, this, CURLOPT_WRITEFUNCTION, body_part, CURLOPT_WRITEDATA, this);
  }

  const std::string& add_place(const curl_sockaddr& to) {
    std::array<char, NI_MAXHOST> address{};
    getnameinfo(&to.addr, to.addrlen, address.data(), address.size(), nullptr, 0, NI_NUMERICHOST);
    const bool by_name = url.host.find(address.data()) == std::string::npos;
    return places.emplace_back(url.host_and_port() + (by_name ? fmt::format(" ({})", address.data()) : ""));
  }

  bool is_wanted() const { return is_among(request.status.empty() ? kUsual : request.status, status); }
  bool wants_body() const { return is_wanted() && !request.body.empty() && !next.to; }

  // Behind a line of the head, the blank one at its end included.
  bool goes_on(std::string_view line) {
    if (line.starts_with("HTTP/")) {
      location.clear();
      status_line = printable(trimmed(line.substr(line.find(' ') + 1, kLongestStatus)));
    } else if (lower_case(line.substr(0, 9)) == "location:") {
      location = trimmed(line.substr(9));
    }
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if ((line != "\r\n" && line != "\n") || status < 200) return true;
    has_head = true;
    const bool leads_on = is_among({"301-303", "307-308"}, status) && !location.empty();
    if (leads_on && !is_among(request.status, status)) next = redirected(url, location);
    return wants_body();
  }

  std::string why() const {
    long error = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_OS_ERRNO, &error);
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST: {
        addrinfo* found = nullptr;  // glibc's own words, which people search for; libcurl has none
        const int why = getaddrinfo(url.host.c_str(), nullptr, nullptr, &found);
        return "cannot resolve " + in_quotes(url.host) + ": " + gai_strerror(why);
      }
      case CURLE_COULDNT_CONNECT:
        return fmt::format("cannot connect to {}: {}", joined(places, ", nor to "),
                           std::strerror(static_cast<int>(error)));
      case CURLE_WRITE_ERROR:
        return url.text + " answered what is no HTTP: " + in_quotes(body.substr(0, kLongestStatus));
      case CURLE_OK:
        return url.text + " closed the connection within its answer";
      default:
        return url.text + " gave no answer: " + printable(said[0] != '\0' ? said.data() : curl_easy_strerror(code));
    }
  }

  const ProbeRequest& request;
  const HttpUrl& url;
  const Began& began;
  const bool only_connects;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle{curl_easy_init(), curl_easy_cleanup};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers{nullptr, curl_slist_free_all};
  CURLcode code = CURLE_OK;
  std::array<char, CURL_ERROR_SIZE> said{};
  std::vector<std::string> places;
  long status = 0;
  bool has_head = false;
  std::string status_line, location, body;
};

bool speaks_tls(HttpUrl url) {
  url.scheme = "tls";
  ProbeRequest request;
  request.insecure = true;
  const Began nobody = [](const std::string&) {};
  return Exchange(request, url, nobody).run().healthy;
}

// The handler may come at any moment, so what it reads is never changed or freed: a new text is
// made beside the old ones, and then one pointer moves.
std::atomic<const std::string*> spoken = nullptr;
static_assert(std::atomic<const std::string*>::is_always_lock_free);
int status_at_end = 0;

void speak_and_exit(int) {
  if (const std::string* words = spoken.load()) {
    [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, words->data(), words->size());
  }
  _exit(status_at_end);
}

}  // namespace

ProbeAnswer probe_http(const ProbeRequest& request, const HttpUrl& first, const Began& began) {
  // glibc would load what nsswitch.conf names into the static binary: of another glibc, a crash.
  __nss_configure_lookup("hosts", "files dns");
  HttpUrl url = first;
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    Exchange exchange(request, url, began);
    ProbeAnswer answer = exchange.run();
    if (exchange.next.to) {
      url = *exchange.next.to;
      continue;
    }
    const std::string& refused = exchange.next.refused;
    if (!refused.empty()) answer.sentence += " (" + refused + ": not followed)";
    if (url.text != first.text) answer.sentence += " (redirected from " + first.text + ")";
    if (request.insecure && url.scheme == "https") answer.sentence += " (insecure: not verified)";
    if (!answer.healthy && exchange.is_odd() && speaks_tls(url)) {
      answer.sentence += ": TLS is spoken there, ask https://" + url.host_and_port();
    }
    return answer;
  }
  return {false, fmt::format("{} redirects more than {} times", first.text, kMostRedirects)};
}

void leave_last_words(int exit_status, Duration time_limit) {
  status_at_end = exit_status;
  std::signal(SIGTERM, speak_and_exit);
  std::signal(SIGALRM, speak_and_exit);
  const long microseconds = std::chrono::microseconds(time_limit).count();
  const itimerval timer = {{}, {microseconds / 1'000'000, microseconds % 1'000'000}};
  if (setitimer(ITIMER_REAL, &timer, nullptr) != 0) throw SystemError("set", "the time limit");
}

void set_last_words(std::string words) {
  static std::deque<std::string> all;
  all.push_back(std::move(words));
  spoken = &all.back();
}

}  // namespace backstep
