// SPDX-License-Identifier: Apache-2.0
#include "store/project.h"

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "config/pipeline.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

constexpr size_t kLargestOfGit = size_t{64} << 20;  // where refs are packed, a line each

// What cannot be read tells nothing.
std::string text_of(const std::string& directory, const std::string& name) {
  try {
    return Directory::open_root(directory, directory)
        .read_small_file(name, kLargestOfGit)
        .value_or("");
  } catch (const Error&) {
    return "";
  }
}

// A path that a file of git's names, as seen from where the file lies.
std::string named_path(const std::filesystem::path& directory, std::string_view text) {
  return directory / trimmed(text);
}

// The directory that holds `.git`, by the place of the settings in it.
std::string top_of(const Workspace& workspace) {
  const std::string path = workspace.path();
  if (workspace.place.empty() || workspace.place == ".") return workspace.place.empty() ? "" : path;
  return path.substr(0, path.size() - workspace.place.size() - 1);
}

// In a worktree or a submodule `.git` is a file that says where the directory is.
std::string directory_of(const std::string& top) {
  const std::string link = text_of(top, ".git");
  constexpr std::string_view kStart = "gitdir:";
  return link.starts_with(kStart) ? named_path(top, link.substr(kStart.size())) : top + "/.git";
}

// Of a worktree the one that it shares.
std::string repository_of(const std::string& directory) {
  const std::string common = text_of(directory, "commondir");
  return real_path(common.empty() ? directory : named_path(directory, common));
}

// A line "HASH NAME" each.
std::string hash_of_packed(const std::string& refs, const std::string& name) {
  const size_t end = refs.find(" " + name + "\n");
  if (end == std::string::npos) return "";
  const size_t start = refs.rfind('\n', end) + 1;
  return refs.substr(start, end - start);
}

std::string url_in(const std::string& config) {
  bool in_origin = false;
  for (const std::string& each : split(config, '\n')) {
    const std::string_view line = trimmed(each);
    if (line.starts_with('[')) in_origin = line.starts_with("[remote \"origin\"]");
    const size_t equals = line.find('=');
    if (!in_origin || equals == std::string_view::npos) continue;
    if (trimmed(line.substr(0, equals)) == "url")
      return std::string(trimmed(line.substr(equals + 1)));
  }
  return "";
}

}  // namespace

std::string name_of_url(std::string_view url) {
  const size_t scheme = url.find("://");
  const bool has_scheme = scheme != std::string_view::npos;
  if (has_scheme) url.remove_prefix(scheme + 3);
  const size_t end = has_scheme ? url.find('/') : url.find(':');
  const bool is_local = !has_scheme && (end == std::string_view::npos || url.find('/') < end);
  std::string name(url);
  if (!is_local) {
    std::string host(url.substr(0, end));
    if (const size_t user = host.rfind('@'); user != std::string::npos) host.erase(0, user + 1);
    if (const size_t port = host.find(':'); port != std::string::npos) host.resize(port);
    std::string_view path = end == std::string_view::npos ? "" : url.substr(end + 1);
    while (path.starts_with('/')) path.remove_prefix(1);
    name = lower_case(host) + "/" + std::string(path);
  }
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  if (name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

GitOrigin git_origin(const Workspace& workspace) {
  const std::string top = top_of(workspace);
  if (top.empty()) return {};
  const std::string repository = repository_of(directory_of(top));
  if (repository.empty()) return {};
  return {.repository = repository, .url = name_of_url(url_in(text_of(repository, "config")))};
}

std::string git_commit(const Workspace& workspace) {
  const std::string top = top_of(workspace);
  if (top.empty()) return "";
  const std::string directory = directory_of(top);
  constexpr std::string_view kStart = "ref: ";
  std::string hash = text_of(directory, "HEAD");
  if (hash.starts_with(kStart)) {
    const std::string name(trimmed(std::string_view(hash).substr(kStart.size())));
    const std::string repository = repository_of(directory);
    hash = text_of(repository, name);
    if (hash.empty()) hash = hash_of_packed(text_of(repository, "packed-refs"), name);
  }
  hash = trimmed(hash);
  return is_commit(hash) ? hash : "";
}

}  // namespace backstep
