# Fails when a room includes what its line does not name, when a library that belongs to one file is
# used in another, or when a room exists that nobody wrote down. One include root would let every
# upward include compile, so the direction needs a test.
cmake_minimum_required(VERSION 3.25)

set(base_may base)
set(system_may system ${base_may})
set(config_may config ${system_may})
set(store_may store ${config_may})
set(backup_may backup ${store_may})
set(health_may health ${store_may})
set(lint_may lint ${config_may})
set(deploy_may deploy backup health lint ${store_may})
set(report_may report ${deploy_may})
set(cli_may cli ${report_may})
set(main_may cli ${report_may})

# header of a library : the only files that may include it
set(only_users
  "yaml-cpp:config/yaml_file.cc"
  "cxxopts:cli/flags.cc"
  "rapidjson:base/json.cc"
  "boost:system/http_probe.cc,system/http_url.cc"
  "openssl:system/digest.cc"
  "archive:system/tar_file.cc")

set(failures "")
file(GLOB_RECURSE sources RELATIVE ${SRC} ${SRC}/*.cc ${SRC}/*.h)
foreach(source IN LISTS sources)
  string(REGEX REPLACE "[/.].*$" "" room ${source})
  if(NOT DEFINED ${room}_may)
    string(APPEND failures "${source}: '${room}' is no room of the design\n")
    continue()
  endif()
  file(STRINGS ${SRC}/${source} includes REGEX "^#include ")
  foreach(include IN LISTS includes)
    if(include MATCHES "^#include \"([a-z_]+)/")
      if(NOT CMAKE_MATCH_1 IN_LIST ${room}_may)
        string(APPEND failures "${source}: may not include ${CMAKE_MATCH_1}/\n")
      endif()
    elseif(include MATCHES "^#include \"")
      string(APPEND failures "${source}: ${include} does not name its room\n")
    endif()
    foreach(rule IN LISTS only_users)
      string(REGEX MATCH "^(.*):(.*)$" _ ${rule})
      set(library ${CMAKE_MATCH_1})
      string(REPLACE "," ";" users ${CMAKE_MATCH_2})
      if(include MATCHES "<${library}" AND NOT source IN_LIST users)
        string(APPEND failures "${source}: only ${users} may include <${library}...>\n")
      endif()
    endforeach()
  endforeach()
endforeach()

list(LENGTH sources count)
if(count LESS 10)
  string(APPEND failures "only ${count} source files found beneath ${SRC}\n")
endif()
if(failures)
  message(FATAL_ERROR "the house is out of order:\n${failures}")
endif()
message(STATUS "${count} files, every include runs downwards")
