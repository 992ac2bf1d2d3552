-- Which golden records a change of policy or authority concerns, so that no other is written anew.
CREATE TABLE padron.golden_stake (
    wanted bigint PRIMARY KEY,
    authority text
);
COMMENT ON TABLE padron.golden_stake IS 'Changes that stored golden records do not follow yet, by the state of golden_basis that each one made';
COMMENT ON COLUMN padron.golden_stake.authority IS 'The persons with a value of it are concerned; null where all are';
