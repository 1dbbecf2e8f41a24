// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "cli/verbs.h"
#include "system/files/beneath.h"
#include "system/files/lock.h"
#include "system/files/staged_file.h"
#include "system/output.h"
#include "system/process/exec.h"

namespace backstep {
namespace {

constexpr const char* kName = "backstep";
constexpr mode_t kMode = 0755;

// Where the binary goes. A directory that was made for it goes again when the copy fails.
class Destination {
 public:
  explicit Destination(const std::string& path) : directory_(open(path)) {}
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;
  ~Destination() {
    if (!made_) return;
    try {
      parent_->remove_directory(*made_);
    } catch (const std::exception&) {
      // Already on the way to an error, which says more than this one.
    }
  }

  const Directory& directory() const { return directory_; }
  void keep() { made_.reset(); }

 private:
  Directory open(const std::string& path) {
    try {
      return Directory::open_root(path, path);
    } catch (const SystemError& error) {
      if (error.error_number() != ENOENT) throw;
    }
    const auto [parent, last] = parts_of(path);
    const std::string above = !parent.empty()       ? std::string(parent)
                              : path.front() == '/' ? "/"
                                                    : ".";
    parent_ = Directory::open_root(above, above);
    Directory directory = parent_->make_directories(last, parent_->own_status().owner(), kMode);
    made_ = last;
    return Directory::open_root(path, path);
  }

  std::optional<Directory> parent_;
  std::optional<std::string> made_;
  Directory directory_;  // last: opening it sets the others
};

// Two jobs that share the directory would otherwise take away each other's half-written file.
void copy_own_binary_to(const Directory& directory) {
  const UniqueFd turn = lock_directory(directory);
  SyncBatch batch(directory, SyncBatch::Method::kEachFile);
  StagedFile staged(directory, kName);
  staged.copy_from(open_own_binary().get(), "/proc/self/exe");
  staged.set_mode_and_owner(kMode, directory.own_status().owner());
  staged.finish(batch);
  staged.commit();
  directory.sync();
}

std::string install_in(const std::string& path) {
  try {
    Destination destination(path);
    copy_own_binary_to(destination.directory());
    destination.keep();
    return destination.directory().shown(kName);
  } catch (const Error& error) {
    throw error.within("nothing was installed", ExitCode::kBackupFailed);
  }
}

}  // namespace

int cmd_install(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  if (words.empty() || words.front().empty()) {
    throw Error(ExitCode::kUsage, "name the directory to install in: backstep install DIR");
  }
  const std::string installed = install_in(without_trailing_slashes(words.front()));
  Output output(STDOUT_FILENO);
  if (invocation.flags.has("json")) {
    Json json = json_answer("install");
    json.set("path", installed);
    json.set("release", BACKSTEP_VERSION);
    output.write(json.pretty() + "\n");
  } else {
    output.write(
        fmt::format("✅ Installed backstep {} as {}\n", BACKSTEP_VERSION, printable(installed)));
  }
  return 0;
}

}  // namespace backstep
