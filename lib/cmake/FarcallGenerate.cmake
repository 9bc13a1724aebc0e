# farcall_generate(TARGET HEADERS a.h b.h … [OUT_DIR folder] [EMIT proto mock json] [EXTRA_ARGS argument…])
#
# Generates a.rpc.h and a.rpc.cpp for each annotated header, again whenever the header, anything it includes or the flags
# change, compiles them as part of TARGET and links TARGET with the runtime:
#
#   add_executable(server server.cpp)
#   farcall_generate(server HEADERS thermostat.h)
#
# The files go to OUT_DIR, which TARGET (and whoever links it) gets as an include folder; the default is rpc/ in the
# build folder. EMIT asks for more than code: a.proto, a.rpc.mock.h, a.rpc.json. EXTRA_ARGS are more arguments for
# `farcall generate`. The headers are parsed with the include folders, definitions and options that TARGET is compiled
# with, generator expressions and what it gets from the libraries it links among them, as C++20 or as what TARGET asks
# for beyond.
#
# The tool is the target Farcall::farcall: the one that the same build makes, or that of the installed package, or the
# program Farcall_EXECUTABLE, as for cross-compiling, where it has to run on this machine.
function(farcall_generate target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUT_DIR" "HEADERS;EMIT;EXTRA_ARGS")
  if(NOT arg_HEADERS OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "usage: farcall_generate(<target> HEADERS <header>… [OUT_DIR <folder>] [EMIT proto mock json] "
                        "[EXTRA_ARGS <argument>…])")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "farcall_generate: there is no target '${target}'; add it before")
  endif()
  foreach(each ${arg_EMIT})
    if(NOT each MATCHES "^(proto|mock|json)$")
      message(FATAL_ERROR "farcall_generate: EMIT knows proto, mock and json, not '${each}'; code is made in any case")
    endif()
  endforeach()
  farcall_provide_tool()
  if(NOT arg_OUT_DIR)
    set(arg_OUT_DIR ${CMAKE_CURRENT_BINARY_DIR}/rpc)
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUT_DIR BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  farcall_parse_flags(${target} flags)
  foreach(header ${arg_HEADERS})
    cmake_path(ABSOLUTE_PATH header BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    farcall_generate_header(${target} ${header})
  endforeach()
  target_include_directories(${target} PUBLIC ${arg_OUT_DIR} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC Farcall::runtime)
endfunction()

# The rule for one header, with the arg_… and flags of farcall_generate. All arguments are in a file, which changes only
# if they do: Make, too, runs the rule again then.
function(farcall_generate_header target header)
  cmake_path(GET header STEM LAST_ONLY name)
  set(base ${arg_OUT_DIR}/${name})
  set(outputs ${base}.rpc.h ${base}.rpc.cpp)  # the contract is an input as well, and no output for build systems
  set(kinds cpp ${arg_EMIT})
  if("proto" IN_LIST arg_EMIT)
    list(APPEND outputs ${base}.proto)
  endif()
  if("mock" IN_LIST arg_EMIT)
    list(APPEND outputs ${base}.rpc.mock.h)
  endif()

  list(JOIN kinds "," kinds)
  list(JOIN arg_EXTRA_ARGS "\n" extra)
  set(arguments ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/${name}.farcall-$<CONFIG>)
  file(GENERATE OUTPUT ${arguments} CONTENT
       "${header}\n--out-dir=${arg_OUT_DIR}\n--depfile=${base}.rpc.d\n--emit=${kinds}\n${extra}\n--\n${flags}\n"
       CONDITION $<COMPILE_LANGUAGE:CXX> TARGET ${target})
  set(tool_files Farcall::farcall)
  if(TARGET farcall_tool)
    list(APPEND tool_files farcall_tool)
  endif()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND Farcall::farcall generate @${arguments}
    DEPENDS ${header} ${arguments} ${tool_files}
    DEPFILE ${base}.rpc.d
    COMMENT "Generating ${name}.rpc.h and ${name}.rpc.cpp"
    VERBATIM)
  target_sources(${target} PRIVATE ${outputs})
endfunction()

# What `farcall generate` is to parse with, one flag a line: a generator expression for the target.
function(farcall_parse_flags target result)
  foreach(property INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS COMPILE_FEATURES CXX_STANDARD CXX_EXTENSIONS)
    set(${property} $<TARGET_PROPERTY:${target},${property}>)
  endforeach()
  set(includes "$<FILTER:${INCLUDE_DIRECTORIES},EXCLUDE,^$>")
  set(definitions "$<FILTER:${COMPILE_DEFINITIONS},EXCLUDE,^$>")
  set(options "$<FILTER:${COMPILE_OPTIONS},EXCLUDE,^SHELL:|^-fplugin|^$>")
  set(is_26 $<OR:$<STREQUAL:${CXX_STANDARD},26>,$<IN_LIST:cxx_std_26,${COMPILE_FEATURES}>>)
  set(is_23 $<OR:$<STREQUAL:${CXX_STANDARD},23>,$<IN_LIST:cxx_std_23,${COMPILE_FEATURES}>>)
  set(has_extensions $<OR:$<STREQUAL:${CXX_EXTENSIONS},>,$<BOOL:${CXX_EXTENSIONS}>>)
  separate_arguments(global NATIVE_COMMAND "${CMAKE_CXX_FLAGS}")
  if(CMAKE_CROSSCOMPILING)
    if(CMAKE_CXX_COMPILER_TARGET)
      list(APPEND global --target=${CMAKE_CXX_COMPILER_TARGET})
    elseif(CMAKE_LIBRARY_ARCHITECTURE)
      list(APPEND global --target=${CMAKE_LIBRARY_ARCHITECTURE})
    endif()
    if(CMAKE_SYSROOT)
      list(APPEND global --sysroot=${CMAKE_SYSROOT})
    endif()
  endif()
  list(JOIN global "\n" global)
  string(CONCAT flags "${global}\n$<JOIN:${options},\n>\n"
                      "-std=$<IF:${has_extensions},gnu,c>++$<IF:${is_26},26,$<IF:${is_23},23,20>>\n"
                      "$<$<BOOL:${includes}>:-I$<JOIN:${includes},\n-I>>\n"
                      "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},\n-D>>")
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# The target Farcall::farcall, where neither this build nor the package has made it.
function(farcall_provide_tool)
  if(TARGET Farcall::farcall)
    return()
  endif()
  set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})  # lib/cmake of a checkout, or lib/cmake/Farcall of an installation
  find_program(Farcall_EXECUTABLE farcall HINTS ${here}/../../build/release/bin ${here}/../../../bin
               DOC "The farcall tool, which runs on this machine")
  if(NOT Farcall_EXECUTABLE)
    message(FATAL_ERROR "there is no farcall tool: install it, or set Farcall_EXECUTABLE to where it is")
  endif()
  add_executable(Farcall::farcall IMPORTED GLOBAL)
  set_target_properties(Farcall::farcall PROPERTIES IMPORTED_LOCATION ${Farcall_EXECUTABLE})
endfunction()

# farcall_plugin(TARGET [OUT_DIR folder] [EXTRA_ARGS argument…])
#
# Has clang write a.rpc.h and a.rpc.cpp at the moment a source of TARGET includes them, without a rule for it, and links
# TARGET with the runtime. One of its sources includes a.rpc.cpp:
#
#   add_executable(server server.cpp stubs.cpp)   # stubs.cpp: #include "thermostat.rpc.cpp"
#   farcall_plugin(server)
#
# The files go beside their headers, or to OUT_DIR. EXTRA_ARGS are more arguments of the plugin, such as
# Wno-platform-type. The plugin is the target Farcall::plugin: the one that the same build makes, or that of the
# installed package, or the file Farcall_PLUGIN. Compilers that cannot load it compile files that are there already,
# without warnings of attributes they do not know.
function(farcall_plugin target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUT_DIR" "EXTRA_ARGS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "usage: farcall_plugin(<target> [OUT_DIR <folder>] [EXTRA_ARGS <argument>…])")
  endif()
  target_link_libraries(${target} PUBLIC Farcall::runtime)
  if(arg_OUT_DIR)
    cmake_path(ABSOLUTE_PATH arg_OUT_DIR BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND arg_EXTRA_ARGS out=${arg_OUT_DIR})
    target_include_directories(${target} PUBLIC ${arg_OUT_DIR})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-attributes=rpc::)
    return()
  elseif(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR NOT CMAKE_CXX_COMPILER_VERSION MATCHES "^(22|19)\\.")
    target_compile_options(${target} PRIVATE -Wno-unknown-attributes)
    return()
  endif()
  farcall_provide_plugin()
  target_compile_options(${target} PRIVATE -fplugin=$<TARGET_FILE:Farcall::plugin>)
  if(TARGET FarcallPlugin)
    add_dependencies(${target} FarcallPlugin)
  endif()
  foreach(argument ${arg_EXTRA_ARGS})
    target_compile_options(${target} PRIVATE -fplugin-arg-farcall-${argument})
  endforeach()
  farcall_depend_mode(${target})
endfunction()

# ccache goes by what the preprocessor prints, in which the frozen contract is not, unless it is told to go by the
# dependency file.
function(farcall_depend_mode target)
  get_target_property(launcher ${target} CXX_COMPILER_LAUNCHER)
  if(launcher MATCHES "(^|;|/)ccache(;|$)")
    set_property(TARGET ${target} PROPERTY CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_DEPEND=1 ${launcher})
  endif()
endfunction()

# The target Farcall::plugin, where neither this build nor the package has made it.
function(farcall_provide_plugin)
  if(TARGET Farcall::plugin)
    return()
  endif()
  set(here ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  find_library(Farcall_PLUGIN NAMES FarcallPlugin.so HINTS ${here}/../../build/release/lib ${here}/../..
               DOC "Farcall's plugin, for the clang that it is used with")
  if(NOT Farcall_PLUGIN)
    message(FATAL_ERROR "there is no FarcallPlugin.so: install it, or set Farcall_PLUGIN to where it is")
  endif()
  add_library(Farcall::plugin MODULE IMPORTED GLOBAL)
  set_target_properties(Farcall::plugin PROPERTIES IMPORTED_LOCATION ${Farcall_PLUGIN})
endfunction()
