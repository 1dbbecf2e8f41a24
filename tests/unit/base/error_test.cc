// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include "support/catch.h"

using backstep::Error;
using backstep::ExitCode;
using backstep::SystemError;

TEST_CASE("Error: the cause of a system error comes last", "[base][error]") {
  const SystemError error("open", "services/a\n::error::/x", ENOSPC);
  REQUIRE(error.message() == "cannot open 'services/a\\x0a::error::/x': No space left on device");
  REQUIRE(error.error_number() == ENOSPC);
}

TEST_CASE("Error: context goes before the message and changes the code", "[base][error]") {
  const Error error = SystemError("open", "a", EACCES).within("backup failed", ExitCode::kBackupFailed);
  REQUIRE(error.message() == "backup failed: cannot open 'a': Permission denied");
  REQUIRE(error.code() == ExitCode::kBackupFailed);
}
