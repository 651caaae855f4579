# Files into a binary: an assembler file with one .incbin a file and a table (name, bytes, size, hash of the content).
#
#   verbatim_embed(engine_render assets FILES site.tpl=/path/site.tpl ...)
#
# declares `extern "C" const EmbeddedFile verbatim_assets[]` and `verbatim_assets_count` (engine/render/embedded.h). The list is
# written at configure time, the assembler file at build time, when one of the files changed.
function(verbatim_embed target table)
  cmake_parse_arguments(E "" "" "FILES" ${ARGN})
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${table}.list)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${table}.S)
  set(text "")
  set(paths)
  foreach(entry ${E_FILES})
    string(REGEX MATCH "^([^=]+)=(.*)$" _ "${entry}")
    string(APPEND text "${CMAKE_MATCH_1}=${CMAKE_MATCH_2}\n")
    list(APPEND paths ${CMAKE_MATCH_2})
  endforeach()
  file(GENERATE OUTPUT ${list} CONTENT "${text}")
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DTABLE=${table} -DLIST=${list} -DOUTPUT=${output} -P ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${paths} ${list} ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
    COMMENT "embedding ${table}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
  set_source_files_properties(${output} PROPERTIES LANGUAGE ASM OBJECT_DEPENDS "${paths}")
endfunction()

# The stylesheet with the addresses of the fonts that `npm ci --prefix front` brought; without them, as it is: the
# fallback fonts in it have the same metrics.
function(verbatim_stylesheet output_variable)
  cmake_parse_arguments(S "" "STYLE;FACES" "FONTS" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/style.css)
  set(paths)
  set(pairs "")
  foreach(entry ${S_FONTS})
    string(REGEX MATCH "^([^=]+)=(.*)$" _ "${entry}")
    list(APPEND paths ${CMAKE_MATCH_2})
    string(APPEND pairs "${CMAKE_MATCH_1}=${CMAKE_MATCH_2}|")
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DSTYLE=${S_STYLE} -DFACES=${S_FACES} "-DFONTS=${pairs}" -DOUTPUT=${output} -P ${CMAKE_SOURCE_DIR}/cmake/embed_style.cmake
    DEPENDS ${S_STYLE} ${S_FACES} ${paths} ${CMAKE_SOURCE_DIR}/cmake/embed_style.cmake
    COMMENT "stylesheet" VERBATIM)
  set(${output_variable} ${output} PARENT_SCOPE)
endfunction()
