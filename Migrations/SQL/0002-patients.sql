-- Patients: what sources said, in versions, and to whom each record is linked.
--
-- No foreign key stands between the tables that grow with every record: a trigger a row would cost more
-- than the row. The one committer writes them, and `padron db verify` proves what a key would state.

CREATE TABLE padron.source_record (
    record bigint PRIMARY KEY,
    euid bigint NOT NULL,
    sequence bigint NOT NULL,
    link_weight double precision,
    source integer NOT NULL,
    version integer NOT NULL,
    versions integer NOT NULL,
    link_origin smallint NOT NULL,
    local_id text NOT NULL,
    CONSTRAINT source_record_local_id UNIQUE (source, local_id),
    CONSTRAINT source_record_euid_range CHECK (euid >= 0 AND euid < 1152921504606846976),
    CONSTRAINT source_record_version_range CHECK (version >= 1 AND version <= versions),
    CONSTRAINT source_record_origin_known CHECK (link_origin BETWEEN 0 AND 3)
) WITH (fillfactor = 90);
COMMENT ON TABLE padron.source_record IS 'One row a record of a source: its current version and its link, the only state that changes';
COMMENT ON COLUMN padron.source_record.sequence IS 'The last event that changed the version or the link';
COMMENT ON COLUMN padron.source_record.versions IS 'Versions kept, those included that came too late to become current';
COMMENT ON COLUMN padron.source_record.link_origin IS '0 founded its person, 1 linked by weight, 2 linked by a steward, 3 moved by a rematch';

CREATE TABLE padron.source_record_version (
    record bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    sequence bigint NOT NULL,
    version integer NOT NULL,
    digest uuid NOT NULL,
    content json NOT NULL,
    PRIMARY KEY (record, version),
    CONSTRAINT source_record_version_sign CHECK (version >= 1)
) PARTITION BY RANGE (record);
COMMENT ON TABLE padron.source_record_version IS 'What a source said of a record, each time; rows are never changed';
CREATE TABLE padron.source_record_version_0 PARTITION OF padron.source_record_version
    FOR VALUES FROM (0) TO (16777216);

-- A link's first value is where the record stands unless it moved; each move is a row here.
CREATE TABLE padron.link_change (
    record bigint NOT NULL,
    sequence bigint NOT NULL,
    from_euid bigint NOT NULL,
    to_euid bigint NOT NULL,
    PRIMARY KEY (record, sequence),
    CONSTRAINT link_change_moves CHECK (from_euid <> to_euid)
);
CREATE INDEX link_change_from ON padron.link_change (from_euid);
CREATE INDEX link_change_to ON padron.link_change (to_euid);
COMMENT ON TABLE padron.link_change IS 'Moves of records from one person to another, by which links as of any event are known';

CREATE TABLE padron.retired_person (
    euid bigint PRIMARY KEY,
    sequence bigint NOT NULL,
    reason text NOT NULL,
    survivors bigint[] NOT NULL,
    CONSTRAINT retired_person_reason_known CHECK (reason IN ('replaced', 'split', 'withdrawn')),
    CONSTRAINT retired_person_survivors CHECK (cardinality(survivors) >= 1 OR reason = 'withdrawn')
);
COMMENT ON TABLE padron.retired_person IS 'Identifiers of persons left without records, and who answers in their place';

-- A person with one record needs no row: that record is the golden record.
CREATE TABLE padron.golden_record (
    euid bigint PRIMARY KEY,
    sequence bigint NOT NULL,
    records integer NOT NULL,
    content json NOT NULL,
    CONSTRAINT golden_record_of_several CHECK (records >= 2)
) WITH (fillfactor = 90);
COMMENT ON TABLE padron.golden_record IS 'The golden record of each person of several records, as survivorship yields it';
