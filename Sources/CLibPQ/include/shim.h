#ifndef PADRON_CLIBPQ_SHIM_H
#define PADRON_CLIBPQ_SHIM_H

#include <libpq-fe.h>
#include <spawn.h>

/* Extensions of glibc that its headers hide without _GNU_SOURCE; the private cluster starts its server with
   them. Declared here by the same prototypes (glibc 2.29 and 2.34). */
extern int posix_spawn_file_actions_addchdir_np(
    posix_spawn_file_actions_t *actions, const char *path);
extern int posix_spawn_file_actions_addclosefrom_np(
    posix_spawn_file_actions_t *actions, int from);

#endif
