#include "CMigrations.h"

/* The list is written by hand; a test compares it with the folder. */
static const uint8_t registry_sql[] = {
#embed "SQL/0001-registry.sql"
};
static const uint8_t patients_sql[] = {
#embed "SQL/0002-patients.sql"
};
static const uint8_t log_sql[] = {
#embed "SQL/0003-log.sql"
};
static const uint8_t loads_sql[] = {
#embed "SQL/0004-loads.sql"
};
static const uint8_t decisions_sql[] = {
#embed "SQL/0005-decisions.sql"
};
static const uint8_t rematch_sql[] = {
#embed "SQL/0006-rematch.sql"
};
static const uint8_t erasure_sql[] = {
#embed "SQL/0007-erasure.sql"
};
static const uint8_t queue_sql[] = {
#embed "SQL/0008-queue.sql"
};
static const uint8_t stakes_sql[] = {
#embed "SQL/0009-stakes.sql"
};
static const uint8_t restriction_sql[] = {
#embed "SQL/0010-restriction.sql"
};
static const uint8_t pins_sql[] = {
#embed "SQL/0011-pins.sql"
};
static const uint8_t deaths_sql[] = {
#embed "SQL/0012-deaths.sql"
};
static const uint8_t catalogs_sql[] = {
#embed "SQL/0013-catalogs.sql"
};
static const uint8_t realms_sql[] = {
#embed "SQL/0014-realms.sql"
};
static const uint8_t ledgered_names_sql[] = {
#embed "SQL/0015-ledgered-names.sql"
};
static const uint8_t reverted_records_sql[] = {
#embed "SQL/0016-reverted-records.sql"
};

struct migration {
    const char *name;
    const uint8_t *bytes;
    size_t byte_count;
};

static const struct migration migrations[] = {
    {"0001-registry", registry_sql, sizeof registry_sql},
    {"0002-patients", patients_sql, sizeof patients_sql},
    {"0003-log", log_sql, sizeof log_sql},
    {"0004-loads", loads_sql, sizeof loads_sql},
    {"0005-decisions", decisions_sql, sizeof decisions_sql},
    {"0006-rematch", rematch_sql, sizeof rematch_sql},
    {"0007-erasure", erasure_sql, sizeof erasure_sql},
    {"0008-queue", queue_sql, sizeof queue_sql},
    {"0009-stakes", stakes_sql, sizeof stakes_sql},
    {"0010-restriction", restriction_sql, sizeof restriction_sql},
    {"0011-pins", pins_sql, sizeof pins_sql},
    {"0012-deaths", deaths_sql, sizeof deaths_sql},
    {"0013-catalogs", catalogs_sql, sizeof catalogs_sql},
    {"0014-realms", realms_sql, sizeof realms_sql},
    {"0015-ledgered-names", ledgered_names_sql, sizeof ledgered_names_sql},
    {"0016-reverted-records", reverted_records_sql, sizeof reverted_records_sql},
};

size_t padron_migration_count(void) { return sizeof migrations / sizeof migrations[0]; }
const char *padron_migration_name(size_t index) { return migrations[index].name; }
const uint8_t *padron_migration_bytes(size_t index) { return migrations[index].bytes; }
size_t padron_migration_byte_count(size_t index) { return migrations[index].byte_count; }
