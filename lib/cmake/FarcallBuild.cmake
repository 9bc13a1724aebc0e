# How every target of the project is built: language level, warnings, sanitizers, folders.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

find_program(FARCALL_CCACHE ccache)
if(FARCALL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FARCALL_CCACHE})
endif()

if(FARCALL_SANITIZE)
  add_compile_options(-fsanitize=${FARCALL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${FARCALL_SANITIZE})
endif()

add_library(farcall_warnings INTERFACE)
target_compile_options(farcall_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror -Wno-missing-field-initializers)

# farcall_layer(NAME SOURCES… DEPENDS targets…): one layer of the tool as a static library, with lib/ as its only
# include path. No layer made by this function can include LLVM.
function(farcall_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(farcall_${name} STATIC ${arg_SOURCES})
  target_include_directories(farcall_${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(farcall_${name} PUBLIC ${arg_DEPENDS} PRIVATE farcall_warnings)
endfunction()

# farcall_test(NAME SOURCES… LIBS targets…): one GoogleTest program, one CTest test per case.
function(farcall_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/test)
  target_link_libraries(${name} PRIVATE ${arg_LIBS} farcall_warnings GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
