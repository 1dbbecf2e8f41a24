# Of several files that are compiled as one, clang takes a name of one for shadowed in the next.
set(clang_sees_units $<AND:$<CXX_COMPILER_ID:Clang>,$<BOOL:${CMAKE_UNITY_BUILD}>>)

# What every target of ours is compiled with; linked PRIVATE, so that nothing leaks to a user.
add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_include_directories(project_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(project_options INTERFACE _GNU_SOURCE)
target_compile_options(project_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough
  $<$<NOT:${clang_sees_units}>:-Wshadow>
  $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wuseless-cast>
  $<$<BOOL:${BACKSTEP_WERROR}>:-Werror>
  -ffunction-sections -fdata-sections)
if(BACKSTEP_SANITIZE)
  target_compile_options(project_options INTERFACE -fsanitize=${BACKSTEP_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(project_options INTERFACE -fsanitize=${BACKSTEP_SANITIZE})
endif()
