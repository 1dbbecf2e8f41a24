// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace backstep {

// How a secret stands behind an option whose name does not tell of it.
enum class SecretOption {
  kNone,
  kAttached,  // mysql -pPASSWORD
  kNext,      // docker login -p PASSWORD
  kUser,      // curl -u USER:PASSWORD, --user=USER:PASSWORD
  kAttachedUser,
};

// Whether some of a command's options are: curl, mysql, mariadb, sshpass, `docker login`.
bool has_secret_options(std::string_view command);

// Of one of those commands; "": of the line before, where a long command goes on with this option.
// `option`: with its dashes and what is attached.
SecretOption secret_option(std::string_view command, std::string_view option);

}  // namespace backstep
