# `cmake --install`, and the packages that CPack makes of it: cpack --config build/release/CPackConfig.cmake
# The static binary needs no other package.
include(GNUInstallDirs)
install(TARGETS backstep)
install(FILES docs/backstep.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES docs/backstep.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/backstep)
set(completions src/cli/completion)
install(FILES ${completions}/backstep.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME backstep)
install(FILES ${completions}/backstep.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
# Debian's zsh looks in the second one.
foreach(functions site-functions vendor-completions)
  install(FILES ${completions}/backstep.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${functions}
    RENAME _backstep)
endforeach()

set(architecture ${CMAKE_SYSTEM_PROCESSOR})
string(REPLACE x86_64 amd64 architecture ${architecture})
string(REPLACE aarch64 arm64 architecture ${architecture})
set(CPACK_GENERATOR DEB RPM TGZ)
set(CPACK_PACKAGE_VENDOR "the backstep developers")
set(CPACK_PACKAGE_CONTACT "the backstep developers <backstep@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "pipeline step that backs up, deploys, checks and rolls back")
set(CPACK_PACKAGE_DESCRIPTION "A CI pipeline step that backs up generated scripts, runs a generator and a deploy,
asks a health check, and rolls back by itself when that fails.")
set(CPACK_PACKAGE_FILE_NAME backstep-${PROJECT_VERSION}-linux-${architecture})
set(CPACK_DEBIAN_FILE_NAME ${CPACK_PACKAGE_FILE_NAME}.deb)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${architecture})
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_RPM_FILE_NAME ${CPACK_PACKAGE_FILE_NAME}.rpm)
set(CPACK_RPM_PACKAGE_ARCHITECTURE ${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_RPM_PACKAGE_LICENSE Apache-2.0)
set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
# Others own these directories.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
  /usr/share/man /usr/share/man/man1 /usr/share/doc /usr/share/zsh /usr/share/zsh/site-functions
  /usr/share/zsh/vendor-completions /usr/share/fish /usr/share/fish/vendor_completions.d
  /usr/share/bash-completion /usr/share/bash-completion/completions)
include(CPack)
