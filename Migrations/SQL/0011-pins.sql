-- Pinned values: what a steward states of a person, beside the sources and before them.
CREATE TABLE padron.pinned_value (
    record bigint NOT NULL,
    sequence bigint NOT NULL,
    ended_sequence bigint,
    operation bigint NOT NULL REFERENCES padron.operation,
    pinned_at timestamptz NOT NULL,
    field text NOT NULL,
    actor text NOT NULL,
    value text,
    PRIMARY KEY (record, field, sequence),
    CONSTRAINT pinned_value_order CHECK (ended_sequence > sequence),
    CONSTRAINT pinned_value_erased CHECK (value IS NOT NULL OR ended_sequence IS NOT NULL),
    CONSTRAINT pinned_value_field_form CHECK (field ~ '^[a-z_]{1,32}$')
);
CREATE UNIQUE INDEX pinned_value_standing ON padron.pinned_value (record, field)
    WHERE ended_sequence IS NULL;
CREATE INDEX pinned_value_operation ON padron.pinned_value (operation);
CREATE INDEX pinned_value_ended ON padron.pinned_value (ended_sequence)
    WHERE ended_sequence IS NOT NULL;
COMMENT ON TABLE padron.pinned_value IS 'What stewards state of a person by way of one of its records, from which event to which; follows the record''s link';
COMMENT ON COLUMN padron.pinned_value.operation IS 'Who pins by which decision; a restored value keeps the first one''s';
COMMENT ON COLUMN padron.pinned_value.value IS 'Empty where the person is to have no value; null once it was erased';

ALTER TABLE padron.operation DROP CONSTRAINT operation_kind_known;
ALTER TABLE padron.operation ADD CONSTRAINT operation_kind_known CHECK (kind IN (
    'load', 'rematch', 'import', 'merge', 'unmerge', 'link', 'unlink', 'split', 'distinct',
    'confirm', 'accept', 'restrict', 'pin', 'unpin', 'retire', 'renumber', 'erase', 'undo', 'revert'));
