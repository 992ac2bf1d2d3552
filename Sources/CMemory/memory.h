#ifndef PADRON_MEMORY_H
#define PADRON_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#ifdef __linux__
#include <limits.h>
#include <malloc.h>
#include <sys/mman.h>
#endif

/** Asks for the cache line at an address to be fetched while other work goes on. */
static inline void padron_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

/**
 * Asks for pages of 2 MiB in the whole pages of a stretch of memory, which need not hold anything yet.
 *
 * Records are met in no order: with small pages most of the time of a visit goes into finding the page.
 * Where the system has none to give, nothing changes.
 */
static inline void padron_prefer_large_pages(void *start, size_t bytes) {
#ifdef __linux__
    uintptr_t first = ((uintptr_t)start + 4095) & ~(uintptr_t)4095;
    uintptr_t last = ((uintptr_t)start + bytes) & ~(uintptr_t)4095;
    if (last > first) (void)madvise((void *)first, last - first, MADV_HUGEPAGE);
#else
    (void)start;
    (void)bytes;
#endif
}

/**
 * Memory that the system takes back as soon as it is given back, whatever was allocated meanwhile.
 *
 * For what is large and soon gone, between much that is small and stays. NULL where there is none.
 */
static inline void *padron_map(size_t bytes) {
#ifdef __linux__
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
#else
    return malloc(bytes);
#endif
}

/** Gives memory from `padron_map` back. */
static inline void padron_unmap(void *memory, size_t bytes) {
#ifdef __linux__
    (void)munmap(memory, bytes);
#else
    (void)bytes;
    free(memory);
#endif
}

/**
 * Keeps memory that is freed for what is needed next, in place of giving it back to the system.
 *
 * What the system hands out again it clears again, which costs more than most that is done with it.
 */
static inline void padron_keep_freed_memory(void) {
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

/** Gives memory that was freed, and kept for what might be needed next, back to the system. */
static inline void padron_release_free_memory(void) {
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

#endif
