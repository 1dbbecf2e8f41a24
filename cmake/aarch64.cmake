# SPDX-License-Identifier: Apache-2.0
# Debian's cross compiler, and Debian's arm64 libraries unpacked beside the build by
# tests/arm64/sysroot.sh: the machine itself is given no second architecture.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc) # of libcurl
set(CMAKE_STRIP aarch64-linux-gnu-strip)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

get_filename_component(backstep_arm64_root ${CMAKE_CURRENT_LIST_DIR}/../build/arm64-root ABSOLUTE)
# libc is the cross compiler's own: were this its --sysroot, the two would be mixed.
set(CMAKE_FIND_ROOT_PATH ${backstep_arm64_root})
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
# OpenSSL's opensslconf.h lies in the directory of its architecture.
set(backstep_arm64_headers
  "-isystem ${backstep_arm64_root}/usr/include -isystem ${backstep_arm64_root}/usr/include/aarch64-linux-gnu")
set(CMAKE_CXX_FLAGS_INIT "${backstep_arm64_headers}")
set(CMAKE_C_FLAGS_INIT "${backstep_arm64_headers}")

# The tests' programs list and run their tests through it.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L /usr/aarch64-linux-gnu)
