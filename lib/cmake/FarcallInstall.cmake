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
# farcall_install_pkgconfig(PACKAGE TEMPLATE)
function(farcall_install_pkgconfig package template)
  configure_file(${template} ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT runtime-dev)
endfunction()
farcall_install_pkgconfig(farcall-runtime ${CMAKE_CURRENT_LIST_DIR}/farcall-runtime.pc.in)

get_property(libraries GLOBAL PROPERTY FARCALL_LIBRARIES)
foreach(library ${libraries})
  install(TARGETS farcall_${library} EXPORT FarcallRuntimeTargets ARCHIVE COMPONENT runtime-dev)
  if(EXISTS ${PROJECT_SOURCE_DIR}/lib/${library}/include)
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/${library}/include/rpc DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
            COMPONENT runtime-dev)
  endif()
  get_target_property(description farcall_${library} FARCALL_DESCRIPTION)
  get_target_property(link_flags farcall_${library} FARCALL_LINK_FLAGS)
  farcall_install_pkgconfig(farcall-${library} ${CMAKE_CURRENT_LIST_DIR}/farcall-library.pc.in)
endforeach()

install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)

include(FarcallPackages)
