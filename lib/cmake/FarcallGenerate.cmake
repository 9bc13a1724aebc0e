# farcall_generate(TARGET HEADERS a.h b.h … [OUT_DIR folder] [ARGS …])
#
# Generates a.rpc.h and a.rpc.cpp for each annotated header, again whenever the header or anything it includes changes,
# compiles them as part of TARGET and links TARGET with the runtime:
#
#   add_executable(server server.cpp)
#   farcall_generate(server HEADERS thermostat.h)
#
# The files go to OUT_DIR, which TARGET (and whoever links it) gets as an include folder; the default is rpc/ in the
# build folder. ARGS are more arguments for `farcall generate`. The headers are parsed with TARGET's own include folders
# and definitions, as C++20 or as what its property CXX_STANDARD says beyond. The tool is the target `farcall` where the same build makes it, otherwise the program
# FARCALL_EXECUTABLE, which is looked for beside this file's installation or in its checkout, and on the PATH.

function(farcall_generate target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUT_DIR" "HEADERS;ARGS")
  if(NOT arg_HEADERS OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "usage: farcall_generate(<target> HEADERS <header>… [OUT_DIR <folder>] [ARGS <argument>…])")
  endif()
  if(TARGET farcall)
    set(tool $<TARGET_FILE:farcall>)
    set(tool_dependency farcall)
  else()
    set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})  # lib/cmake of a checkout, or lib/cmake/Farcall of an installation
    find_program(FARCALL_EXECUTABLE farcall HINTS ${here}/../../build/release/bin ${here}/../../../bin
                 REQUIRED DOC "The farcall tool")
    set(tool ${FARCALL_EXECUTABLE})
    set(tool_dependency ${FARCALL_EXECUTABLE})
  endif()
  if(NOT arg_OUT_DIR)
    set(arg_OUT_DIR ${CMAKE_CURRENT_BINARY_DIR}/rpc)
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUT_DIR BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})

  set(includes $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
  set(definitions $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
  set(standard $<TARGET_PROPERTY:${target},CXX_STANDARD>)
  set(standard $<IF:$<OR:$<STREQUAL:${standard},23>,$<STREQUAL:${standard},26>>,${standard},20>)
  foreach(header ${arg_HEADERS})
    cmake_path(ABSOLUTE_PATH header BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    cmake_path(GET header STEM LAST_ONLY name)
    set(outputs ${arg_OUT_DIR}/${name}.rpc.h ${arg_OUT_DIR}/${name}.rpc.cpp)
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND ${tool} generate ${header} --out-dir=${arg_OUT_DIR} --depfile=${arg_OUT_DIR}/${name}.rpc.d ${arg_ARGS} --
              -std=c++${standard} "$<$<BOOL:${includes}>:-I$<JOIN:${includes},;-I>>"
              "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},;-D>>"
      DEPENDS ${header} ${tool_dependency}
      DEPFILE ${arg_OUT_DIR}/${name}.rpc.d
      COMMENT "Generating ${name}.rpc.h and ${name}.rpc.cpp"
      COMMAND_EXPAND_LISTS VERBATIM)
    target_sources(${target} PRIVATE ${outputs})
  endforeach()
  target_include_directories(${target} PUBLIC ${arg_OUT_DIR} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC Farcall::runtime)
endfunction()

# farcall_plugin(TARGET [OUT_DIR folder] [ARGS …])
#
# Has clang write a.rpc.h and a.rpc.cpp at the moment a source of TARGET includes them, without a rule for it, and links
# TARGET with the runtime. One of its sources includes a.rpc.cpp:
#
#   add_executable(server server.cpp stubs.cpp)   # stubs.cpp: #include "thermostat.rpc.cpp"
#   farcall_plugin(server)
#
# The files go beside their headers, or to OUT_DIR. ARGS are more arguments of the plugin, such as Wno-platform-type.
# The plugin is the target FarcallPlugin where the same build makes it, otherwise the file FARCALL_PLUGIN. Compilers that
# cannot load it compile files that are there already, without warnings of attributes they do not know.
function(farcall_plugin target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUT_DIR" "ARGS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "usage: farcall_plugin(<target> [OUT_DIR <folder>] [ARGS <argument>…])")
  endif()
  target_link_libraries(${target} PUBLIC Farcall::runtime)
  if(arg_OUT_DIR)
    cmake_path(ABSOLUTE_PATH arg_OUT_DIR BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND arg_ARGS out=${arg_OUT_DIR})
    target_include_directories(${target} PUBLIC ${arg_OUT_DIR})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-attributes=rpc::)
    return()
  elseif(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR NOT CMAKE_CXX_COMPILER_VERSION MATCHES "^(22|19)\\.")
    target_compile_options(${target} PRIVATE -Wno-unknown-attributes)
    return()
  endif()
  if(TARGET FarcallPlugin)
    set(plugin $<TARGET_FILE:FarcallPlugin>)
    add_dependencies(${target} FarcallPlugin)
  else()
    set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})  # lib/cmake of a checkout, or lib/cmake/Farcall of an installation
    find_library(FARCALL_PLUGIN NAMES FarcallPlugin.so HINTS ${here}/../../build/release/lib ${here}/../..
                 REQUIRED DOC "Farcall's plugin, of the version of clang that it is used with")
    set(plugin ${FARCALL_PLUGIN})
  endif()
  target_compile_options(${target} PRIVATE -fplugin=${plugin})
  foreach(argument ${arg_ARGS})
    target_compile_options(${target} PRIVATE -fplugin-arg-farcall-${argument})
  endforeach()
endfunction()
