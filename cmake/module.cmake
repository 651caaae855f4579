# One folder = one library = one namespace. A module's CMakeLists.txt is one call:
#
#   verbatim_module(ground/merkle USES ground/base ground/crypto LINK OpenSSL::Crypto PRIVATE_LINK ...)
#
# It takes the folder's *.cpp as the library ground_merkle, *_test.cpp as the program ground_merkle_test (GoogleTest,
# registered with CTest), and *_fuzz.cpp as libFuzzer programs of the asan preset with the seeds in corpus/<name>/.
# USES is what the module may include; cmake/layout.cmake holds every #include against it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
find_package(GTest)
# Both, or no tests: a machine that has one of them only builds the program.
find_path(RAPIDCHECK_INCLUDE rapidcheck.h)

set_property(GLOBAL PROPERTY verbatim_modules "")

# The standard library once, for everybody.
file(WRITE ${CMAKE_BINARY_DIR}/pch_anchor.cpp.in "")
configure_file(${CMAKE_BINARY_DIR}/pch_anchor.cpp.in ${CMAKE_BINARY_DIR}/pch_anchor.cpp COPYONLY)
add_library(verbatim_pch OBJECT ${CMAKE_BINARY_DIR}/pch_anchor.cpp)
target_precompile_headers(verbatim_pch PRIVATE
  <algorithm> <array> <atomic> <chrono> <compare> <condition_variable> <cstdint> <cstring> <deque> <functional> <map> <memory>
  <mutex> <optional> <set> <span> <string> <string_view> <thread> <tuple> <type_traits> <unordered_map> <utility> <variant> <vector>)

function(verbatim_module name)
  cmake_parse_arguments(M "" "" "USES;LINK;PRIVATE_LINK;TEST_LINK;TEST_USES" ${ARGN})
  string(REPLACE "/" "_" target ${name})
  set(dir ${CMAKE_SOURCE_DIR}/src/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp)
  set(tests ${sources})
  set(fuzzers ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|_bench)\\.cpp$")
  # Commas, for a semicolon would make several list elements of one module.
  string(REPLACE ";" "," line "${name}:${M_USES}:${M_TEST_USES}")
  set_property(GLOBAL APPEND PROPERTY verbatim_modules "${line}")

  set(uses)
  foreach(use ${M_USES})
    string(REPLACE "/" "_" use_target ${use})
    list(APPEND uses ${use_target})
  endforeach()
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PUBLIC ${uses} ${M_LINK} Threads::Threads PRIVATE ${M_PRIVATE_LINK})
    target_precompile_headers(${target} REUSE_FROM verbatim_pch)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} INTERFACE ${uses} ${M_LINK} Threads::Threads)
  endif()

  set(test_uses)
  foreach(use ${M_TEST_USES})
    string(REPLACE "/" "_" use_target ${use})
    list(APPEND test_uses ${use_target})
  endforeach()
  if(tests AND GTest_FOUND AND RAPIDCHECK_INCLUDE)
    add_executable(${target}_test ${tests})
    target_link_libraries(${target}_test PRIVATE ${target} ${test_uses} ${M_PRIVATE_LINK} ${M_TEST_LINK} GTest::gtest GTest::gmock GTest::gtest_main)
    target_precompile_headers(${target}_test REUSE_FROM verbatim_pch)
    add_test(NAME ${target} COMMAND ${target}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${target} PROPERTIES LABELS unit)
  endif()
  if(VERBATIM_ASAN)
    foreach(fuzzer ${fuzzers})
      get_filename_component(fuzz_name ${fuzzer} NAME_WE)
      add_executable(${fuzz_name} ${fuzzer})
      target_link_libraries(${fuzz_name} PRIVATE ${target} ${M_PRIVATE_LINK})
      target_precompile_headers(${fuzz_name} REUSE_FROM verbatim_pch)
      target_link_options(${fuzz_name} PRIVATE -fsanitize=fuzzer)
      set_property(GLOBAL APPEND PROPERTY verbatim_fuzzers ${fuzz_name})
      # A short run over the seed corpus and whatever libFuzzer finds; new inputs go to the build folder, not the tree.
      file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/corpus/${fuzz_name})
      set(seeds)
      if(IS_DIRECTORY ${dir}/corpus/${fuzz_name})
        set(seeds ${dir}/corpus/${fuzz_name})
      endif()
      add_test(NAME ${fuzz_name} COMMAND ${fuzz_name} -max_total_time=6 -max_len=65536 -timeout=5 -print_final_stats=1
               ${CMAKE_BINARY_DIR}/corpus/${fuzz_name} ${seeds})
      set_tests_properties(${fuzz_name} PROPERTIES LABELS fuzz)
    endforeach()
  endif()
endfunction()

# Writes what each module declared and checks every #include against it, at build and as a test.
function(verbatim_layout_check)
  get_property(modules GLOBAL PROPERTY verbatim_modules)
  set(text "")
  foreach(module ${modules})
    string(APPEND text "${module}\n")
  endforeach()
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/modules.txt CONTENT "${text}")
  add_custom_target(layout ALL
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}/src -DMODULES=${CMAKE_BINARY_DIR}/modules.txt -P ${CMAKE_SOURCE_DIR}/cmake/layout.cmake
    COMMENT "layout: every include against what its module may use" VERBATIM)
  add_test(NAME layout COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}/src -DMODULES=${CMAKE_BINARY_DIR}/modules.txt -P ${CMAKE_SOURCE_DIR}/cmake/layout.cmake)
  set_tests_properties(layout PROPERTIES LABELS layout)
endfunction()
