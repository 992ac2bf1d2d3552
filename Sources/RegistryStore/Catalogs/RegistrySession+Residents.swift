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
            JOIN padron.source s ON s.source = r.source
            WHERE r.state = 0 AND s.realm = 'patient'
                AND v.content->>'municipality' = ANY (\(codes))
            """
        ).single.int(0)
    }

    /// The insurers that records of patients which count name, as they name them, with how many do.
    ///
    /// The most named come first, a bounded number of them. It reads all records once.
    package mutating func insurersOfPatients() throws -> [(name: String, records: Int)] {
        try connection.query(
            """
            SELECT v.content->>'insurer', count(*) FROM padron.source_record r
            JOIN padron.source_record_version v ON v.record = r.record AND v.version = r.version
            JOIN padron.source s ON s.source = r.source
            WHERE r.state = 0 AND s.realm = 'patient' AND v.content->>'insurer' <> ''
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT \(StoreLimits.insurersMax)
            """
        ).map { (name: try $0.text(0), records: try $0.int(1)) }
    }
}
