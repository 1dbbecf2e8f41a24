// SPDX-License-Identifier: Apache-2.0
#include "report/diff/secret_options.h"

namespace backstep {
namespace {

bool is_client_of_mysql(std::string_view command) {
  return command.starts_with("mysql") || command.starts_with("mariadb");
}

}  // namespace

bool has_secret_options(std::string_view command) {
  return command == "curl" || command == "sshpass" || command == "login" ||
         is_client_of_mysql(command);
}

SecretOption secret_option(std::string_view command, std::string_view option) {
  if (command.empty() || command == "curl") {
    const std::string_view name = option.substr(0, option.find('='));
    if (name == "-u" || name == "--user" || name == "--proxy-user") return SecretOption::kUser;
    const bool attached = !command.empty() && option.starts_with("-u");
    return attached ? SecretOption::kAttachedUser : SecretOption::kNone;
  }
  if (!option.starts_with("-p")) return SecretOption::kNone;
  const bool attached = option.size() > 2;
  if (attached) return SecretOption::kAttached;
  return is_client_of_mysql(command) ? SecretOption::kNone : SecretOption::kNext;
}

}  // namespace backstep
