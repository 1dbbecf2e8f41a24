// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <sys/prctl.h>

#include <algorithm>

#include "fuzz/fuzz.h"
#include "support/scripted_server.h"
#include "system/http/http_probe.h"

namespace backstep::fuzz {
namespace {

constexpr size_t kLargest = size_t{64} * 1024;

// What is answered next: written by the fuzzer, sent by the server's process.
struct Answer {
  size_t size = 0;
  char bytes[kLargest];
};

// Answers each connection with the input. Not a ScriptedServer: that one's texts are fixed.
class Server : public test::Listening {
 public:
  Server() {
    void* const shared = mmap(nullptr, sizeof(Answer), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) std::abort();
    answer_ = static_cast<Answer*>(shared);
    if (fork() == 0) serve();
  }

  void say(std::string_view bytes) const { answer_->size = bytes.copy(answer_->bytes, kLargest); }

 private:
  [[noreturn]] void serve() const {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    while (true) {
      const int connection = accept(fd(), nullptr, nullptr);
      if (connection < 0) _exit(1);
      std::string asked;
      char byte = 0;
      // A greeting of TLS (0x16) is answered at once, as servers of HTTP do.
      while (!asked.ends_with("\r\n\r\n") && !asked.starts_with('\x16') && read(connection, &byte, 1) == 1) {
        asked += byte;
      }
      if (write(connection, answer_->bytes, answer_->size) >= 0) shutdown(connection, SHUT_WR);
      while (read(connection, &byte, 1) == 1) {
      }
      close(connection);
    }
  }

  Answer* answer_ = nullptr;
};

}  // namespace

// The answer of a service to the built-in check. One that leads to another port is left out: who
// listens there is nobody's business.
void try_input(std::string_view bytes) {
  static const Server server;
  if (bytes.find("//") != std::string_view::npos) return;
  server.say(bytes);
  const HttpUrl url = parse_http_url(server.url());
  const ProbeAnswer answer = probe_http({}, url, [](const std::string& step) {
    require_harmless_line(step, "a step of the probe is one harmless line");
  });
  require(!answer.sentence.empty(), "an answer is told");
  require_harmless_line(answer.sentence, "an answer is told in one harmless line");
  require(answer.sentence.size() < 5000, "an answer is told shortly");
  if (!answer.healthy) return;
  ++accepted;
  require(answer.sentence.find(" answered 2") != std::string::npos ||
              answer.sentence.find(" answered 3") != std::string::npos,
          "only 200 to 399 is healthy", answer.sentence);
}

}  // namespace backstep::fuzz
