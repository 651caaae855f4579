// VERBATIM_SANITIZED: a sanitizer watches. Its memory and its stacks are larger than a release's; g++ and clang say so differently.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VERBATIM_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define VERBATIM_SANITIZED
#endif
#endif
