# The headers of the language that nearly every file reads, compiled once: a third of the time that a
# build takes. Files include what they use all the same; the `tidy` and `asan` presets build without.
option(BACKSTEP_PRECOMPILED_HEADERS "Compile the most used headers once" OFF)
set(most_used_headers <algorithm> <array> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <utility> <vector> <fmt/core.h>)

# One for all targets that are compiled alike.
function(precompile_headers first)
  if(NOT BACKSTEP_PRECOMPILED_HEADERS)
    return()
  endif()
  target_precompile_headers(${first} PRIVATE ${most_used_headers})
  foreach(target IN LISTS ARGN)
    target_precompile_headers(${target} REUSE_FROM ${first})
  endforeach()
endfunction()
