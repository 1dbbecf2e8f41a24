# Fails when a room or a wing includes what its line does not name, when a library that belongs to
# one file is used in another, when a room or a wing exists that nobody wrote down, and when a folder
# is too full to find anything in it. One include root would let every upward include compile, so the
# direction needs a test.
cmake_minimum_required(VERSION 3.25)

set(base_may base)
set(system_may system ${base_may})
set(config_may config ${system_may})
set(store_may store ${config_may})
set(backup_may backup ${store_may})
set(health_may health ${config_may})
set(lint_may lint ${config_may})
set(journal_may journal ${backup_may})
set(deploy_may deploy journal health lint ${backup_may})
set(report_may report ${deploy_may})
set(cli_may cli ${report_may})
set(main_may cli ${report_may})

# wing : what of its own room it may include. "top" is what lies beside the wings. A room without a
# line has no wings.
set(wings
  "system/top:"
  "system/files:top"
  "system/http:top"
  "system/process:top"
  "config/top:"
  "config/file:top"
  "store/top:"
  "store/sets:top"
  "store/records:top sets"
  "store/retention:top sets records"
  "store/archive:top sets records"
  "backup/tracked:"
  "backup/restore:tracked"
  "backup/top:tracked restore"
  "deploy/run:"
  "deploy/steps:run"
  "deploy/remote:run"
  "deploy/rollback:run steps remote"
  "deploy/top:run steps remote rollback"
  "report/top:"
  "report/diff:top"
  "report/log:top"
  "report/outcome:top"
  "report/platform:top log outcome"
  "cli/top:"
  "cli/completion:top"
  "cli/init:top"
  "cli/verbs:top")
set(most_names_beside_wings 12)
set(most_files_in_a_folder 45)

# header of a library : the only files that may include it
set(only_users
  "yaml-cpp:config/file/yaml_file.cc"
  "cxxopts:cli/flags.cc"
  "rapidjson:base/json.cc"
  "curl:system/http/http_probe.cc,system/http/http_url.cc"
  "openssl:system/files/digest.cc"
  "archive:system/files/tar_file.cc"
  "dtl:report/diff/line_diff.cc"
  "kainjow:report/outcome/rendering.cc")

set(failures "")
foreach(line IN LISTS wings)
  string(REGEX MATCH "^([a-z]+)/([a-z]+):(.*)$" _ ${line})
  string(REPLACE " " ";" may "${CMAKE_MATCH_3}")
  set(${CMAKE_MATCH_1}/${CMAKE_MATCH_2}_may ${CMAKE_MATCH_2} ${may})
endforeach()

# "deploy/run/outcome.h" -> room "deploy", wing "run"; "deploy/story.h" -> wing "top".
macro(place_of path)
  string(REGEX MATCH "^([a-z]+)" room ${path})
  set(wing top)
  if(${path} MATCHES "^[a-z]+/([a-z]+)/")
    set(wing ${CMAKE_MATCH_1})
  endif()
endmacro()

# What no list names is built by nobody, and a test of it would never fail.
macro(require_listed lists file shown)
  file(READ ${lists} listed)
  if(NOT listed MATCHES "[ \n]${file}[ \n)]")
    string(APPEND failures "${shown}: nothing builds it\n")
  endif()
endmacro()
file(GLOB_RECURSE tests RELATIVE ${SRC}/../tests/unit ${SRC}/../tests/unit/*_test.cc)
foreach(test IN LISTS tests)
  string(REGEX MATCH "^([a-z]+)/(.*)$" _ ${test})
  require_listed(${SRC}/../tests/unit/${CMAKE_MATCH_1}/sources.cmake ${CMAKE_MATCH_2} tests/unit/${test})
endforeach()

file(GLOB_RECURSE sources RELATIVE ${SRC} ${SRC}/*.cc ${SRC}/*.h)
foreach(source IN LISTS sources)
  place_of(${source})
  if(NOT DEFINED ${room}_may)
    string(APPEND failures "${source}: '${room}' is no room of the design\n")
    continue()
  endif()
  if(NOT wing STREQUAL top AND NOT DEFINED ${room}/${wing}_may)
    string(APPEND failures "${source}: '${room}/${wing}' is no wing of the design\n")
    continue()
  endif()
  set(own_room ${room})
  set(own_wing ${wing})
  file(STRINGS ${SRC}/${source} includes REGEX "^#include ")
  foreach(include IN LISTS includes)
    if(include MATCHES "^#include \"([a-z_]+/[a-z_0-9/]+)")
      place_of(${CMAKE_MATCH_1})
      if(NOT room IN_LIST ${own_room}_may)
        string(APPEND failures "${source}: may not include ${room}/\n")
      elseif(room STREQUAL own_room AND DEFINED ${own_room}/${own_wing}_may
             AND NOT wing IN_LIST ${own_room}/${own_wing}_may)
        string(APPEND failures "${source}: may not include the wing '${wing}' of ${room}/\n")
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

  if(source MATCHES "^([a-z]+)/(.*\\.cc)$")
    require_listed(${SRC}/${CMAKE_MATCH_1}/CMakeLists.txt ${CMAKE_MATCH_2} src/${source})
  endif()
  get_filename_component(folder ${source} DIRECTORY)
  get_filename_component(name ${source} NAME_WE)
  list(APPEND folders "${folder}")
  list(APPEND "files of ${folder}" ${source})
  list(APPEND "names of ${folder}" ${name})
endforeach()

list(REMOVE_DUPLICATES folders)
foreach(folder IN LISTS folders)
  list(REMOVE_DUPLICATES "names of ${folder}")
  list(LENGTH "names of ${folder}" names)
  list(LENGTH "files of ${folder}" files)
  if(files GREATER most_files_in_a_folder)
    string(APPEND failures "${folder}/: ${files} files, more than ${most_files_in_a_folder}\n")
  endif()
  if(NOT folder MATCHES "/" AND names GREATER most_names_beside_wings)
    string(APPEND failures "${folder}/: ${names} names, more than ${most_names_beside_wings}; a wing would gather some\n")
  endif()
endforeach()

list(LENGTH sources count)
if(count LESS 10)
  string(APPEND failures "only ${count} source files found beneath ${SRC}\n")
endif()
if(failures)
  message(FATAL_ERROR "the house is out of order:\n${failures}")
endif()
message(STATUS "${count} files, every include runs downwards")
