-- The review queue: why a steward is asked, by when, and what becomes of tasks that are overdue.

ALTER TABLE padron.review_task
    ADD COLUMN reason text NOT NULL DEFAULT 'weight',
    ADD COLUMN escalations smallint NOT NULL DEFAULT 0,
    ADD CONSTRAINT review_task_reason_known CHECK (reason IN (
        'weight', 'veto', 'second-person', 'contradiction', 'other-person', 'unsupported',
        'bad-identifier', 'shared-number')),
    ADD CONSTRAINT review_task_priority_range CHECK (priority BETWEEN 0 AND 4);
COMMENT ON COLUMN padron.review_task.territory IS 'Whose stewards are asked: the territory of the record''s source when the task was opened';
COMMENT ON COLUMN padron.review_task.due_at IS 'The end of its term; then its priority rises, and a new term begins';
COMMENT ON COLUMN padron.review_task.escalations IS 'How often its priority was raised because a term had passed';
CREATE INDEX review_task_due ON padron.review_task (priority, due_at) WHERE closed_sequence IS NULL;

-- A steward's word that a record is to stand as it is.
ALTER TABLE padron.operation DROP CONSTRAINT operation_kind_known;
ALTER TABLE padron.operation ADD CONSTRAINT operation_kind_known CHECK (kind IN (
    'load', 'rematch', 'import', 'merge', 'unmerge', 'link', 'unlink', 'split', 'distinct',
    'confirm', 'accept', 'retire', 'renumber', 'erase', 'undo', 'revert'));
