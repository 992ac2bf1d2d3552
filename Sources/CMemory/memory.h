#ifndef PADRON_MEMORY_H
#define PADRON_MEMORY_H

/** Asks for the cache line at an address to be fetched while other work goes on. */
static inline void padron_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}

#endif
