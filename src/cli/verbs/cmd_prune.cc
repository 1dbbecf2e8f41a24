// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "deploy/store_upkeep.h"
#include "report/store_report.h"
#include "store/archive/archive.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

Verdict verdict_of(const std::vector<std::string>& words) {
  if (words.empty()) refuse_usage("mark what? 'backstep mark good|bad|untested [ID]'");
  for (const Verdict verdict : {Verdict::kGood, Verdict::kBad, Verdict::kUntested}) {
    if (words.front() == name_of(verdict)) return verdict;
  }
  refuse_usage(
      fmt::format("{} is neither good nor bad nor untested: 'backstep "
                  "mark good|bad|untested [ID]'",
                  in_quotes(words.front())));
}

std::string told_of(const Marked& marked, Verdict verdict) {
  const std::string digest = marked.digest.substr(0, 12);
  if (verdict == Verdict::kUntested) {
    return fmt::format("✔ {} is untested again (digest {}): the next check decides\n", marked.label, digest);
  }
  return fmt::format("✔ {} is known {} now (digest {})\n", marked.label, name_of(verdict), digest);
}

Exported write_archive(Session& session, const std::string& shown, TarWriter::Sink sink,
                       const std::function<void()>& go_on) {
  TarWriter tar(shown, std::move(sink));
  Exported exported;
  if (const std::optional<Store> store = session.find_store()) {
    exported = export_store(*store, session.patterns(), tar, go_on, session.progress());
  }
  tar.finish();
  return exported;
}

// Stop signals keep their effect: nothing is left behind, and a reader may stand still for ever.
Exported export_to_stdout(Session& session) {
  if (Output(STDOUT_FILENO).is_terminal()) {
    refuse_usage("stdout is a terminal: send it to a file or a command");
  }
  const auto sink = [](std::string_view bytes) { write_all(STDOUT_FILENO, bytes, "stdout"); };
  return write_archive(session, "stdout", sink, [] {});
}

Exported export_to_file(Session& session, const std::string& file) {
  const ArchivePlace place = find_archive_place(session.workspace(), file);
  require_writable_place(place, session.workspace(), session.backups_dir());
  SignalWatch& signals = session.context().signals;
  const Owner owner = place.directory.own_status().owner();
  StagedFile staged(place.directory, place.name);
  Exported exported = write_archive(
      session, file, [&](std::string_view bytes) { staged.write(bytes); },
      [&] {
        if (const std::optional<int> signal = signals.caught()) throw Interrupted(*signal);
      });
  staged.set_mode_and_owner(0600, owner);
  staged.finish_durably();
  staged.commit();
  place.directory.sync();
  return exported;
}

Exported do_export(Session& session, const std::string& file) {
  try {
    return file == "-" ? export_to_stdout(session) : export_to_file(session, file);
  } catch (const Error& error) {
    if (error.code() == ExitCode::kUsage) throw;
    throw error.within("cannot export to " + (file == "-" ? "stdout" : in_quotes(file)),
                       error.code() == ExitCode::kDamaged ? error.code() : ExitCode::kBackupFailed);
  }
}

UniqueFd open_archive(const Workspace& workspace, const std::string& file) {
  const ArchivePlace place = find_archive_place(workspace, file);
  try {
    return place.directory.open_file(place.name);
  } catch (const Error& error) {
    throw error.within("cannot import", ExitCode::kUsage);
  }
}

Imported do_import(Session& session, const std::string& file, bool dry_run) {
  UniqueFd opened;
  if (file != "-") opened = open_archive(session.workspace(), file);
  const std::string shown = file == "-" ? "stdin" : file;
  const Context& context = session.context();
  const int fd = opened ? opened.get() : STDIN_FILENO;
  const uint64_t size = opened ? status_of(fd, shown).size : 0;  // 0: stdin's is not known
  Work work(session.progress(), {.doing = "importing", .bytes = size});
  TarReader archive(shown, [&](std::span<char> buffer) {
    const size_t count = context.signals.read_unless_stopped(fd, buffer, shown);
    work.add_bytes(count);
    return count;
  });
  return import_archive(context, archive, dry_run, &work);
}

// What a verb has changed beside a run.
int store_remotely(Session& session) {
  try {
    if (!session.config().remote.empty()) push(session.context());
  } catch (const Error& error) {
    session.warn("this is only here ('backstep push' stores it): " + error.message());
    if (session.config().remote.required) return static_cast<int>(ExitCode::kOnlyHere);
  }
  return 0;
}

void require_remote(const Session& session) {
  if (session.config().remote.empty()) refuse_usage("no remote is set: 'remote: git' is one");
}

}  // namespace

int cmd_prune(const Invocation& invocation) {
  Session session(invocation);
  const bool dry_run = invocation.flags.has("dry-run");
  require_a_rule(session.config().retention);
  Pruning pruning;
  const std::optional<Store> store = session.find_store();
  if (store && dry_run) pruning = decide_prune(session.context(), *store);
  const bool may_come = !session.config().remote.empty();
  if (!dry_run && (store || may_come)) pruning = prune(session.context());
  session.answer(prune_json(pruning, dry_run), prune_text(pruning, dry_run));
  return dry_run ? 0 : store_remotely(session);
}

int cmd_mark(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  const Verdict verdict = verdict_of(words);
  Session session(invocation);
  const std::string name = words.size() > 1 ? words[1] : "";
  session.place();  // what a mark is about is never guessed by an ID
  if (!session.find_store() && !session.config().remote.empty()) pull(session.context());
  existing_store(session, {name});
  const Marked marked = mark(session.context(), verdict, name);
  session.answer(json_answer("mark", {{"verdict", name_of(verdict)}, {"digest", marked.digest}, {"set", marked.label}}),
                 told_of(marked, verdict));
  return store_remotely(session);
}

int cmd_export(const Invocation& invocation) {
  const std::string file = required_word(invocation, "export to which file? 'backstep export FILE' (- is stdout)");
  Session session(invocation, file == "-" ? Session::Stdout::kVerbsOwn : Session::Stdout::kAnswer);
  session.tell_open_run();
  const Exported exported = do_export(session, file);
  session.answer(export_json(exported, file), export_text(exported, file));
  return static_cast<int>(exported.left_out.empty() ? ExitCode::kOk : ExitCode::kDamaged);
}

int cmd_import(const Invocation& invocation) {
  const std::string file = required_word(invocation, "import which file? 'backstep import FILE' (- is stdin)");
  const bool dry_run = invocation.flags.has("dry-run");
  Session session(invocation);
  if (session.context().pipeline.of_pull_request) {
    session.warn(
        "this is a pull request's pipeline: whoever sent it may have written what is imported; see "
        "docs/security.md");
  }
  const Imported imported = do_import(session, file, dry_run);
  session.answer(import_json(imported, file, dry_run), import_text(imported, dry_run));
  if (imported.signal != 0) return exit_status_of_signal(imported.signal);
  return static_cast<int>(imported.failed() ? ExitCode::kDamaged : ExitCode::kOk);
}

int cmd_pull(const Invocation& invocation) {
  Session session(invocation);
  require_remote(session);
  const Fetched fetched = pull(session.context());
  const uint64_t count = fetched.came.count(ImportedSet::Fate::kCameIn);
  session.answer(json_answer("pull", {{"remote", fetched.where},
                                      {"is_there", fetched.is_there},
                                      {"sets", count},
                                      {"verdicts", uint64_t{fetched.came.verdicts}},
                                      {"history", uint64_t{fetched.came.history}}}),
                 fetched.where.empty() ? "" : "✔ Here is all that the remote holds\n");
  return static_cast<int>(fetched.where.empty() ? ExitCode::kBackupFailed : ExitCode::kOk);
}

int cmd_push(const Invocation& invocation) {
  Session session(invocation);
  require_remote(session);
  try {
    pull(session.context());  // it is asked what it holds: only that tells whether anything is new
    const bool stored = push(session.context());
    session.answer(json_answer("push", {{"stored", stored}}),
                   stored ? "✔ The remote has all that is here\n" : "✔ Nothing new: the remote has all that is here\n");
  } catch (const Error& error) {
    if (error.code() != ExitCode::kBackupFailed) throw;
    throw error.within("the store is only here", ExitCode::kOnlyHere);
  }
  return 0;
}

}  // namespace backstep
