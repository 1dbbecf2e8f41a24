#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What a CI system does for each push, played on this machine: build the image of the commit, then one
# step that deploys it. The two variables are Woodpecker's; GitHub has GITHUB_SHA, GitLab CI_COMMIT_SHA.
set -eu
cd "$(dirname "$0")"
CI_COMMIT_SHA=$(git rev-parse HEAD)
export CI=woodpecker CI_COMMIT_SHA
./build.sh "$CI_COMMIT_SHA"
exec backstep run
