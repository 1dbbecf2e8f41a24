// SPDX-License-Identifier: Apache-2.0
#include "journal/journal_file.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "system/files/digest.h"
#include "system/files/durability.h"
#include "system/files/staged_file.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

constexpr size_t kLargest = size_t{64} << 20;  // a hundred thousand recorded files are 20 MiB
// Blanks for the records still to come, so that a disk that is full takes them, too.
constexpr size_t kLeastRoom = size_t{64} << 10;
constexpr size_t kMostRoom = size_t{4} << 20;  // for some thousand tracked files
constexpr size_t kRecordsOfRun = 7;
constexpr std::string_view kEnded = R"({"backstep":"journal","ended":true})";

void make_durably(const Directory& directory, const std::string& name, std::string_view line, size_t room,
                  Owner owner) {
  StagedFile staged(directory, name);
  write_in_place(staged.fd());
  staged.write(line);
  const std::string blanks(std::min(room, kLeastRoom), ' ');
  for (size_t left = room; left > 0; left -= std::min(left, blanks.size())) {
    staged.write(std::string_view(blanks).substr(0, left));
  }
  // It stays this user's, whose commands it holds; the store's owner may read and remove it.
  staged.set_mode_and_owner(0640, Owner{effective_user(), owner.gid});
  staged.finish_durably();
  staged.commit();
  directory.sync();
}

// rfind() looks at each byte by itself, and behind the records are blanks by the megabyte.
size_t last_line_end(std::string_view text) {
  const void* found = memrchr(text.data(), '\n', text.size());
  return found == nullptr ? std::string_view::npos : static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

// What takes the place of the last brace of a record.
std::string seal_of(std::string_view open_object) {
  return fmt::format(R"(,"sha256":"{}"}})", sha256_hex(open_object));
}

std::string sealed(std::string record) {
  record.pop_back();
  record.append(seal_of(record)) += '\n';
  return record;
}

// How much of such a line is the record without its last brace; 0: it is not whole.
size_t unsealed_size(std::string_view line) {
  const size_t seal = seal_of("").size();
  if (line.size() <= seal || line.substr(line.size() - seal, 11) != R"(,"sha256":")") return 0;
  const std::string_view open_object = line.substr(0, line.size() - seal);
  return line.substr(open_object.size()) == seal_of(open_object) ? open_object.size() : 0;
}

}  // namespace

struct JournalFile::Found {
  std::string record;  // "": none is whole
  size_t end = 0;      // where its line ends, and the next one begins
  FileStatus file;     // the one that was read
};

std::optional<JournalFile::Found> JournalFile::find() const {
  Found found;
  auto text = directory_.read_small_file(name_, kLargest, &found.file);
  if (!text) return std::nullopt;
  for (size_t end = last_line_end(*text); end != std::string::npos; end = last_line_end(*text)) {
    text->resize(end);
    const size_t start = last_line_end(*text) + 1;
    const size_t size = unsealed_size(std::string_view(*text).substr(start));
    if (size == 0) continue;
    found.record = std::move(text->replace(start + size, std::string::npos, "}").erase(0, start));
    found.end = end + 1;
    break;
  }
  return found;
}

std::optional<std::string> JournalFile::read(FileStatus* file) const {
  std::optional<Found> found = find();
  if (found && file != nullptr) *file = found->file;
  if (!found || found->record == kEnded) return std::nullopt;
  if (found->record.empty()) throw Error(ExitCode::kDamaged, "no record in it is whole");
  return std::move(found->record);
}

// False: there is no room for it, or this user has not made the file.
bool JournalFile::write_behind(const Found& found, std::string_view line) const {
  if (found.end + line.size() > found.file.size) return false;
  if (found.file.uid != effective_user() || found.file.links != 1) return false;
  auto [file, status] = directory_.open_regular_file(name_, O_WRONLY);
  if (status.inode != found.file.inode || status.device != found.file.device) return false;
  const std::string shown = directory_.shown(name_);
  if (lseek(file.get(), static_cast<off_t>(found.end), SEEK_SET) < 0) {
    throw SystemError("write", shown);
  }
  write_all(file.get(), line, shown);
  sync_content(file.get(), shown);
  file.close(shown);
  return true;
}

void JournalFile::append(std::string record, Owner owner, size_t largest) const {
  const bool is_first = largest > record.size();
  if (largest + kMostRoom > kLargest) {
    throw Error(ExitCode::kBackupFailed, "too many files are tracked for one journal");
  }
  const std::string line = sealed(std::move(record));
  const std::optional<Found> found = find();
  if (found && write_behind(*found, line)) return;
  const size_t wanted = is_first ? kRecordsOfRun * largest : kLeastRoom;
  try {
    make_durably(directory_, name_, line, std::clamp(wanted, kLeastRoom, kMostRoom), owner);
  } catch (const Error& error) {
    // Where nothing has changed yet, a run that may not be able to end is not begun. Else the next
    // record takes this one's place.
    if (!is_out_of_room(error) || is_first) throw;
    make_durably(directory_, name_, line, 0, owner);
  }
}

// Nothing else can be read from a file without a whole record, and a full one takes no more.
void JournalFile::mark_ended() const {
  const std::optional<Found> found = find();
  if (!found || found->record == kEnded) return;
  if (!found->record.empty() && write_behind(*found, sealed(std::string(kEnded)))) return;
  if (directory_.remove_file(name_)) directory_.sync();
}

std::string JournalFile::end() const {
  try {
    mark_ended();
  } catch (const Error& error) {
    // A file that cannot be written to can perhaps be removed, and that must last.
    if (directory_.remove_file(name_)) directory_.sync();
    return error.message();
  }
  directory_.remove_file(name_);
  return {};
}

}  // namespace backstep
