// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "config/patterns.h"
#include "config/setting_types.h"
#include "fuzz/fuzz.h"
#include "store/archive/incoming_set.h"
#include "store/set_id.h"
#include "store/sets/file_entry.h"
#include "store/sets/set_writer.h"
#include "support/temp_dir.h"
#include "system/files/beneath.h"

namespace backstep::fuzz {
namespace {

// A root whose files all say "inside", with symlinks that lead to one that does not.
struct Tree {
  test::TempDir temp;
  UniqueFd root;

  Tree() {
    for (const char* name : {"root/a", "root/b/a", "root/b/c/a"}) temp.write(name, "inside");
    temp.write("a", "outside");
    std::filesystem::create_symlink("../a", temp / "root/l");
    std::filesystem::create_directory_symlink("../..", temp / "root/b/d");
    root = UniqueFd(open((temp / "root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  }
};

std::string content_of(const Opened& opened) {
  struct stat status {};
  if (!opened.fd || fstat(opened.fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return "";
  char text[16];
  const ssize_t count = read(opened.fd.get(), text, sizeof text);
  return {text, static_cast<size_t>(std::max<ssize_t>(count, 0))};
}

void try_path(std::string_view path) {
  static const Tree tree;
  constexpr int kFlags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
  const Opened by_kernel = open_beneath(tree.root.get(), path, kFlags);
  const Opened by_walk = open_by_walk(tree.root.get(), path, kFlags);
  require(static_cast<bool>(by_kernel.fd) == static_cast<bool>(by_walk.fd), "kernel and walk open the same", path);
  require(is_plain_relative_path(path) || !by_walk.fd, "only plain paths are opened", path);
  const std::string content = content_of(by_kernel);
  require(content == content_of(by_walk) && (content.empty() || content == "inside"),
          "nothing outside the root is opened", path);
  if (content == "inside") ++accepted;
}

void try_archive_name(std::string_view text) {
  const std::optional<ArchiveName> name = parse_archive_name(text);
  if (!name) return;
  ++accepted;
  const std::string path(text.ends_with('/') ? text.substr(0, text.size() - 1) : text);
  require(is_plain_relative_path(path), "a name of an archive stays in the store", text);
  if (name->kind == ArchiveName::Kind::kRecords) {
    require(archive_name_of_records(name->path) == text, "a name of records is read back", text);
  } else if (name->ref) {
    const bool in_set = name->kind == ArchiveName::Kind::kDirectory && !name->path.empty();
    require(archive_name(*name->ref, name->path) + (in_set ? "/" : "") == text, "a name of a set is read back", text);
  }
}

void try_moment(std::string_view text) {
  if (const auto seconds = seconds_of_id(text)) {
    require(id_of_seconds(*seconds) == text, "an id is read back", text);
    ++accepted;
  }
  if (const auto seconds = seconds_of_utc_text(text)) {
    require(utc_text(*seconds) == text, "a time is read back", text);
    ++accepted;
  }
}

// The first line is the service, the second the entrypoint's name.
void try_service(std::string_view text) {
  const size_t end = text.find('\n');
  const std::string_view service = text.substr(0, end);
  std::string entrypoint = "entrypoint.sh";
  if (end != std::string_view::npos) {
    const RawValue value{.text = std::string(text.substr(end + 1)), .list = {}, .is_list = false};
    if (!accepts([&] { entrypoint = EntrypointValue::read(value); })) return;
    require(is_plain_relative_path(entrypoint), "an entrypoint is a file's name", entrypoint);
  }
  if (!is_storable_service(service, entrypoint)) return;
  ++accepted;
  require(is_plain_relative_path(service), "a service is a directory's path", service);
  const Patterns patterns{.prefix = {},
                          .services_dirs = {service.find('/') == std::string_view::npos ? "services" : "services/**"},
                          .entrypoint_file = entrypoint,
                          .files = {},
                          .exclude = {}};
  const std::string path = "services/" + std::string(service) + "/" + entrypoint;
  require(patterns.service_of(path) == service, "a path names its service", path);
  const std::string stored = SetWriter::stored_name(patterns, path);
  const bool nested = (std::string(service) + entrypoint).find('/') != std::string::npos;
  const bool flat =
      stored.find('/') == std::string::npos && stored.size() <= 255 && stored.front() != '_' && stored.front() != '.';
  require(is_plain_relative_path(stored) && (nested ? stored == "_files/" + path : flat),
          "a service of its own is stored flat, beside what is ours", stored);
}

void try_setting(std::string_view text) {
  const RawValue value{.text = std::string(text), .list = {}, .is_list = false};
  std::string path;
  if (!accepts([&] { path = PathValue::read(value); })) return;
  const bool only_up = path == ".." || path.ends_with("/..");
  require(is_relative_path(path + (only_up ? "/x" : "")), "a path of the settings stays in the workspace", path);
  require(PathValue::read({.text = path, .list = {}, .is_list = false}) == path, "a path of the settings is read back",
          path);
}

}  // namespace

void try_input(std::string_view bytes) {
  try_path(bytes);
  try_archive_name(bytes);
  try_moment(bytes);
  try_service(bytes);
  try_setting(bytes);
}

}  // namespace backstep::fuzz
