# `cmake --install`: the runtime, its headers, and the package that find_package(Farcall) reads. The tool installs itself
# where it is built.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Farcall)

set_target_properties(farcall_runtime PROPERTIES EXPORT_NAME runtime)
install(TARGETS farcall_runtime EXPORT FarcallTargets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/runtime/include/rpc DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        PATTERN "*.rpc.cpp" EXCLUDE)
install(EXPORT FarcallTargets NAMESPACE Farcall:: DESTINATION ${package_dir})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/FarcallConfig.cmake.in ${PROJECT_BINARY_DIR}/FarcallConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/FarcallConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/FarcallConfig.cmake ${PROJECT_BINARY_DIR}/FarcallConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/FarcallGenerate.cmake
        DESTINATION ${package_dir})
