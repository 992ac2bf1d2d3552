-- Which records the taking back of a load changed: found by record, not by reading the events of all reverts.

CREATE TABLE padron.reverted_record (
    record bigint NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (record, sequence)
);
INSERT INTO padron.reverted_record (record, sequence)
SELECT DISTINCT c.record, e.sequence
FROM padron.event e JOIN padron.operation o USING (operation)
CROSS JOIN LATERAL unnest(e.changed_records) AS c (record)
WHERE o.kind = 'revert';
COMMENT ON TABLE padron.reverted_record IS 'Records that an event of a revert changed; one that something later held is not among them';
