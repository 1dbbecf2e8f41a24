// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "store/sets/manifest.h"
#include "system/files/beneath.h"

namespace backstep::fuzz {
namespace {

constexpr const char* kName = "backups/2024-03-10_14-23-00/_manifest.jsonl";

std::string text_of(const Manifest& manifest) {
  std::string text;
  encode_manifest(manifest, [&](std::string_view piece) { text += piece; });
  return text;
}

void require_sound(const FileEntry& file) {
  require(is_relative_path(file.path), "a path stays in the workspace", file.path);
  if (file.absent) return;
  require(is_plain_relative_path(file.stored), "a copy lies in the set", file.stored);
  require(file.stored.front() != '.' && file.stored != Manifest::kFileName, "a copy has no name of ours", file.stored);
  require(file.mode <= 0777, "no file is setuid");
}

void require_sound(std::string_view text) {
  Manifest manifest;
  if (!accepts([&] { manifest = decode_manifest(kName, text); })) return;
  for (const FileEntry& file : manifest.files) require_sound(file);
  require(manifest.digest == set_digest(manifest.files), "the digest is that of the files");
  const std::string again = text_of(manifest);
  require(text_of(decode_manifest(kName, again)) == again, "a manifest is read back as it was", again);
  Manifest ends;
  require(decode_manifest_ends(kName, text, ends) == manifest.files.size() && ends.digest == manifest.digest &&
              ends.uid == manifest.uid && ends.time == manifest.time,
          "a summary says what the whole says");
}

// Its lines as they are, with the trailer that fits them: no mutation finds a hash.
std::string resealed(std::string_view text) {
  std::string sealed;
  std::vector<FileEntry> files;
  for (const std::string& line : split(text, '\n')) {
    if (line.find("\"digest\"") != std::string::npos) continue;
    sealed += line + '\n';
    try {
      files.push_back(decode_entry(Json::parse(line)));
    } catch (const Error&) {
      continue;  // the header, or what is refused anyway
    }
  }
  while (sealed.ends_with("\n\n")) sealed.pop_back();
  Json trailer;
  trailer.set("count", uint64_t{files.size()});
  trailer.set("digest", set_digest(files));
  return sealed + trailer.dump() + '\n';
}

}  // namespace

void try_input(std::string_view bytes) {
  require_sound(bytes);
  require_sound(resealed(bytes));
  Manifest ends;
  accepts([&] { decode_manifest_ends(kName, bytes, ends); });
}

}  // namespace backstep::fuzz
