// SPDX-License-Identifier: Apache-2.0
// Runs a target on every file of a directory: what the fuzzers found once stays found, in every
// build and without libFuzzer. Usage: fuzz_<name> DIRECTORY
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/fuzz.h"

namespace {

constexpr unsigned kLongest = 10;  // seconds for one input

std::string current;

// Only what a signal handler may call.
void name_input(int signal_number) {
  const ssize_t ignored = write(STDERR_FILENO, current.data(), current.size());
  static_cast<void>(ignored);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

std::vector<std::filesystem::path> files_in(const char* directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void try_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  current = "while trying " + file.string() + "\n";
  alarm(kLongest);
  backstep::fuzz::try_input(bytes);
  alarm(0);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  for (const int number : {SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGSEGV}) signal(number, name_input);
  const std::vector<std::filesystem::path> files = files_in(arguments[1]);
  for (const std::filesystem::path& file : files) try_file(file);
  std::printf("%zu inputs, %zu times something was accepted\n", files.size(), backstep::fuzz::accepted);
  return files.empty() || backstep::fuzz::accepted == 0 ? 1 : 0;
}
