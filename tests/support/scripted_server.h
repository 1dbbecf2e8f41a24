// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace backstep::test {

// A listening socket on loopback; nobody accepts until somebody does.
class Listening {
 public:
  Listening() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(fd_, any, size) != 0 || listen(fd_, 8) != 0 || getsockname(fd_, any, &size) != 0) {
      throw std::runtime_error("no loopback socket");
    }
    port_ = std::to_string(ntohs(address.sin_port));
  }
  ~Listening() { stop(); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  void stop() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  int fd() const { return fd_; }
  const std::string& port() const { return port_; }
  std::string url(const std::string& target = "/") const { return "http://127.0.0.1:" + port_ + target; }

 private:
  int fd_;
  std::string port_;
};

// Answers each connection with the next text, whatever was asked, and closes it; the last one goes
// on for ever. A process of its own, ended with the object.
class ScriptedServer : public Listening {
 public:
  explicit ScriptedServer(std::vector<std::string> answers) {
    pid_ = fork();
    if (pid_ == 0) serve(answers);
  }
  ~ScriptedServer() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

 private:
  [[noreturn]] void serve(const std::vector<std::string>& answers) const {
    for (size_t next = 0;; next += next + 1 < answers.size() ? 1 : 0) {
      const int connection = accept(fd(), nullptr, nullptr);
      if (connection < 0) _exit(1);
      std::string asked;
      char byte = 0;
      // A greeting of TLS (0x16) is answered at once, as servers of HTTP do.
      while (!asked.ends_with("\r\n\r\n") && !asked.starts_with('\x16') && read(connection, &byte, 1) == 1) {
        asked += byte;
      }
      const std::string& answer = answers[next];
      if (write(connection, answer.data(), answer.size()) < 0) _exit(1);
      close(connection);
    }
  }

  pid_t pid_ = -1;
};

}  // namespace backstep::test
