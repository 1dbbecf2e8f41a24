// SPDX-License-Identifier: Apache-2.0
#include "deploy/remote/remote.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/remote/git.h"

namespace backstep {
namespace {

constexpr int kNothingYet = 44;
constexpr int kSomebodyWasQuicker = 75;
constexpr size_t kLargestMark = 4096;
constexpr const char* kScratch = ".partial-remote";  // kPartialPrefix: remove_leftovers() knows it
constexpr const char* kMark = "mark";

Directory make_scratch(const Store& store) {
  store.control().remove_tree(kScratch);
  return store.control().make_directories(kScratch, store.owner());
}

// The last lines as one, for a message.
std::string complaint_of(const ProcessResult& result) {
  constexpr size_t kMost = 4;
  std::vector<std::string> lines = plain_lines(result.output.text());
  std::erase_if(lines, [](const std::string& line) {
    return trimmed(line).empty() || line.starts_with("hint:") || line.starts_with("To ");
  });
  if (lines.size() > kMost) lines.erase(lines.begin(), lines.end() - kMost);
  return lines.empty() ? result.described() : joined(lines, "; ");
}

void append_parts(std::string& name, std::string_view path) {
  for (const std::string& part : split(path, '/')) {
    if (!part.empty() && part != ".") name += environment_directory(part) + "/";
  }
}

}  // namespace

Remote::Remote(const Site& site, Duration limit)
    : site_(site), scratch_(make_scratch(site.store)), limit_(limit), end_(site.context.clock.steady() + limit) {
  const RemoteSettings& settings = site.context.config.remote;
  if (settings.git.empty()) {
    fetch_ = settings.fetch;
    store_ = settings.store;
    name_ = in_quotes(fetch_.shown());
    return;
  }
  const std::string name = name_at_remote(site.context);
  const std::string ref = settings.ref.empty() ? "refs/backstep/" + name : settings.ref;
  if (settings.ref.empty() && name.empty()) refuse_usage("remote: give a 'project', for git's origin names none");
  fetch_.list = {"sh", "-c", kGitScript, "git", "fetch", settings.git, ref};
  store_.list = {"sh", "-c", kGitScript, "git", "store", settings.git, ref};
  name_ = ref + " of " + (settings.is_own() ? settings.git : name_of_url(settings.git));
}

Remote::~Remote() {
  try {
    site_.store.control().remove_tree(kScratch);
  } catch (const Error&) {  // the next one removes it
  }
}

UniqueFd Remote::make(const char* name) const {
  scratch_.remove_file(name);
  return scratch_.create_file(name);
}

std::optional<std::string> Remote::fetch(const std::string& mark, bool asks) const {
  const UniqueFd tar = make_tar();
  ProcessSpec spec;
  spec.output_fd = tar.get();
  if (asks) spec.environment = {"BACKSTEP_REMOTE_PROBE=yes"};
  return call(fetch_, spec, mark, kNothingYet);
}

std::optional<std::string> Remote::store(const std::string& mark) const {
  const UniqueFd tar = open_tar();
  ProcessSpec spec;
  spec.input_fd = tar.get();
  return call(store_, spec, mark, kSomebodyWasQuicker);
}

std::optional<std::string> Remote::call(const Command& command, ProcessSpec spec, const std::string& mark,
                                        int expected) const {
  const Context& context = site_.context;
  write_all(make(kMark).get(), mark, kMark);
  spec.argv = command.argv(context.config.shell);
  spec.environment.push_back(fmt::format("BACKSTEP_REMOTE_MARK={}/{}/{}", context.control_path(), kScratch, kMark));
  spec.environment.push_back("BACKSTEP_REMOTE_NAME=" + name_at_remote(context));
  spec.directory = context.workspace.path();
  spec.timeout = std::max(end_ - context.clock.steady(), Duration(1));
  spec.grace = std::chrono::seconds(1);
  spec.leftovers = Leftovers::kSweep;
  spec.lock_fd = site_.lock.fd();
  const ProcessResult result = context.runner.run(spec);
  using End = ProcessResult::End;
  if (result.end == End::kStopped) throw Interrupted(result.signal);
  if (result.end == End::kExited && result.code == expected) return std::nullopt;
  if (result.succeeded()) return std::string(trimmed(scratch_.read_small_file(kMark, kLargestMark).value_or("")));
  const std::string why =
      result.end == End::kTimedOut ? "no answer within " + format_duration(limit_) : complaint_of(result);
  throw Error(ExitCode::kBackupFailed, name_ + ": " + why);
}

std::string name_at_remote(const Context& context) {
  std::string name;
  if (!context.config.project.empty()) {
    name = environment_directory(context.config.project) + "/";
  } else {
    const std::string url = git_origin(context.workspace).url;
    append_parts(name, std::string_view(url).substr(std::min(url.find('/'), url.size())));
    if (name.empty()) return "";
    append_parts(name, context.workspace.place);
  }
  const std::string environment = environment_directory(context.place.environment);
  return name + (environment.empty() ? "-" : environment);
}

}  // namespace backstep
