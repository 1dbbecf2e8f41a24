// SPDX-License-Identifier: Apache-2.0
#include "system/files/file_status.h"

#include <fcntl.h>
#include <sys/xattr.h>

#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using namespace backstep;
using backstep::test::TempDir;

namespace {

using Names = std::vector<std::string>;

struct File {
  File() {
    dir.write("f", "x", 0640);
    fd = UniqueFd(open((dir / "f").c_str(), O_RDWR | O_CLOEXEC));
  }
  bool set(const char* name, std::string_view value) const {
    return fsetxattr(fd.get(), name, value.data(), value.size(), 0) == 0;
  }
  std::string value(const char* name) const {
    std::string text(64, '\0');
    const ssize_t size = fgetxattr(fd.get(), name, text.data(), text.size());
    return size < 0 ? "none" : text.substr(0, static_cast<size_t>(size));
  }
  TempDir dir;
  UniqueFd fd;
};

// cap_net_bind_service
const std::string kCapability("\x01\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
const std::string kInHex = "0100000200040000000000000000000000000000";

}  // namespace

TEST_CASE("Attributes: those of the file that is replaced are carried", "[system][attributes]") {
  const File from;
  const File to;
  Names lost;
  CHECK(carry_attributes(from.fd.get(), to.fd.get(), lost).empty());
  if (!from.set("user.team", "payments")) {
    WARN("skipped: no attributes here");
    return;
  }
  REQUIRE(from.set("user.empty", ""));
  CHECK(carry_attributes(from.fd.get(), to.fd.get(), lost) == Names{"user.empty", "user.team"});
  CHECK(lost.empty());
  CHECK(to.value("user.team") == "payments");
  CHECK(to.value("user.empty").empty());
}

TEST_CASE("Attributes: what cannot be carried is told with its reason", "[system][attributes]") {
  const File from;
  const File to;
  if (!from.set("user.team", "payments")) {
    WARN("skipped: no attributes here");
    return;
  }
  const UniqueFd no_attributes(open("/proc/self/comm", O_RDWR | O_CLOEXEC));
  Names lost;
  CHECK(carry_attributes(from.fd.get(), no_attributes.get(), lost).empty());
  REQUIRE(lost.size() == 1);
  CHECK_THAT(lost.front(), backstep::test::matchers::Contains("user.team (Operation not"));
}

TEST_CASE("Attributes: a capability is never carried, and comes back from its text", "[system][attributes]") {
  const File from;
  const File to;
  CHECK(capability_of(from.fd.get(), "f").empty());
  if (!from.set("security.capability", kCapability)) {
    WARN("skipped: not permitted here");
    return;
  }
  Names lost;
  CHECK(capability_of(from.fd.get(), "f") == kInHex);
  CHECK(carry_attributes(from.fd.get(), to.fd.get(), lost).empty());
  CHECK(capability_of(to.fd.get(), "f").empty());
  CHECK_FALSE(give_capability(to.fd.get(), "", lost));
  CHECK(give_capability(to.fd.get(), kInHex, lost));
  CHECK(lost.empty());
  CHECK(to.value("security.capability") == kCapability);
  // Text that somebody forged is the kernel's to refuse.
  CHECK_FALSE(give_capability(to.fd.get(), "zz", lost));
  CHECK(lost == Names{"capability (Invalid argument)"});
}
