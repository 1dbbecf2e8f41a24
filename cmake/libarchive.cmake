# The archive alone, for the static binary: only tar is used of it, and with --gc-sections nothing
# of it asks for zlib, bzip2, lzma and the others that its whole would need.
find_path(LIBARCHIVE_INCLUDE_DIR archive.h REQUIRED)
find_library(LIBARCHIVE_ARCHIVE libarchive.a REQUIRED)
add_library(libarchive_static INTERFACE)
target_include_directories(libarchive_static SYSTEM INTERFACE ${LIBARCHIVE_INCLUDE_DIR})
target_link_libraries(libarchive_static INTERFACE ${LIBARCHIVE_ARCHIVE} -Wl,--gc-sections)
