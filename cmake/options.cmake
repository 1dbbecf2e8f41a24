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

# What makes a mistake in handling memory end the program, and not an attack succeed. Here, and not in
# a preset: a package or a build by hand has them too. The checks of the standard library and of the
# stack are in every build, so that the tests meet them. _FORTIFY_SOURCE needs an optimised one, and a
# compiler that sets it by itself would warn of ours. A test looks for each in the release binary.
add_library(hardening INTERFACE)
target_compile_definitions(hardening INTERFACE _GLIBCXX_ASSERTIONS)
target_compile_options(hardening INTERFACE -fPIE -fstack-protector-strong
  $<$<CONFIG:Release>:-U_FORTIFY_SOURCE> $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3>)
# PIE moves the program to another address at each start; what the start wrote is read-only then.
target_link_options(hardening INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
target_link_libraries(project_options INTERFACE hardening)
include(CheckCXXSourceCompiles)
check_cxx_source_compiles("
  #include <features.h>
  #if !__GLIBC_PREREQ(2, 36)
  #error
  #endif
  int main() {}" libc_reads_packed_relocations)
if(BACKSTEP_SANITIZE)
  target_compile_options(project_options INTERFACE -fsanitize=${BACKSTEP_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(project_options INTERFACE -fsanitize=${BACKSTEP_SANITIZE})
endif()
