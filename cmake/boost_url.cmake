# Debian's newer Boost lies beside its default one, whose CMake package would be found instead. Asio
# and Beast are headers; only the URL parser has an archive.
find_path(BOOST_INCLUDE_DIR boost/url.hpp REQUIRED)
find_library(BOOST_URL_ARCHIVE libboost_url.a REQUIRED)
add_library(boost_url_static INTERFACE)
target_include_directories(boost_url_static SYSTEM INTERFACE ${BOOST_INCLUDE_DIR})
target_link_libraries(boost_url_static INTERFACE ${BOOST_URL_ARCHIVE})
