// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sets/manifest.h"
#include "store/sets/set_writer.h"
#include "store/store.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"
#include "system/files/digest.h"

namespace backstep::test {

inline Patterns original_patterns() {
  return {.prefix = {}, .services_dirs = {"services"}, .entrypoint_file = "entrypoint.sh", .files = {}, .exclude = {}};
}

inline std::string service_path(std::string_view service) {
  return "services/" + std::string(service) + "/entrypoint.sh";
}

// What a live file with this text looks like to a manifest.
inline FileEntry entry_for(const std::string& path, std::string_view text, mode_t mode = 0755) {
  FileEntry entry;
  entry.path = path;
  entry.stored = SetWriter::stored_name(original_patterns(), path);
  entry.size = text.size();
  entry.mode = mode;
  entry.mtime_ns = 1'710'080'580'123'456'789;
  entry.sha256 = sha256_of(text);
  return entry;
}

inline std::string manifest_text(const Manifest& manifest) {
  std::string text;
  encode_manifest(manifest, [&](std::string_view piece) { text += piece; });
  return text;
}

// What a test knows by this word: a set by its ID, a run by a name.
inline std::string uid_of(std::string_view word) { return sha256_hex(word).substr(0, 20); }

inline RecordedSet recorded_as(const std::string& id, Shelf shelf = Shelf::kBackups) {
  return {uid_of(id), {shelf, id}};
}

// Made in the order of their IDs.
inline Manifest manifest_for(const std::string& id, std::vector<FileEntry> files = {}) {
  Manifest manifest;
  manifest.id = id;
  manifest.time = seconds_of_id(id).value_or(0);
  manifest.uid = uid_of(id);
  manifest.sequence = manifest.time + 1;
  manifest.run = uid_of("run " + id);
  manifest.patterns = original_patterns();
  manifest.files = std::move(files);
  return manifest;
}

// A workspace with a store in it.
struct StoreScene {
  TempDir temp;
  Workspace workspace = workspace_at(temp.path());
  StorePlace place{"backups", false, "backups"};
  Store store = Store::open_or_create(workspace, place);
  std::string machine = {};  // sets of one ID have other uids on another one

  // Publishes a set of one service with this script.
  void publish(const SetRef& ref, const std::string& script, int64_t time = -1) const {
    temp.write("source", script);
    Manifest manifest = manifest_for(ref.id, {entry_for(service_path("action_service"), script)});
    if (time >= 0) manifest.time = time;
    manifest.uid = uid_of(ref.id + machine);
    SetWriter writer(store, ref, 1);
    writer.add_copy(manifest.files[0], workspace.directory.open_file("source").get());
    writer.publish(manifest);
  }
};

inline std::string digest_of_script(std::string_view script) {
  const std::vector<FileEntry> files{entry_for(service_path("action_service"), script)};
  return set_digest(files);
}

}  // namespace backstep::test
