#include "CModels.h"

/* The list is written by hand; a test compares it with the folder. */
static const uint8_t generic_model[] = {
#embed "JSON/generic.json"
};
static const uint8_t chile_model[] = {
#embed "JSON/cl.json"
};
static const uint8_t peru_model[] = {
#embed "JSON/pe.json"
};
static const uint8_t france_model[] = {
#embed "JSON/fr.json"
};
static const uint8_t iran_model[] = {
#embed "JSON/ir.json"
};

static const struct {
    const char *name;
    const uint8_t *bytes;
    size_t byte_count;
} models[] = {
    {"generic", generic_model, sizeof generic_model},
    {"cl", chile_model, sizeof chile_model},
    {"pe", peru_model, sizeof peru_model},
    {"fr", france_model, sizeof france_model},
    {"ir", iran_model, sizeof iran_model},
};

static const size_t model_count = sizeof models / sizeof models[0];

size_t padron_model_count(void) { return model_count; }

const char *padron_model_name(size_t index) {
    return index < model_count ? models[index].name : 0;
}

const uint8_t *padron_model_bytes(size_t index) {
    return index < model_count ? models[index].bytes : 0;
}

size_t padron_model_byte_count(size_t index) {
    return index < model_count ? models[index].byte_count : 0;
}
