// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "config/file/load.h"
#include "fuzz/fuzz.h"
#include "support/temp_dir.h"
#include "system/files/beneath.h"

namespace backstep::fuzz {
namespace {

constexpr std::string_view kFile = "backstep.yml";

struct Scene {
  test::TempDir temp;

  LoadedConfig load(std::string_view bytes, const std::map<std::string, std::string>& flags) const {
    temp.write(kFile, bytes);
    return load_settings(temp.path(), flags, Environment()).loaded;
  }
};

// "backstep.yml:3:14" at that byte, where the file has such a line.
bool is_place(std::string_view message, size_t at, size_t lines) {
  const char* const end = message.data() + message.size();
  size_t line = 0;
  size_t column = 0;
  const auto after_line = std::from_chars(message.data() + at + kFile.size() + 1, end, line);
  if (after_line.ptr == end || *after_line.ptr != ':') return false;
  const auto after_column = std::from_chars(after_line.ptr + 1, end, column);
  return after_column.ec == std::errc() && line >= 1 && line <= lines && column >= 1;
}

bool names_place(std::string_view message, size_t lines) {
  const std::string start = std::string(kFile) + ":";
  for (size_t at = message.find(start); at != std::string_view::npos; at = message.find(start, at + 1)) {
    if (is_place(message, at, lines)) return true;
  }
  return false;
}

void require_place(std::string_view message, std::string_view bytes) {
  const auto lines = static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  const bool too_large = message.starts_with("cannot read the settings: ");
  require(too_large || names_place(message, lines), "a refusal names line and column", message);
}

void require_beneath(const Config& config) {
  for (const std::string& directory : config.services_dir) {
    require(is_relative_path(directory + "/x"), "services lie in the workspace", directory);
  }
  require(is_plain_relative_path(config.entrypoint_file), "an entrypoint is a file's name", config.entrypoint_file);
  for (const std::string& file : config.files) {
    require(is_relative_path(file + "/x"), "files lie in the workspace", file);
  }
}

// Only a list of the file can hold an item with a comma: no flag takes that back.
bool can_be_typed(const Config& config) {
  const auto is_whole = [](const std::string& path) { return path.find_first_of(",\n") == std::string::npos; };
  return std::all_of(config.files.begin(), config.files.end(), is_whole) &&
         std::all_of(config.exclude.begin(), config.exclude.end(), is_whole) &&
         std::all_of(config.services_dir.begin(), config.services_dir.end(), is_whole);
}

// What `config` shows can be typed again, each setting as a flag.
void require_stable(const Scene& scene, const LoadedConfig& loaded) {
  std::map<std::string, std::string> flags;
  for (const ShownSetting& setting : loaded.shown) {
    if (setting.name != "config") flags[setting.name] = setting.value;
  }
  const LoadedConfig again = scene.load("", flags);
  for (size_t i = 0; i < loaded.shown.size(); ++i) {
    require(again.shown[i].value == loaded.shown[i].value, "what is shown is read back",
            loaded.shown[i].name + ": " + loaded.shown[i].value);
  }
}

}  // namespace

void try_input(std::string_view bytes) {
  static const Scene scene;
  LoadedConfig loaded;
  try {
    if (!accepts([&] {
          try {
            loaded = scene.load(bytes, {});
          } catch (const Error& error) {
            require(error.code() == ExitCode::kUsage, "a bad file is a usage error");
            require_place(error.message(), bytes);
            throw;
          }
        })) {
      return;
    }
    require_beneath(loaded.config);
    if (can_be_typed(loaded.config)) require_stable(scene, loaded);
  } catch (const Error& error) {
    require(false, "what was accepted is accepted again", error.message());
  }
}

}  // namespace backstep::fuzz
