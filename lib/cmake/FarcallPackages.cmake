# `cpack` in a build folder: Debian packages, one for each part of the installation.
#
#   cmake --build --preset release && (cd build/release && cpack)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME farcall)
set(CPACK_PACKAGE_VENDOR Farcall)
set(CPACK_PACKAGE_CONTACT "Farcall maintainers <maintainers@farcall.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL runtime runtime-dev doc)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/lib/shared)
if(FARCALL_COMPILER)
  foreach(variable LLVM_VERSION_MAJOR LLVM_PACKAGE_VERSION)
    get_directory_property(${variable} DIRECTORY ${PROJECT_SOURCE_DIR}/lib/frontend DEFINITION ${variable})
  endforeach()
  list(PREPEND CPACK_COMPONENTS_ALL tool)
endif()

# The tool parses with Clang's builtin headers and those of the standard library. What it links is listed by hand, since
# dpkg-shlibdeps takes a quarter of a minute to read LLVM.
set(CPACK_DEBIAN_TOOL_PACKAGE_NAME farcall)
set(CPACK_COMPONENT_TOOL_DESCRIPTION "Makes remote interfaces of annotated C++ headers
 The program farcall, and the plugin with which clang does the same.")
string(CONCAT CPACK_DEBIAN_TOOL_PACKAGE_DEPENDS
  "libc6 (>= 2.34), libgcc-s1 (>= 3.4), libstdc++6 (>= 12), libspdlog1.10-fmt9, libfmt9 (>= 9.1.0), "
  "libclang-cpp${LLVM_VERSION_MAJOR} (>= 1:${LLVM_PACKAGE_VERSION}), libllvm${LLVM_VERSION_MAJOR}, "
  "libclang-common-${LLVM_VERSION_MAJOR}-dev, libstdc++-12-dev | libstdc++-dev")
set(CPACK_DEBIAN_TOOL_PACKAGE_RECOMMENDS farcall-runtime-dev)
set(CPACK_DEBIAN_TOOL_PACKAGE_SUGGESTS "clang-${LLVM_VERSION_MAJOR}, clangd-${LLVM_VERSION_MAJOR}")

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME farcall-runtime)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "Runtime of remote interfaces made by farcall
 The shared library, and farcallctl, which asks and calls servers from the shell.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)

set(CPACK_DEBIAN_RUNTIME-DEV_PACKAGE_NAME farcall-runtime-dev)
set(CPACK_COMPONENT_RUNTIME-DEV_DESCRIPTION "Headers of the farcall runtime, and the packages for CMake and pkg-config
 Together with its static library.")
set(CPACK_DEBIAN_RUNTIME-DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_RUNTIME-DEV_PACKAGE_DEPENDS
    "farcall-runtime (= ${PROJECT_VERSION}), libsqlite3-dev (>= 3.40), libstdc++-12-dev | libstdc++-dev")
set(CPACK_DEBIAN_RUNTIME-DEV_PACKAGE_SUGGESTS "farcall, librabbitmq-dev, libssl-dev, prometheus-cpp-dev")

set(CPACK_DEBIAN_DOC_PACKAGE_NAME farcall-doc)
set(CPACK_COMPONENT_DOC_DESCRIPTION "Documentation of farcall
 The tutorial, the reference and the pages of all rules, as Markdown.")
set(CPACK_DEBIAN_DOC_PACKAGE_SECTION doc)
set(CPACK_DEBIAN_DOC_PACKAGE_ARCHITECTURE all)
set(CPACK_COMPONENT_DOC_ARCHITECTURE all)
include(CPack)
