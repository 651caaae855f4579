// The one program: `verbatim <command>`. Exit 0 done, 1 could not be done (and why), 2 wrong use.
#include <malloc.h>

#include <cstdio>
#include <exception>

#include "app/server/commands.h"

int main(int count, char** arguments) {
    // Many threads that mostly wait: two arenas keep the idle server small, and the allocator is no bottleneck here.
    mallopt(M_ARENA_MAX, 2);
    try {
        return verbatim::server::run_command(count, arguments);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "verbatim: %s\n", problem.what());
        return 1;
    }
}
