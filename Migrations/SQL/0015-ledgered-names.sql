-- Names of erased records that a restored backup does not hold: the ledger of erasures alone knows them.

ALTER TABLE padron.erased_local_id DROP CONSTRAINT erased_local_id_erasure_fkey;
ALTER TABLE padron.erased_local_id
    ADD CONSTRAINT erased_local_id_ledgered CHECK ((source = 0) = (erasure = 0));
COMMENT ON COLUMN padron.erased_local_id.erasure IS 'The erasure, 0 where the ledger tells of one that this registry never had; such a digest is of any source';
