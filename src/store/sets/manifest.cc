// SPDX-License-Identifier: Apache-2.0
#include "store/sets/manifest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

constexpr size_t kShortLine = 200;
constexpr size_t kLastLine = 256;
constexpr const char* kNoTrailer = "truncated: the trailer is missing";

// Each list of a scope, by its name in the header.
constexpr std::array<std::pair<std::string_view, std::vector<std::string> Patterns::*>, 3> kPatternLists{
    {{"services_dir", &Patterns::services_dirs}, {"files", &Patterns::files}, {"exclude", &Patterns::exclude}}};

// Those that are written where there is something to say.
constexpr auto kHeaderTexts = std::to_array<std::pair<std::string_view, std::string Manifest::*>>({
    {"run", &Manifest::run},
    {"made_by", &Manifest::made_by},
    {"owner", &Manifest::owner},
    {"actor", &Manifest::actor},
    {"url", &Manifest::url},
    {"commit", &Manifest::commit},
    {"tag", &Manifest::tag},
    {"message", &Manifest::message},
});

std::vector<std::string> texts_of(const Patterns& patterns) {
  std::vector<std::string> texts = {patterns.prefix, patterns.entrypoint_file};
  for (const auto& [key, member] : kPatternLists) {
    texts.insert(texts.end(), (patterns.*member).begin(), (patterns.*member).end());
  }
  return texts;
}

void check_patterns_encodable(const Patterns& patterns) {
  for (const std::string& text : texts_of(patterns)) {
    if (!is_utf8(text)) {
      throw Error(ExitCode::kBackupFailed, "cannot back up " + in_quotes(text) + ": not UTF-8");
    }
  }
}

Json encode_header(const Manifest& manifest) {
  check_patterns_encodable(manifest.patterns);
  Json header;
  header.set("backstep", "manifest");
  header.set("format", Manifest::kFormat);
  header.set("uid", manifest.uid);
  header.set("sequence", manifest.sequence);
  header.set("time", utc_text(manifest.time));
  if (!manifest.base.empty()) header.set("base", manifest.base);
  for (const auto& [key, member] : kHeaderTexts) {
    if (!(manifest.*member).empty()) header.set(key, manifest.*member);
  }
  header.set("scope", encode_patterns(manifest.patterns));
  header.set("tree_uid", manifest.tree_owner.uid);
  header.set("tree_gid", manifest.tree_owner.gid);
  return header;
}

Json encode_directories(const Manifest& manifest) {
  std::vector<std::string> texts;
  for (const auto& [path, state] : manifest.directories) texts.push_back(state + ' ' + path);
  return Json::Object{{"directories", json_texts(texts)}};
}

void decode_directories(const Json& line, Manifest& manifest) {
  if (!manifest.directories.empty()) refuse_damaged("the directories are there twice");
  for (const std::string& text : line.texts("directories")) {
    const size_t end = text.find(' ', text.find(' ') + 1);
    if (end == std::string::npos) refuse_damaged(in_quotes(text) + " is no directory");
    manifest.directories[text.substr(end + 1)] = text.substr(0, end);
  }
}

void check_format(const Json& header) {
  if (header.text_or("backstep", "") != "manifest") refuse_damaged("not a manifest");
  const int64_t format = header.number("format");
  if (format > Manifest::kFormat) {
    throw NewerFormat(
        ExitCode::kDamaged,
        fmt::format("written by a newer version of backstep (format {}): update backstep to use it", format));
  }
  if (format < 1) refuse_damaged(fmt::format("format is {}", format));
}

// Names and base come first: what stays keeps its place and its base also where a newer version
// wrote it, or where the rest does not read.
void decode_header(std::string_view text, Manifest& manifest) {
  const Json header = Json::parse(text);
  const std::string uid = header.text_or("uid", "");
  const int64_t sequence = header.number_or("sequence", 0);
  const std::string base = header.text_or("base", "");
  if (is_uid(uid) && is_sequence(sequence)) {
    manifest.uid = uid;
    manifest.sequence = sequence;
  }
  if (names_set(base)) manifest.base = base;
  check_format(header);
  if (!is_uid(uid)) refuse_damaged("uid " + in_quotes(uid) + " is none");
  if (!is_sequence(sequence)) refuse_damaged(fmt::format("sequence is {}", sequence));
  if (manifest.base != base) refuse_damaged("base " + in_quotes(base) + " names no set");
  const std::optional<int64_t> time = seconds_of_utc_text(header.text("time"));
  if (!time) refuse_damaged("time " + in_quotes(header.text("time")) + " is not a UTC time");
  manifest.time = *time;
  const Json* scope = header.find("scope");
  if (scope == nullptr) refuse_damaged("'scope' is missing");
  manifest.patterns = decode_patterns(*scope);
  manifest.tree_owner = {static_cast<uid_t>(header.number_or("tree_uid", kAnybody)),
                         static_cast<gid_t>(header.number_or("tree_gid", kAnybody))};
  for (const auto& [key, member] : kHeaderTexts) manifest.*member = header.text_or(key, "");
}

struct Trailer {
  size_t count = 0;
  std::string digest;
  std::string lines_sha256;  // of every byte before it: also what the digest leaves out
};

Trailer decode_trailer(const Json& line) {
  if (line.find("path") != nullptr) refuse_damaged(kNoTrailer);
  const int64_t count = line.number("count");
  if (count < 0) refuse_damaged(fmt::format("count is {}", count));
  Trailer trailer{static_cast<size_t>(count), line.text("digest"), line.text_or("sha256", "")};
  if (!ContentHash::from_hex(trailer.digest)) refuse_damaged("'digest' is not 64 hex digits");
  return trailer;
}

// Takes the first line off.
std::string_view take_line(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) refuse_damaged(kNoTrailer);
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// Runs `read`, and gives what it throws the file and the place in it.
template <typename Place, typename Read>
auto located(std::string_view name, Place place, Read read) {
  try {
    return read();
  } catch (const NewerFormat& newer) {
    throw NewerFormat(newer.code(), in_quotes(name) + ": " + newer.message());
  } catch (const Error& error) {
    throw error.within(in_quotes(name) + place(), ExitCode::kDamaged);
  }
}

void add_entry(Manifest& manifest, FileEntry entry) {
  if (!manifest.files.empty() && !(manifest.files.back().path < entry.path)) {
    refuse_damaged(fmt::format("path {} comes after {}", in_quotes(entry.path), in_quotes(manifest.files.back().path)));
  }
  if (entry.in_base && manifest.base.empty()) {
    refuse_damaged(in_quotes(entry.path) + " lies in a base, and none is named");
  }
  manifest.files.push_back(std::move(entry));
}

void check_trailer(const Manifest& manifest, const Trailer& trailer, std::string_view before) {
  if (trailer.count != manifest.files.size()) {
    refuse_damaged(fmt::format("{} counted, {} there", trailer.count, manifest.files.size()));
  }
  if (trailer.digest != set_digest(manifest.files)) {
    refuse_damaged("the digest does not fit the files");
  }
  if (!trailer.lines_sha256.empty() && trailer.lines_sha256 != sha256_hex(before)) {
    refuse_damaged("a line was changed");
  }
}

}  // namespace

size_t Manifest::present_count() const {
  return static_cast<size_t>(std::ranges::count_if(files, [](const FileEntry& file) { return !file.absent; }));
}

Json encode_patterns(const Patterns& patterns) {
  Json json = Json::Object{{"entrypoint_file", patterns.entrypoint_file}};
  if (!patterns.prefix.empty()) json.set("prefix", patterns.prefix);
  for (const auto& [key, member] : kPatternLists) {
    if (!(patterns.*member).empty()) json.set(key, json_texts(patterns.*member));
  }
  return json;
}

Patterns decode_patterns(const Json& json) {
  Patterns patterns;
  patterns.prefix = json.text_or("prefix", "");
  patterns.entrypoint_file = json.text("entrypoint_file");
  for (const auto& [key, member] : kPatternLists) {
    if (json.find(key) != nullptr) patterns.*member = json.texts(key);
  }
  for (const std::string& text : texts_of(patterns)) {
    if (!stays_beneath(text)) {
      refuse_damaged("pattern " + in_quotes(text) + " leaves the workspace");
    }
  }
  return patterns;
}

void require_fit_base(const Manifest& manifest, const SetRef& ref, std::string_view shown) {
  if (!manifest.base.empty() && ref.shelf != Shelf::kFailed) {
    refuse_damaged(in_quotes(shown) + ": names a base, which only failed files have");
  }
}

void encode_manifest(const Manifest& manifest, const HashedPieces::Write& write) {
  if (!is_uid(manifest.uid) || !is_sequence(manifest.sequence)) {
    throw Error(ExitCode::kInternal, "set " + in_quotes(manifest.id) + " was given no uid");
  }
  const std::vector<FileEntry>& files = manifest.files;
  const auto early = std::ranges::adjacent_find(files, std::ranges::greater_equal(), &FileEntry::path);
  if (early != files.end()) {
    throw Error(ExitCode::kInternal, "files out of order at " + in_quotes(std::next(early)->path));
  }
  HashedPieces lines(write, Manifest::kLargest - kLastLine);
  lines.add(encode_header(manifest).dump() + '\n');
  if (!manifest.directories.empty()) lines.add(encode_directories(manifest).dump() + '\n');
  for (const FileEntry& entry : files) lines.add(encode_entry(entry).dump() + '\n');
  Json trailer;
  trailer.set("count", uint64_t{files.size()});
  trailer.set("digest", set_digest(files));
  trailer.set("sha256", lines.end());
  write(trailer.dump() + '\n');
}

Manifest decode_manifest(std::string_view name, std::string_view text) {
  std::string_view rest = text;
  int number = 1;
  const auto place = [&] { return fmt::format(" line {}", number); };
  return located(name, place, [&] {
    Manifest manifest;
    decode_header(take_line(rest), manifest);
    manifest.files.reserve(rest.size() / kShortLine);
    while (true) {
      ++number;
      const std::string_view before = text.substr(0, text.size() - rest.size());
      const Json line = Json::parse(take_line(rest));
      if (line.find("path") != nullptr) {
        add_entry(manifest, decode_entry(line));
        continue;
      }
      if (line.find("directories") != nullptr) {
        decode_directories(line, manifest);
        continue;
      }
      const Trailer trailer = decode_trailer(line);
      check_trailer(manifest, trailer, before);
      if (!rest.empty()) refuse_damaged("bytes after the trailer");
      manifest.digest = trailer.digest;
      return manifest;
    }
  });
}

size_t decode_manifest_ends(std::string_view name, std::string_view text, Manifest& manifest) {
  const char* place = " line 1";
  return located(
      name, [&] { return std::string(place); },
      [&] {
        decode_header(text.substr(0, text.find('\n')), manifest);
        place = " last line";
        take_line(text);
        const std::string_view before_its_end = text.substr(0, text.empty() ? 0 : text.size() - 1);
        text.remove_prefix(before_its_end.rfind('\n') + 1);
        const Trailer trailer = decode_trailer(Json::parse(take_line(text)));
        manifest.digest = trailer.digest;
        return trailer.count;
      });
}

}  // namespace backstep
