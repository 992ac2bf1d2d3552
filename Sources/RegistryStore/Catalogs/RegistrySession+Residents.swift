internal import PostgresClient

extension RegistrySession {
    /// How many records of patients that count name one of some municipalities by its code.
    ///
    /// It reads all records once, some three seconds for a million.
    package mutating func patients(inMunicipalities codes: [String]) throws -> Int {
        try connection.query(
            """
            SELECT count(*) FROM padron.source_record r
            JOIN padron.source_record_version v ON v.record = r.record AND v.version = r.version
            WHERE r.state = 0 AND v.content->>'municipality' = ANY (\(codes))
            """
        ).single.int(0)
    }
}
