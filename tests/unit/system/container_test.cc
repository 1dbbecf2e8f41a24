// SPDX-License-Identifier: Apache-2.0
#include "system/container.h"

#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;

namespace {

const Environment kNothing;
const Environment kPodman{{{"container", "podman"}}};

// A container's root, routes and network cards as the test makes them.
struct Machine : test::TempDir {
  void route(const std::string& lines) const {
    write("proc/net/route", "Iface\tDestination\tGateway \tFlags\n" + lines);
  }
};

constexpr const char* kByDocker = "eth0\t00000000\t010011AC\t0003\neth0\t000011AC\t00000000\t0001\n";

}  // namespace

TEST_CASE("Container: a machine without any mark is none", "[system][container]") {
  const Machine machine;
  CHECK_FALSE(in_container(kNothing, machine.path()));
  CHECK_FALSE(in_container(Environment{{{"container", ""}}}, machine.path()));
}

TEST_CASE("Container: each mark tells by itself", "[system][container]") {
  const Machine docker;
  docker.write(".dockerenv", "");
  CHECK(in_container(kNothing, docker.path()));
  const Machine podman;
  podman.write("run/.containerenv", "");
  CHECK(in_container(kNothing, podman.path()));
  const Machine bare;
  CHECK(in_container(kPodman, bare.path()));
  CHECK(in_container(Environment{{{"KUBERNETES_SERVICE_HOST", "10.0.0.1"}}}, bare.path()));
  CHECK(in_container(kPodman));
}

TEST_CASE("HostGateway: without a way out it is the machine itself", "[system][container]") {
  const Machine machine;
  CHECK(host_gateway(kPodman, machine.path()) == "127.0.0.1");
  machine.route("eth0\t000011AC\t00000000\t0001\n");
  CHECK(host_gateway(kPodman, machine.path()) == "127.0.0.1");
  machine.route("eth0\t00000000\tgarbage\t0003\n");
  CHECK(host_gateway(kPodman, machine.path()) == "127.0.0.1");
  machine.route("tun0\t00000000\t00000000\t0001\n");
  CHECK(host_gateway(kPodman, machine.path()) == "127.0.0.1");
}

TEST_CASE("HostGateway: in a container it is the default gateway", "[system][container]") {
  const Machine machine;
  machine.route(kByDocker);
  CHECK(host_gateway(kPodman, machine.path()) == "172.17.0.1");
  CHECK(host_gateway(kNothing, machine.path()) == "127.0.0.1");
}

TEST_CASE("HostGateway: a container with the host's own network reaches it at 127.0.0.1", "[system][container]") {
  for (const std::string sign : {"device", "bridge", "bonding"}) {
    const Machine machine;
    machine.route(kByDocker);
    machine.write("sys/class/net/eth0/" + sign, "");
    CHECK(host_gateway(kPodman, machine.path()) == "127.0.0.1");
  }
}

TEST_CASE("HostGateway: what the caller set wins", "[system][container]") {
  const Machine machine;
  machine.route(kByDocker);
  const Environment set{{{"container", "podman"}, {"BACKSTEP_HOST_GATEWAY", "host.docker.internal"}}};
  CHECK(host_gateway(set, machine.path()) == "host.docker.internal");
}
