// SPDX-License-Identifier: Apache-2.0
// Runs the program under test again and again, while a process flips a name that it uses (a
// service, a script, the store, a set, a record) between the real thing and a symlink that leads
// outside. Nothing outside may be read, written or made, and nothing of it come in.
//
//   path_race SECONDS BINARY [LAUNCHER…]    the launcher runs the binary: without_openat2 ENOSYS
//
// Exit 0: no escape; 1: an escape, or a run that hung.
#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>

#include "reliability/races/flipper.h"
#include "reliability/races/race_scene.h"

namespace backstep::test {
namespace {

using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

constexpr std::chrono::seconds kLongest{20};
constexpr int kSkipped = 125;
constexpr unsigned kSeed = 20240310;

class PathRace {
 public:
  PathRace(Words program, const std::string& self)
      : program_(std::move(program)), self_(self), state_(map_state(scene_.beside("state"))) {}

  int race(std::chrono::duration<double> limit) {
    if (call({"version"}) == kSkipped) {
      fmt::print("{}", output());
      return kSkipped;
    }
    prepare();
    const auto end = Clock::now() + limit;
    while (Clock::now() < end && escapes_ == 0 && hung_ == 0) one_run();
    print();
    return escapes_ == 0 && hung_ == 0 && refused_ > 0 ? 0 : 1;
  }

 private:
  void prepare() {
    for (const char* word : {"v1", "v2"}) {
      scene_.write_tree(word);
      call({"backup"});
    }
    if (call({"export", archive_}) != 0) throw std::runtime_error("cannot prepare: " + output());
  }

  void one_run() {
    const Words verb = next_verb();
    const std::vector<FlipPair> pairs = scene_.pairs();
    const FlipPair& pair = pairs[random_() % pairs.size()];
    constexpr std::array kReal = {0U, 20U, 200U, 2000U};
    state_->real_microseconds = kReal[random_() % kReal.size()];
    int status = 0;
    {
      const Flipper flipper(*state_, pair, static_cast<unsigned>(random_()));
      status = call(verb);
    }
    ++runs_;
    ++ends_[status];
    const std::string said = output();
    if (said.find("symlink") != std::string::npos) ++refused_;
    for (const std::string& text : scene_.escapes()) {
      ++escapes_;
      fmt::print("ESCAPED in '{}' while {} flipped: {}\n", verb.front(), pair.place, text);
    }
    mend();
  }

  Words next_verb() {
    const std::string word = fmt::format("v{}", runs_);
    const std::string generator =
        fmt::format("{} --write {} {} {}", self_, scene_.beside("state"), scene_.work(), word);
    switch (random_() % 12) {
      case 0:
      case 1:
        return {"run", "--generate", generator, "--deploy", "false", "--rollback-command", "true"};
      case 2:
        return {"run",  "--generate",     generator, "--deploy",
                "true", "--health-check", "true",    "--health-min-healthy-time",
                "0s"};
      case 3:
      case 4:
        scene_.write_tree(word);
        return {"rollback", "--files-only", "--recreate"};
      case 5:
        return {"rollback", "--files-only", "--exact", "--to", "last-good"};
      case 6:
      case 7:
        std::filesystem::remove_all(scene_.work() + "/backups");
        return {"import", archive_};
      case 8:
        return {"export", scene_.beside("again.tar")};
      case 9:
        return {"verify"};
      case 10:
        return {"diff"};
      default:
        return {"backup"};
    }
  }

  // The next run begins with a tree and a store that work.
  void mend() {
    const std::string journal = scene_.work() + "/backups/.backstep/journal.json";
    if (access(journal.c_str(), F_OK) == 0) {
      const int status = call({"recover", "--restore"});
      if (status != 0 && status != 20 && status != 21) scene_.begin_again();
    }
    scene_.write_tree("v0");
  }

  int call(const Words& arguments) {
    Words words = program_;
    words.insert(words.end(), arguments.begin(), arguments.end());
    const pid_t pid = fork();
    if (pid == 0) execute(words);
    const auto end = Clock::now() + kLongest;
    int status = 0;
    while (waitpid(pid, &status, WNOHANG) == 0) {
      poll(nullptr, 0, 1);
      if (Clock::now() < end) continue;
      fmt::print("HUNG: {}\n", arguments.front());
      ++hung_;
      kill(pid, SIGKILL);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  [[noreturn]] void execute(Words& words) {
    const int out = open(said_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    clearenv();
    for (const char* setting : {"PATH=/usr/bin:/bin", "BACKSTEP_FILES=conf/x.conf", "BACKSTEP_KEEP_LAST=3",
                                "BACKSTEP_KEEP_GOOD=1", "BACKSTEP_KEEP_WITHIN=0s", "BACKSTEP_LOCK_WAIT=1s"}) {
      putenv(const_cast<char*>(setting));
    }
    std::vector<char*> raw;
    for (std::string& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    if (chdir(scene_.work().c_str()) == 0) execvp(raw.front(), raw.data());
    _exit(127);
  }

  std::string output() const {
    std::ifstream file(said_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void print() const {
    std::string ends;
    for (const auto& [status, count] : ends_) ends += fmt::format(" {}x{}", status, count);
    fmt::print("seed {}: {} flips, {} runs (exit:{}), {} refused a symlink, {} escapes\n", kSeed, state_->flips.load(),
               runs_, ends, refused_, escapes_);
  }

  RaceScene scene_;
  Words program_;
  std::string self_;
  FlipState* state_;
  std::string archive_ = scene_.beside("store.tar");
  std::string said_ = scene_.beside("said");
  std::minstd_rand random_{kSeed};
  std::map<int, int> ends_;
  int runs_ = 0;
  int refused_ = 0;
  int hung_ = 0;
  size_t escapes_ = 0;
};

// The generator: what it writes itself must not end outside, so it has the flipping paused.
int write_paused(const std::string& state, const std::string& work, const std::string& word) {
  const Pause pause(*map_state(state));
  RaceScene::write_tree(work, word);
  return 0;
}

int run(const Words& arguments) {
  if (arguments.size() == 5 && arguments[1] == "--write") {
    return write_paused(arguments[2], arguments[3], arguments[4]);
  }
  if (arguments.size() < 3) return 2;
  Words program(arguments.begin() + 3, arguments.end());
  if (!program.empty()) program.front() = std::filesystem::absolute(program.front());
  program.push_back(std::filesystem::absolute(arguments[2]));
  setenv("TMPDIR", "/dev/shm", 0);  // no fsync waits there, so more is tried
  return PathRace(program, std::filesystem::read_symlink("/proc/self/exe"))
      .race(std::chrono::duration<double>(std::strtod(arguments[1].c_str(), nullptr)));
}

}  // namespace
}  // namespace backstep::test

int main(int count, char** arguments) {
  try {
    return backstep::test::run({arguments, arguments + count});
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
