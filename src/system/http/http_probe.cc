// SPDX-License-Identifier: Apache-2.0
#define BOOST_ASIO_DISABLE_THREADS

#include "system/http/http_probe.h"

#include <fmt/core.h>
#include <nss.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <csignal>
#include <deque>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr int kMostRedirects = 5;
constexpr int kMostInformational = 8;  // 100 Continue and the like, before the answer itself
constexpr size_t kLargestHead = size_t{16} * 1024;
constexpr size_t kLongestReason = 60;

// glibc's own words, which people search for; Asio has others.
std::string cause_of_resolving(const error_code& error) {
  if (error == asio::error::host_not_found) return "Name or service not known";
  if (error == asio::error::host_not_found_try_again) return "Temporary failure in name resolution";
  if (error == asio::error::no_recovery) return "Non-recoverable failure in name resolution";
  return error.message();
}

std::string cause_of_reading(const error_code& error) {
  if (error == http::error::end_of_stream || error == asio::error::eof) {
    return "closed the connection without an answer";
  }
  if (error == http::error::partial_message) return "closed the connection within its answer";
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return fmt::format("answered with a head of more than {} KiB", kLargestHead / 1024);
  }
  if (error.category() == http::make_error_code(http::error::bad_version).category()) {
    return fmt::format("did not answer in HTTP ({})", error.message());
  }
  return fmt::format("gave no answer: {}", error.message());
}

struct Answer {
  unsigned status = 0;
  std::string shown;     // "503 Service Unavailable"
  std::string location;  // of a redirect
};

bool is_redirect(const Answer& answer) {
  const unsigned status = answer.status;
  const bool redirects =
      status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  return redirects && !answer.location.empty();
}

class Probe {
 public:
  explicit Probe(const std::function<void(const std::string&)>& began) : began_(began) {}

  ProbeAnswer ask(const HttpUrl& first) {
    HttpUrl url = first;
    for (int redirects = 0;; ++redirects) {
      const std::optional<Answer> answer = ask_one(url);
      if (!answer) return {false, std::move(why_)};
      const Redirection next =
          is_redirect(*answer) ? redirected(url, answer->location) : Redirection();
      if (!next.to) {
        return {answer->status >= 200 && answer->status <= 399,
                fmt::format("{} answered {}{}{}", url.text(), answer->shown,
                            next.refused.empty() ? "" : " (" + next.refused + ": not followed)",
                            came_from(first, url))};
      }
      if (redirects == kMostRedirects) {
        return {false, fmt::format("{} redirects more than {} times", first.text(), redirects)};
      }
      url = *next.to;
    }
  }

 private:
  static std::string came_from(const HttpUrl& first, const HttpUrl& last) {
    return first.text() == last.text() ? "" : fmt::format(" (redirected from {})", first.text());
  }

  std::optional<Answer> ask_one(const HttpUrl& url) {
    tcp::socket socket(context_);
    if (!connect(url, socket) || !send(url, socket)) return std::nullopt;
    return read(url, socket);
  }

  bool connect(const HttpUrl& url, tcp::socket& socket) {
    began_("resolving " + in_quotes(url.host));
    error_code error;
    const auto found = tcp::resolver(context_).resolve(url.host, url.port, error);
    if (error) {
      why_ = fmt::format("cannot resolve {}: {}", in_quotes(url.host), cause_of_resolving(error));
      return false;
    }
    std::vector<std::string> causes;
    for (const auto& entry : found) {
      const std::string address = entry.endpoint().address().to_string();
      const bool by_name = address != url.host;
      const std::string place = url.host_and_port() + (by_name ? " (" + address + ")" : "");
      began_("connecting to " + place);
      socket.close(error);
      socket.connect(entry.endpoint(), error);
      if (!error) return true;
      causes.push_back(fmt::format("{}: {}", place, error.message()));
    }
    why_ = "cannot connect to " + joined(causes, ", nor to ");
    return false;
  }

  bool send(const HttpUrl& url, tcp::socket& socket) {
    began_("sending a request to " + url.text());
    http::request<http::empty_body> request(http::verb::get, url.target, 11);
    request.set(http::field::host, url.authority);
    request.set(http::field::user_agent, "backstep");
    request.set(http::field::accept, "*/*");
    request.set(http::field::connection, "close");
    error_code error;
    http::write(socket, request, error);
    if (error) why_ = fmt::format("cannot ask {}: {}", url.text(), error.message());
    return !error;
  }

  std::optional<Answer> read(const HttpUrl& url, tcp::socket& socket) {
    began_("waiting for an answer from " + url.text());
    boost::beast::flat_buffer buffer(kLargestHead);
    for (int informational = 0;; ++informational) {
      http::response_parser<http::empty_body> parser;
      parser.header_limit(kLargestHead);
      error_code error;
      http::read_header(socket, buffer, parser, error);
      if (error) {
        why_ = url.text() + " " + cause_of_reading(error);
        return std::nullopt;
      }
      const unsigned status = parser.get().result_int();
      if (status < 200 && informational < kMostInformational) continue;
      const std::string reason(parser.get().reason().substr(0, kLongestReason));
      return Answer{
          .status = status,
          .shown = fmt::format("{}{}{}", status, reason.empty() ? "" : " ", printable(reason)),
          .location = std::string(parser.get()[http::field::location])};
    }
  }

  const std::function<void(const std::string&)>& began_;
  asio::io_context context_;
  std::string why_;
};

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

timeval timeval_of(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {.tv_sec = seconds.count(), .tv_usec = (duration - seconds).count() * 1000};
}

}  // namespace

ProbeAnswer probe_http(const HttpUrl& url, const std::function<void(const std::string&)>& began) {
  // /etc/nsswitch.conf may name modules that glibc would load into the static binary from a machine
  // with another glibc, and crash.
  __nss_configure_lookup("hosts", "files dns");
  try {
    return Probe(began).ask(url);
  } catch (const boost::system::system_error& error) {
    return {false, fmt::format("cannot ask {}: {}", url.text(), error.code().message())};
  }
}

void leave_last_words(int exit_status, Duration time_limit) {
  status_at_end = exit_status;
  struct sigaction action {};
  action.sa_handler = speak_and_exit;
  if (sigaction(SIGTERM, &action, nullptr) != 0) throw SystemError("handle", "SIGTERM");
  if (sigaction(SIGALRM, &action, nullptr) != 0) throw SystemError("handle", "SIGALRM");
  const itimerval timer = {.it_interval = {}, .it_value = timeval_of(time_limit)};
  if (setitimer(ITIMER_REAL, &timer, nullptr) != 0) throw SystemError("set", "the time limit");
}

void set_last_words(std::string words) {
  static std::deque<std::string> all;
  all.push_back(std::move(words));
  spoken = &all.back();
}

}  // namespace backstep
