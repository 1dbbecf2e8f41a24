# Debian ships fmt as headers and a shared library only. Header-only use costs three seconds in
# every file, so its headers are compiled once, here, for the static binary.
add_library(fmt_static STATIC ${PROJECT_SOURCE_DIR}/cmake/fmt.cc)
target_include_directories(fmt_static SYSTEM PUBLIC
  $<TARGET_PROPERTY:fmt::fmt-header-only,INTERFACE_INCLUDE_DIRECTORIES>)
target_compile_features(fmt_static PUBLIC cxx_std_20)
target_link_libraries(fmt_static PRIVATE hardening)
# What is inlined has no name that the other files could link.
target_compile_options(fmt_static PRIVATE -fno-inline)
# From fmt 12 on, fmt/core.h leaves fmt::format out unless it is asked for.
target_compile_definitions(project_options INTERFACE FMT_DEPRECATED_HEAVY_CORE)
