# Flags every target has. Warnings are errors; a release is hardened.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
                    -Wformat=2 -Werror -fdiagnostics-color=auto)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports std::string and coroutine frames falsely here (GCC bugs 105329, 105651, 107138).
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-dangling-pointer -Wno-stringop-overread -Wno-stringop-overflow -Wno-array-bounds)
  # ccache and precompiled headers: the preprocessed source must carry the pragma.
  add_compile_options(-fpch-preprocess)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_compile_options(-Xclang -fno-pch-timestamp)
endif()
# One build serves the fuzz targets, the sanitized unit tests and the sanitized server, which are mostly the same files.
if(VERBATIM_ASAN)
  # What would abort a hardened release must be found before it is one.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(VERBATIM_TSAN)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)
  endif()
  add_link_options(-fsanitize=thread)
endif()
if(VERBATIM_HARDEN)
  add_compile_options(-D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
add_compile_definitions(ASIO_STANDALONE ASIO_NO_DEPRECATED)
# Position-independent programs everywhere, with one flag for libraries and programs, so that all share one precompiled header.
add_compile_options(-fPIE)
add_link_options(-pie)
