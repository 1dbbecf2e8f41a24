// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.h"

namespace backstep {

// Who runs us, as the platform's variables tell. Everything may be empty: a shell on a deploy host.
struct Pipeline {
  std::string platform;  // "github", "gitlab", "woodpecker", "drone", "bitbucket" or ""
  std::string run;  // the pipeline's run, attempt, job and runner name; the same in all its steps
  std::string commit;
  std::string actor;  // the person
  std::string url;    // of the run, for people
};

Pipeline detect_pipeline(const Environment& environment);

// Whose run this is: the setting, else the pipeline's run, else "uid N". Never the host name: each
// container has a new one.
std::string owner_of(const std::string& setting, const Pipeline& pipeline, unsigned user_id);

}  // namespace backstep
