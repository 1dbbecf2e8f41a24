// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <fcntl.h>

#include "support/catch.h"
#include "support/processes.h"
#include "system/fd.h"

using backstep::CommandLinks;
using backstep::make_pipe;
using backstep::merged_environment;
using backstep::Pipe;
using backstep::ProcessSpec;

TEST_CASE("be_command: a command whose keeper has gone is not executed", "[system][command_child]") {
  const Pipe output = make_pipe();
  const Pipe exec_error = make_pipe();
  ProcessSpec spec;
  spec.argv = {"echo", "executed"};
  const pid_t pid = fork();
  if (pid == 0) {
    const pid_t nobody = getpid();
    be_command(spec, CommandLinks{output.write.get(), exec_error.write.get(), nobody});
  }
  int status = 0;
  waitpid(pid, &status, 0);
  char letter = 0;
  fcntl(output.read.get(), F_SETFL, O_NONBLOCK);
  REQUIRE(WEXITSTATUS(status) == 127);
  REQUIRE(read(output.read.get(), &letter, 1) == -1);
}

TEST_CASE("merged_environment: what is added wins, and the last of it", "[system][command_child]") {
  const char* const inherited[] = {"A=ours", "B=ours", "EMPTY=", nullptr};
  const std::vector<std::string> added = {"B=first", "C=x=y", "B=last"};
  REQUIRE(merged_environment(inherited, added) == std::vector<std::string>{"A=ours", "B=last", "C=x=y", "EMPTY="});
}

TEST_CASE("merged_environment: a name is not a prefix of another", "[system][command_child]") {
  const char* const inherited[] = {"PATH=a", "PATH_INFO=b", nullptr};
  const std::vector<std::string> added = {"PATH=c"};
  REQUIRE(merged_environment(inherited, added) == std::vector<std::string>{"PATH=c", "PATH_INFO=b"});
}
