/* LD_PRELOAD: counts fsync and fdatasync, and may make each slower, for this disk's are unrealistically cheap.
 * FSYNC_COUNT names the file that holds the count at the end; FSYNC_DELAY_US adds so many microseconds to each. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_long count;

static void pause_a_little(void) {
    const char* delay = getenv("FSYNC_DELAY_US");
    if (delay) usleep((useconds_t)atoi(delay));
}
int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    atomic_fetch_add(&count, 1);
    pause_a_little();
    return real(file);
}
int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    atomic_fetch_add(&count, 1);
    pause_a_little();
    return real(file);
}
__attribute__((destructor)) static void write_count(void) {
    const char* path = getenv("FSYNC_COUNT");
    FILE* file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&count));
    fclose(file);
}
