#ifndef PADRON_CMIGRATIONS_H
#define PADRON_CMIGRATIONS_H

#include <stddef.h>
#include <stdint.h>

/** The number of migrations inside the program. */
size_t padron_migration_count(void);
/** The name of a migration, for example "0001-identity". */
const char *padron_migration_name(size_t index);
/** The migration's SQL text, not terminated by zero. */
const uint8_t *padron_migration_bytes(size_t index);
/** The length of the migration's SQL text in bytes. */
size_t padron_migration_byte_count(size_t index);

#endif
