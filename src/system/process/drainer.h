// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace backstep {

// A server that a deploy starts in the background often has the pipe of the deploy's output as its
// own. Without a reader its next line would end it (SIGPIPE), and the health check would find it
// dead. So its keeper leaves a drainer behind, which reads on for us and throws away what comes.
//
// A drainer begins when we have closed our end of the control pipe, or have died, and ends with the
// last writer. It holds that pipe and nothing else: no lock, or the next run would wait for it; no
// stdout of ours, or the pipeline would wait for it; no environment, by which some runners find
// what they end. It answers to no signal but KILL. Where we are PID 1 of a container it ends with
// us, like every process there.

// Somebody may still write into it. `output` is the read end.
bool has_writers(int output);
// "4711 (python3), 4712 (node)": those among our descendants that have it as stdout or stderr.
std::string named_writers(int output);

// For a keeper whose command has ended. Returns 0, or the number of the error: nobody reads then.
int start_drainer(int output, int control);

// Before all else in main. In a drainer it does not return: a drainer executes our program anew,
// which frees the memory that it has from us. A program that does not call this (a test) is not
// executed anew; its drainers go on as they are.
void drain_if_called_to(int argc, const char* const* argv);

}  // namespace backstep
