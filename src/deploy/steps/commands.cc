// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include <fmt/core.h>

#include <array>
#include <cerrno>

#include "base/text.h"
#include "config/pipeline.h"
#include "store/records/verdicts.h"
#include "store/store.h"
#include "system/container.h"

namespace backstep {
namespace {

std::string good_revision(const Store& store) {
  const Verdicts verdicts = Verdicts::load(store);
  for (const std::string& digest : verdicts.good_digests()) {
    std::string commit = verdicts.commit_of(digest);
    if (!commit.empty()) return commit;
  }
  return {};
}

// Of what lies there: the commit that is deployed, or that of an accepted version which came back.
std::string revision_of(const OpenRun& run, const std::string& digest) {
  const Journal& journal = run.journal;
  if (digest != journal.digest) return Verdicts::load(run.store).commit_of(digest);
  return is_commit(journal.commit) ? journal.commit : "";
}

constexpr const char* kChangedFile = "changed";

std::string path_of_changed_list(const Context& context) {
  return context.control_path() + "/" + StagedFile::temporary_name(kChangedFile);
}

// A line ends where a name holds a newline.
std::string as_lines(const std::vector<std::string>& names) {
  std::string lines;
  for (const std::string& name : names) lines += replaced(name, "\n", "\\x0a") + '\n';
  return lines;
}

constexpr size_t kSearchedLines = 20;

// "sh: 1: X: not found" (dash), "sh: X: not found" (ash), "bash: line 1: X: command not found",
// "env: 'X': No such file or directory", "env: can't execute 'X': No such file or directory".
constexpr std::array<std::string_view, 3> kEndings = {": command not found", ": not found",
                                                      ": No such file or directory"};

std::string program_before(std::string_view text) {
  const bool quoted = text.ends_with('\'');
  if (quoted) text.remove_suffix(1);
  const std::string_view begins = quoted ? "'" : ": ";
  const size_t before = text.rfind(begins);
  return before == text.npos ? "" : std::string(text.substr(before + begins.size()));
}

std::string what_is_missing(const std::string& program) {
  if (program.empty()) return "this image lacks a program that the command needs";
  if (program.find('/') == std::string::npos) {
    return "this image has no program " + in_quotes(program);
  }
  return fmt::format("there is no {} here, or this image lacks the interpreter of its first line", in_quotes(program));
}

}  // namespace

std::string write_changed_list(OpenRun& run, const std::vector<std::string>& changed) {
  if (changed.empty()) return "/dev/null";
  if (!run.changed_list || run.changed_list->names != changed) {
    run.changed_list.reset();
    StagedFile file(run.store.control(), kChangedFile);
    file.write(as_lines(changed));
    file.finish_unsynced();
    run.changed_list.emplace(changed, std::move(file));
  }
  return path_of_changed_list(run.context);
}

void Commands::now_live(std::string digest, std::vector<std::string> changed) {
  digest_ = std::move(digest);
  changed_ = std::move(changed);
  changed_file_.clear();
  try_to(run_.listener, "BACKSTEP_CHANGED_FILE names nothing",
         [&] { changed_file_ = write_changed_list(run_, changed_); });
}

ProcessSpec Commands::common_spec() const {
  const Context& context = run_.context;
  return {
      .argv = {},
      .environment = {"BACKSTEP_RUN_ID=" + run_.journal.run, "BACKSTEP_BACKUP=" + run_.journal.backup.label(),
                      "BACKSTEP_ENVIRONMENT_NAME=" +
                          (environment_directory(context.place.environment).empty() ? "" : context.place.environment),
                      "BACKSTEP_DIGEST=" + digest_, "BACKSTEP_REVISION=" + revision_of(run_, digest_),
                      "BACKSTEP_CHANGED_SERVICES=" + shortened(joined(changed_, " "), ' ', longest_variable()),
                      "BACKSTEP_CHANGED_FILE=" + changed_file_, "BACKSTEP_GOOD_REVISION=" + good_revision(run_.store),
                      "BACKSTEP_HOST_GATEWAY=" + host_gateway(context.environment)},
      .directory = context.workspace.path(),
      .timeout = Duration(0),
      .grace = run_.journal.settings.timeouts.stop_grace,
      .leftovers = Leftovers::kKeep,
      .live = context.listener.live_output(),
      .live_prefix = context.listener.live_prefix(),
      .lock_fd = run_.site.lock.fd()};
}

ProcessResult Commands::run(Step step, const Command& command, Duration timeout) {
  Listener& listener = run_.context.listener;
  listener.step_began(step, command);
  ProcessSpec spec = common_spec();
  spec.environment.push_back("BACKSTEP_PHASE=" + std::string(name_of(step)));
  spec.argv = command.argv(run_.journal.settings.shell);
  spec.timeout = timeout;
  spec.each_second = [&, start = run_.context.clock.steady()] {
    const Duration elapsed = run_.context.clock.steady() - start;
    listener.waits(fmt::format("{} {} of {}", name_of(step), running_time(elapsed), running_time(timeout)));
  };
  ProcessResult result = run_.context.runner.run(spec);
  listener.waits("");
  listener.step_ended(step, result);
  const std::string writers = result.described_writers();
  if (!writers.empty()) listener.warning(std::string(name_of(step)) + writers);
  return result;
}

CheckResults Commands::check(const std::vector<std::string>& services, Thoroughness thoroughness) {
  ProcessSpec spec = common_spec();
  const std::string good = good_revision(run_.store);
  if (thoroughness == Thoroughness::kBaseline && !run_.journal.commit.empty()) {
    spec.environment.push_back("BACKSTEP_REVISION=" + (good.empty() ? "none" : good));
  }
  return check_health(
      run_.context,
      {.settings = run_.journal.settings, .services = services, .thoroughness = thoroughness, .spec = std::move(spec)});
}

std::string missing_program_named_in(std::string_view output) {
  const std::vector<std::string> lines = split(output, '\n');
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const std::string_view text = trimmed(*line);
    for (const std::string_view ending : kEndings) {
      if (!text.ends_with(ending)) continue;
      return program_before(text.substr(0, text.size() - ending.size()));
    }
  }
  return {};
}

std::string advice_without(const std::string& program, const Environment& environment) {
  if (in_container(environment)) {
    return what_is_missing(program) + "; copy backstep to where it is ('backstep install DIR', or COPY --from=IMAGE)";
  }
  if (program.empty()) return {};
  return fmt::format("there is no {} here: correct the command, or bring the program", in_quotes(program));
}

std::string missing_program_advice(const ProcessResult& result, const Command& command,
                                   const Environment& environment) {
  if (result.end == ProcessResult::End::kNotStarted && result.error_number == ENOENT) {
    return advice_without(command.argv(Shell::kSh).front(), environment);
  }
  if (result.end != ProcessResult::End::kExited || result.code != kExitNotFound) return {};
  return advice_without(missing_program_named_in(result.output.last_lines(kSearchedLines)), environment);
}

}  // namespace backstep
