// SPDX-License-Identifier: Apache-2.0
// Only for Catch2 2: version 3 brings a main of its own.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
