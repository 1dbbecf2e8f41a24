// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/archive_place.h"
#include "cli/session.h"
#include "deploy/store_upkeep.h"
#include "report/upkeep_report.h"

namespace backstep {
namespace {

UniqueFd open_archive(const Workspace& workspace, const std::string& file) {
  const ArchivePlace place = find_archive_place(workspace, file);
  try {
    return place.directory.open_file(place.name);
  } catch (const Error& error) {
    throw error.within("cannot import", ExitCode::kUsage);
  }
}

// 0 = not known: stdin.
uint64_t size_of(const UniqueFd& archive, const std::string& shown) {
  return archive ? status_of(archive.get(), shown).size : 0;
}

Imported do_import(Session& session, const std::string& file, bool dry_run) {
  UniqueFd opened;
  if (file != "-") opened = open_archive(session.workspace(), file);
  const std::string shown = file == "-" ? "stdin" : file;
  const Context& context = session.context();
  const int fd = opened ? opened.get() : STDIN_FILENO;
  Work work(session.progress(), {.doing = "importing", .bytes = size_of(opened, shown)});
  TarReader archive(shown, [&](std::span<char> buffer) {
    const size_t count = context.signals.read_unless_stopped(fd, buffer, shown);
    work.add_bytes(count);
    return count;
  });
  return import_archive(context, archive, dry_run, &work);
}

}  // namespace

int cmd_import(const Invocation& invocation) {
  if (invocation.flags.words.empty()) {
    refuse_usage("import which file? 'backstep import FILE' (- is stdin)");
  }
  const std::string& file = invocation.flags.words.front();
  const bool dry_run = invocation.flags.has("dry-run");
  Session session(invocation);
  const Imported imported = do_import(session, file, dry_run);
  session.answer(import_json(imported, file, dry_run), import_text(imported, dry_run));
  if (imported.signal != 0) return exit_status_of_signal(imported.signal);
  return static_cast<int>(imported.failed() ? ExitCode::kDamaged : ExitCode::kOk);
}

}  // namespace backstep
