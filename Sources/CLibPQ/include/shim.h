#ifndef PADRON_CLIBPQ_SHIM_H
#define PADRON_CLIBPQ_SHIM_H

#include <libpq-fe.h>

#endif
