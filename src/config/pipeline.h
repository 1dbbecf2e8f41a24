// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/environment.h"

namespace backstep {

// Gitea, Forgejo and act call themselves GitHub. Of the others only their variables are known.
enum class PlatformKind { kNone, kGithub, kGitlab, kOther };

// Who runs us, as the platform's variables tell. Everything may be empty: a shell on a deploy host.
struct Pipeline {
  PlatformKind platform = PlatformKind::kNone;
  std::string run;               // the pipeline's run, attempt, job and runner name; the same in all its steps
  std::string commit;            // a hash of git's
  std::string actor;             // the person
  std::string url;               // of the run, for people
  bool of_pull_request = false;  // what it works on may be anybody's
};

// A hash in hexadecimal digits: commands get it, and an option or somebody's branch is none.
bool is_commit(std::string_view text);

Pipeline detect_pipeline(const Environment& environment);
bool in_pipeline(const Environment& environment);
// The machine goes with the job, and what lies on it: nobody can type anything there afterwards.
bool is_thrown_away(const Environment& environment);

// How what comes later in a job learns which run it has begun: a line `name=RUN`, written into the
// file that the variable `file` names, is found there as the variable `read_as`. Both are GitHub's;
// other runners have taken them over, and each is written wherever it names a file.
struct BegunNote {
  const char* file;
  const char* name;
  const char* read_as;
};
inline constexpr BegunNote kForLaterSteps = {"GITHUB_ENV", "BACKSTEP_BEGUN", "BACKSTEP_BEGUN"};
inline constexpr BegunNote kForPostStage = {"GITHUB_STATE", "begun", "STATE_begun"};

// Whose run this is: the setting, else the pipeline's run, else "uid N". Never the host name: each
// container has a new one.
std::string owner_of(const std::string& setting, const Pipeline& pipeline, unsigned user_id);

}  // namespace backstep
