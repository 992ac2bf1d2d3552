-- Providers are persons as patients are, in a realm of their own.

ALTER TABLE padron.source ADD COLUMN realm text NOT NULL DEFAULT 'patient';
ALTER TABLE padron.source ADD CONSTRAINT source_realm_known CHECK (realm IN ('patient', 'provider'));
-- The number tells the realm, so that whoever holds a record knows it without a look at this table.
ALTER TABLE padron.source ADD CONSTRAINT source_realm_of_number
    CHECK ((realm = 'provider') = (source >= 33554432));
COMMENT ON COLUMN padron.source.realm IS 'Whom its records are of; records of one realm never meet those of another';

CREATE SEQUENCE padron.provider_source AS integer MINVALUE 33554432 MAXVALUE 67108863;
COMMENT ON SEQUENCE padron.provider_source IS 'The numbers of sources whose records are of providers';
