// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/pipeline.h"
#include "system/files/directory.h"

namespace backstep {

// How the pipeline at hand calls us, by what lies in the checkout.
struct PipelineSnippet {
  PlatformKind platform = PlatformKind::kNone;  // where none is certain: `docker run`, as anywhere
  std::string why;                              // the heading over it
  std::string text;  // to be pasted; each of its lines is in the examples, which a test compares
};

PipelineSnippet pipeline_snippet(const Directory& checkout);

}  // namespace backstep
