# Debian's target links the shared library; its package brings the archive too.
find_library(YAML_CPP_ARCHIVE libyaml-cpp.a REQUIRED)
add_library(yaml_cpp_static INTERFACE)
target_include_directories(yaml_cpp_static SYSTEM INTERFACE ${YAML_CPP_INCLUDE_DIR})
target_link_libraries(yaml_cpp_static INTERFACE ${YAML_CPP_ARCHIVE})
