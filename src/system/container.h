// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.h"

namespace backstep {

// Whether we run in a container, as far as it shows: Docker's and Podman's mark files, and the
// variables that systemd, Podman and Kubernetes set. A test has its own `root`.
bool in_container(const Environment& environment, const std::string& root = "");

// The address under which commands reach the machine that we run on: BACKSTEP_HOST_GATEWAY when the
// caller set it, the default gateway in a container, else 127.0.0.1: also with --network host, where
// that gateway is some router.
std::string host_gateway(const Environment& environment, const std::string& root = "");

}  // namespace backstep
