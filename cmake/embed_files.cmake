# Script of verbatim_embed: LIST (name=path lines) to OUTPUT (assembler). The hash is the first 10 hexadecimal digits of SHA-256.
file(STRINGS ${LIST} entries)
set(bytes "")
set(rows "")
set(index 0)
foreach(entry ${entries})
  string(REGEX MATCH "^([^=]+)=(.*)$" _ "${entry}")
  set(name ${CMAKE_MATCH_1})
  set(path ${CMAKE_MATCH_2})
  file(SHA256 ${path} digest)
  string(SUBSTRING ${digest} 0 10 digest)
  string(APPEND bytes ".Lname${index}: .asciz \"${name}\"\n.Lhash${index}: .asciz \"${digest}\"\n"
    ".balign 16\n.Lfile${index}: .incbin \"${path}\"\n.Lend${index}: .byte 0\n")
  string(APPEND rows ".8byte .Lname${index}, .Lfile${index}, .Lend${index} - .Lfile${index}, .Lhash${index}\n")
  math(EXPR index "${index}+1")
endforeach()
file(WRITE ${OUTPUT} ".section .rodata
${bytes}
.global verbatim_${TABLE}_count
.balign 8
verbatim_${TABLE}_count: .8byte ${index}
.section .data.rel.ro,\"aw\"
.global verbatim_${TABLE}
.balign 8
verbatim_${TABLE}:
${rows}
.section .note.GNU-stack,\"\",%progbits
")
