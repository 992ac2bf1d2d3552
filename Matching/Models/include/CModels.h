#ifndef PADRON_CMODELS_H
#define PADRON_CMODELS_H

#include <stddef.h>
#include <stdint.h>

/** The number of linkage models inside the program. */
size_t padron_model_count(void);
/** The name of a model, for example "cl". */
const char *padron_model_name(size_t index);
/** The model's JSON text, not terminated by zero. */
const uint8_t *padron_model_bytes(size_t index);
/** The length of the model's JSON text in bytes. */
size_t padron_model_byte_count(size_t index);

#endif
