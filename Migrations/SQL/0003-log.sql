-- The event log, and what people decide.

CREATE TABLE padron.operation (
    operation bigint PRIMARY KEY,
    kind text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL DEFAULT '',
    begun_at timestamptz NOT NULL,
    ended_at timestamptz,
    undone_by bigint REFERENCES padron.operation,
    detail json,
    CONSTRAINT operation_kind_known CHECK (kind IN (
        'load', 'rematch', 'import', 'merge', 'unmerge', 'link', 'unlink', 'split', 'distinct',
        'confirm', 'retire', 'renumber', 'erase', 'undo', 'revert'))
);
COMMENT ON TABLE padron.operation IS 'What was done in one go and can be undone in one go';

CREATE TABLE padron.event (
    sequence bigint NOT NULL,
    epoch bigint NOT NULL,
    occurred_at timestamptz NOT NULL,
    operation bigint,
    euid bigint,
    record bigint,
    records bigint NOT NULL,
    kind smallint NOT NULL,
    actor text NOT NULL,
    changed_records bigint[],
    PRIMARY KEY (sequence),
    CONSTRAINT event_sequence_sign CHECK (sequence >= 1),
    CONSTRAINT event_records_sign CHECK (records >= 0)
) PARTITION BY RANGE (sequence);
COMMENT ON TABLE padron.event IS 'All that happened, in one gapless sequence: history, change feed, and what readers follow';
COMMENT ON COLUMN padron.event.record IS 'The first of `records` records that the event made, which lie side by side';
COMMENT ON COLUMN padron.event.changed_records IS 'Older records whose version or link the event changed';
CREATE TABLE padron.event_0 PARTITION OF padron.event FOR VALUES FROM (0) TO (16777216);

CREATE TABLE padron.review_task (
    task bigint PRIMARY KEY,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    record bigint NOT NULL,
    other_record bigint NOT NULL,
    weight double precision,
    priority smallint NOT NULL DEFAULT 0,
    territory text NOT NULL DEFAULT '',
    assignee text,
    due_at timestamptz,
    closed_sequence bigint,
    resolution text,
    CONSTRAINT review_task_kind_known CHECK (kind IN ('duplicate', 'overlay', 'identifier-conflict')),
    CONSTRAINT review_task_closed_with_resolution CHECK ((closed_sequence IS NULL) = (resolution IS NULL))
);
CREATE UNIQUE INDEX review_task_open ON padron.review_task
    (kind, LEAST(record, other_record), GREATEST(record, other_record)) WHERE closed_sequence IS NULL;
COMMENT ON TABLE padron.review_task IS 'Doubts for a steward; a doubt is between records, whatever becomes of their persons';

CREATE TABLE padron.record_constraint (
    constraint_number bigint PRIMARY KEY,
    left_record bigint NOT NULL,
    right_record bigint NOT NULL,
    must_link boolean NOT NULL,
    operation bigint NOT NULL REFERENCES padron.operation,
    retracted_by bigint REFERENCES padron.operation,
    CONSTRAINT record_constraint_order CHECK (left_record < right_record)
);
CREATE UNIQUE INDEX record_constraint_standing ON padron.record_constraint (left_record, right_record)
    WHERE retracted_by IS NULL;
COMMENT ON TABLE padron.record_constraint IS 'Stewards'' decisions: records that are one person, or are not; no automatic process overrides them';
