// The one program: `verbatim <command>`. Exit 0 done, 1 could not be done (and why), 2 wrong use.
#include <cstdio>
#include <exception>

#include "app/server/commands.h"

int main(int count, char** arguments) {
    try {
        return verbatim::server::run_command(count, arguments);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "verbatim: %s\n", problem.what());
        return 1;
    }
}
