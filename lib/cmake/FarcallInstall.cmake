# `cmake --install` and `cpack`: the parts tool, runtime, runtime-dev and doc, the package that find_package(Farcall) reads
# and the one of pkg-config. Everything finds the rest from where it is, so a tree of files can be put anywhere.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Farcall)

if(TARGET farcall_runtime_shared)
  install(TARGETS farcall_runtime_shared EXPORT FarcallRuntimeTargets
          LIBRARY COMPONENT runtime NAMELINK_COMPONENT runtime-dev)
endif()

set_target_properties(farcall_runtime PROPERTIES EXPORT_NAME runtime)
install(TARGETS farcall_runtime EXPORT FarcallRuntimeTargets ARCHIVE COMPONENT runtime-dev)
set(pkgconfig_packages farcall-runtime)
foreach(library amqp tls metrics)
  if(TARGET farcall_${library})
    set_target_properties(farcall_${library} PROPERTIES EXPORT_NAME ${library})
    install(TARGETS farcall_${library} EXPORT FarcallRuntimeTargets ARCHIVE COMPONENT runtime-dev)
    list(APPEND pkgconfig_packages farcall-${library})
  endif()
endforeach()
if(TARGET farcall_metrics)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/metrics/include/rpc DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
          COMPONENT runtime-dev)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/runtime/include/rpc DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT runtime-dev PATTERN "*.rpc.cpp" EXCLUDE)
install(EXPORT FarcallRuntimeTargets NAMESPACE Farcall:: DESTINATION ${package_dir} COMPONENT runtime-dev)
if(FARCALL_CTL)
  install(TARGETS farcallctl RUNTIME COMPONENT runtime)
endif()
if(FARCALL_COMPILER)
  install(TARGETS farcall EXPORT FarcallToolTargets RUNTIME COMPONENT tool)
  install(TARGETS farcall_tool RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/farcall COMPONENT tool)
  if(TARGET FarcallPlugin)
    set_target_properties(FarcallPlugin PROPERTIES EXPORT_NAME plugin)
    install(TARGETS FarcallPlugin EXPORT FarcallToolTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT tool)
    install(PROGRAMS ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/farcall-clangd TYPE BIN COMPONENT tool)
  endif()
  install(EXPORT FarcallToolTargets NAMESPACE Farcall:: DESTINATION ${package_dir} COMPONENT tool)
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/FarcallConfig.cmake.in ${PROJECT_BINARY_DIR}/FarcallConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/FarcallConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/FarcallConfig.cmake ${PROJECT_BINARY_DIR}/FarcallConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/FarcallGenerate.cmake
        DESTINATION ${package_dir} COMPONENT runtime-dev)

cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
           OUTPUT_VARIABLE prefix_from_pkgconfig)
foreach(package ${pkgconfig_packages})
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${package}.pc.in ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT runtime-dev)
endforeach()

install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)

include(FarcallPackages)
