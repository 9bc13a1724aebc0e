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
if(FARCALL_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Sources of a layer or of a test program are compiled several at once: most of the time goes into headers that all of
# them include. Off, each source shows that it includes what it needs, and a small change is compiled sooner; but calls
# take a tenth longer.
option(FARCALL_UNITY "Compile the sources of a target together" ON)

add_library(farcall_warnings INTERFACE)
target_compile_options(farcall_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror -Wno-missing-field-initializers)
# g++ 12 sees overlapping copies in "text" + std::string that are not there (GCC bug 105651).
target_compile_options(farcall_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

# farcall_layer(NAME SOURCES… DEPENDS targets…): one layer of the tool as a static library, with lib/ as its only
# include path. No layer made by this function can include LLVM.
function(farcall_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(farcall_${name} STATIC ${arg_SOURCES})
  target_include_directories(farcall_${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(farcall_${name} PUBLIC ${arg_DEPENDS} PRIVATE farcall_warnings)
  set_target_properties(farcall_${name} PROPERTIES UNITY_BUILD ${FARCALL_UNITY})
endfunction()

# farcall_library(NAME [TRANSPORT] DESCRIPTION text SOURCES… DEPENDS targets… INSTALLED names…): a static library beside the
# runtime, Farcall::NAME, for programs that want it; a part of the runtime, so it sees what no user does. DEPENDS is what
# it is built with, INSTALLED the same for the linker of who has it installed. Linking it is all that a program does: a
# TRANSPORT makes itself known by the symbol farcall_NAME. The properties FARCALL_LIBRARIES and FARCALL_TRANSPORTS list them.
function(farcall_library name)
  cmake_parse_arguments(arg "TRANSPORT" "DESCRIPTION" "SOURCES;DEPENDS;INSTALLED" ${ARGN})
  set(library farcall_${name})
  add_library(${library} STATIC ${arg_SOURCES})
  add_library(Farcall::${name} ALIAS ${library})
  target_include_directories(${library} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/lib/runtime/src)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_include_directories(${library} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
                                                 $<INSTALL_INTERFACE:include>)
  endif()
  target_link_libraries(${library} PUBLIC farcall_runtime
    PRIVATE "$<BUILD_INTERFACE:${arg_DEPENDS}>" "$<INSTALL_INTERFACE:${arg_INSTALLED}>" $<BUILD_INTERFACE:farcall_warnings>)
  list(TRANSFORM arg_INSTALLED PREPEND -l OUTPUT_VARIABLE flags)
  list(PREPEND flags -l${library})
  set_property(GLOBAL APPEND PROPERTY FARCALL_LIBRARIES ${name})
  if(arg_TRANSPORT)
    target_link_options(${library} INTERFACE LINKER:-u,${library})
    list(PREPEND flags -Wl,-u,${library})
    set_property(GLOBAL APPEND PROPERTY FARCALL_TRANSPORTS ${name})
  endif()
  list(JOIN flags " " flags)
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${name} FARCALL_DESCRIPTION ${arg_DESCRIPTION}
                                              FARCALL_LINK_FLAGS ${flags})
  if(NOT PROJECT_IS_TOP_LEVEL)
    set_target_properties(${library} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# The area of tests that the current folder belongs to: the first folder below test/. It is the label of its tests.
function(farcall_test_area result)
  file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR}/test ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX MATCH "^[^/]+" area ${path})
  set(${result} ${area} PARENT_SCOPE)
endfunction()

# farcall_test(NAME SOURCES… LIBS targets…): one GoogleTest program, one CTest test per case. Under sanitizers, where a
# process takes far longer to start than most cases to run, one CTest test for each quarter of the cases.
function(farcall_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
  farcall_test_area(area)
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${FARCALL_UNITY})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/test)
  target_link_libraries(${name} PRIVATE ${arg_LIBS} farcall_warnings GTest::gmock GTest::gtest_main)
  if(FARCALL_SANITIZE)
    # What the sanitizers of g++ 12 add makes it see uninitialised members inside std::regex and std::function, and
    # takes twice as long to compile when it is optimised. What the tests call is optimised all the same.
    target_compile_options(${name} PRIVATE -Wno-maybe-uninitialized -O0)
    foreach(quarter RANGE 3)
      add_test(NAME ${name}.${quarter} COMMAND ${name})
      set_tests_properties(${name}.${quarter} PROPERTIES TIMEOUT 600 LABELS ${area}
        ENVIRONMENT "GTEST_TOTAL_SHARDS=4;GTEST_SHARD_INDEX=${quarter}")
    endforeach()
  else()
    # What the tests call is optimised in full; they themselves would only take longer to compile.
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
    gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300 LABELS ${area})
  endif()
endfunction()

# farcall_label_tests(NAME…): the label of the area for tests that were made with add_test.
function(farcall_label_tests)
  farcall_test_area(area)
  set_tests_properties(${ARGN} PROPERTIES LABELS ${area} TIMEOUT 300)
endfunction()

# farcall_fuzzer(NAME SOURCES… LIBS targets… [SECONDS n]): a libFuzzer program with its seeds in corpus/NAME. As a test
# it runs for a few seconds from the seeds; `./dev fuzz NAME` runs it longer and keeps what it learns.
function(farcall_fuzzer name)
  cmake_parse_arguments(arg "" "SECONDS" "SOURCES;LIBS" ${ARGN})
  if(NOT arg_SECONDS)
    set(arg_SECONDS 10)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_SOURCE_DIR}/test)
  target_link_libraries(${name} PRIVATE ${arg_LIBS} farcall_warnings)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set(learned ${CMAKE_BINARY_DIR}/corpus/${name})
  file(MAKE_DIRECTORY ${learned} ${CMAKE_BINARY_DIR}/crashes)
  add_test(NAME fuzz.${name}
           COMMAND ${name} -max_total_time=${arg_SECONDS} -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
                   -artifact_prefix=${CMAKE_BINARY_DIR}/crashes/${name}- ${learned} ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
  farcall_label_tests(fuzz.${name})
endfunction()
