import Identity

extension PersonRecord {
    /// A record of the given fields; `id` is a Chilean RUN.
    init(_ fields: KeyValuePairs<DemographicField, String>, id: String? = nil) {
        self.init()
        for (field, value) in fields { self[field] = value }
        if let id { identifiers = [LocalIdentifier(authority: "cl-run", value: id)] }
    }
}
