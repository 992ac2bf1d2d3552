-- Deaths: what stewards are asked where a death is doubtful, or somebody goes on after it.
ALTER TABLE padron.review_task DROP CONSTRAINT review_task_kind_known;
ALTER TABLE padron.review_task ADD CONSTRAINT review_task_kind_known CHECK (kind IN (
    'duplicate', 'overlay', 'identifier-conflict', 'death'));
ALTER TABLE padron.review_task DROP CONSTRAINT review_task_reason_known;
ALTER TABLE padron.review_task ADD CONSTRAINT review_task_reason_known CHECK (reason IN (
    'weight', 'veto', 'second-person', 'contradiction', 'other-person', 'unsupported',
    'bad-identifier', 'shared-number', 'lone-death-report', 'deceased-activity'));

-- Where a policy says who is trusted, the lone word of another source no longer makes a death.
WITH wanted AS (
    UPDATE padron.golden_basis SET wanted = wanted + 1
    WHERE EXISTS (SELECT FROM padron.survivorship_policy) RETURNING wanted)
INSERT INTO padron.golden_stake (wanted, authority) SELECT wanted, NULL FROM wanted;
