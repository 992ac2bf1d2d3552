-- Restriction: a steward's word that a record's person is answered without demographics.
CREATE TABLE padron.record_restriction (
    record bigint NOT NULL,
    sequence bigint NOT NULL,
    ended_sequence bigint,
    PRIMARY KEY (record, sequence),
    CONSTRAINT record_restriction_order CHECK (ended_sequence > sequence)
);
CREATE UNIQUE INDEX record_restriction_standing ON padron.record_restriction (record)
    WHERE ended_sequence IS NULL;
COMMENT ON TABLE padron.record_restriction IS 'From which event to which a record was restricted; a person with such a record is masked';

ALTER TABLE padron.operation DROP CONSTRAINT operation_kind_known;
ALTER TABLE padron.operation ADD CONSTRAINT operation_kind_known CHECK (kind IN (
    'load', 'rematch', 'import', 'merge', 'unmerge', 'link', 'unlink', 'split', 'distinct',
    'confirm', 'accept', 'restrict', 'retire', 'renumber', 'erase', 'undo', 'revert'));
