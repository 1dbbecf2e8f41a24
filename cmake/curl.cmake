# libcurl as an archive that has HTTP, HTTPS and nothing else. A system's own is taken where it links; Debian's
# does not, for it wants Kerberos, LDAP and more, of which there are no archives. So it is built from Debian's
# source (curl_source.sh), once for all builds of this machine, and beside the rest.
set(BACKSTEP_CURL_SOURCE "" CACHE PATH "libcurl's source, 7.88 or newer: its directory, or its tarball")

# What a static OpenSSL may want besides.
add_library(curl_static INTERFACE)
set(beside_curl OpenSSL::SSL OpenSSL::Crypto)
foreach(name zstd z)
  find_library(${name}_archive lib${name}.a)
  if(${name}_archive)
    list(APPEND beside_curl ${${name}_archive})
  endif()
endforeach()

include(CheckCXXSourceCompiles)
find_package(PkgConfig QUIET)
if(NOT BACKSTEP_CURL_SOURCE AND PkgConfig_FOUND)
  pkg_check_modules(CURL QUIET libcurl>=7.88)
  find_library(CURL_ARCHIVE libcurl.a)
endif()
if(CURL_FOUND AND CURL_ARCHIVE)
  set(CMAKE_REQUIRED_LIBRARIES ${CURL_ARCHIVE} ${CURL_STATIC_LDFLAGS} -static)
  check_cxx_source_compiles("
    #include <curl/curl.h>
    int main() { return curl_easy_perform(curl_easy_init()); }" system_curl_links)
  unset(CMAKE_REQUIRED_LIBRARIES)
endif()
if(system_curl_links)
  target_link_libraries(curl_static INTERFACE ${CURL_ARCHIVE} ${CURL_STATIC_LDFLAGS})
  set(BACKSTEP_CURL_VERSION ${CURL_VERSION} CACHE INTERNAL "" FORCE)
  return()
endif()

set(curl_source ${BACKSTEP_CURL_SOURCE})
if(NOT curl_source)
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/cmake/curl_source.sh --where
    OUTPUT_VARIABLE curl_source OUTPUT_STRIP_TRAILING_WHITESPACE)
elseif(NOT IS_DIRECTORY ${curl_source})
  file(ARCHIVE_EXTRACT INPUT ${curl_source} DESTINATION ${PROJECT_BINARY_DIR}/curl)
  file(GLOB curl_source ${PROJECT_BINARY_DIR}/curl/*)
endif()
if(NOT EXISTS "${curl_source}/include/curl/curl.h")
  message(FATAL_ERROR "libcurl's source is not here. On Debian: tests/support/install_packages.sh build. "
    "Elsewhere: install a static libcurl, or say -DBACKSTEP_CURL_SOURCE=DIRECTORY or =TARBALL")
endif()

# Debian's own version where it has one, for the bill of materials.
file(STRINGS ${curl_source}/include/curl/curlver.h curl_version REGEX "define LIBCURL_VERSION ")
if(EXISTS ${curl_source}/debian/changelog)
  file(STRINGS ${curl_source}/debian/changelog curl_version LIMIT_COUNT 1)
endif()
string(REGEX REPLACE "^[^0-9]*([^\")]+).*$" "\\1" curl_version "${curl_version}")
set(BACKSTEP_CURL_VERSION ${curl_version} CACHE INTERNAL "" FORCE)

set(curl_options -DOPENSSL_INCLUDE_DIR=${OPENSSL_INCLUDE_DIR} -DOPENSSL_SSL_LIBRARY=${OPENSSL_SSL_LIBRARY}
  -DOPENSSL_CRYPTO_LIBRARY=${OPENSSL_CRYPTO_LIBRARY})
if(CMAKE_TOOLCHAIN_FILE)
  list(APPEND curl_options -DCMAKE_TOOLCHAIN_FILE=${CMAKE_TOOLCHAIN_FILE})
endif()
file(SHA256 ${PROJECT_SOURCE_DIR}/cmake/build_curl.sh curl_script)
string(SHA256 curl_key "${curl_source} ${curl_version} ${curl_script} ${OPENSSL_VERSION} ${curl_options} ${CMAKE_SYSTEM_PROCESSOR}")
string(SUBSTRING ${curl_key} 0 16 curl_key)
if(DEFINED ENV{XDG_CACHE_HOME})
  set(curl_archive $ENV{XDG_CACHE_HOME}/backstep/libcurl-${curl_key}/libcurl.a)
else()
  set(curl_archive $ENV{HOME}/.cache/backstep/libcurl-${curl_key}/libcurl.a)
endif()
# Nothing waits for it but the programs that link it: Ninja knows it by its path.
add_custom_command(OUTPUT ${curl_archive}
  COMMAND ${PROJECT_SOURCE_DIR}/cmake/build_curl.sh ${curl_source} ${curl_archive} ${curl_options}
  COMMENT "Building libcurl ${curl_version}" VERBATIM)
add_custom_target(curl_archive ALL DEPENDS ${curl_archive})
target_include_directories(curl_static SYSTEM INTERFACE ${curl_source}/include)
target_link_libraries(curl_static INTERFACE ${curl_archive} ${beside_curl})
