internal import Identity
internal import RegistryModel

/// What a record must satisfy to be kept.
enum SubmissionRules {
    /// A record whose numbers without an authority have the source's.
    static func settled(_ person: PersonRecord, _ source: Source) -> PersonRecord {
        var settled = person
        for index in settled.identifiers.indices where settled.identifiers[index].authority.isEmpty
        {
            settled.identifiers[index].authority = source.defaultAuthority
        }
        return settled
    }

    /// Why a record cannot be taken; nil where it can.
    static func problem(_ localID: String, _ person: PersonRecord) -> String? {
        if let problem = problem(localID: localID) { return problem }
        if hasZero(person) { return "a value holds the character U+0000, which cannot be kept" }
        if person.isEmpty {
            return "the record says nothing of the patient"
        }
        return nil
    }

    /// Why a local identifier cannot be taken; nil where it can.
    static func problem(localID: String) -> String? {
        if localID.isEmpty { return "local_id is empty" }
        if localID.utf8.count > RegistryLimits.localIDBytesMax {
            return "local_id is longer than \(RegistryLimits.localIDBytesMax) bytes"
        }
        return localID.utf8.contains(0)
            ? "a value holds the character U+0000, which cannot be kept" : nil
    }

    /// Refuses a reason that cannot be kept.
    static func check(reason: String) throws(RegistryError) {
        guard reason.utf8.count <= RegistryLimits.reasonBytesMax, !reason.utf8.contains(0) else {
            throw RegistryError(
                .badRequest,
                "the reason has at most \(RegistryLimits.reasonBytesMax) bytes, none of them zero")
        }
    }

    private static func hasZero(_ person: PersonRecord) -> Bool {
        if person.identifiers.contains(where: {
            $0.value.utf8.contains(0) || $0.authority.utf8.contains(0)
        }) {
            return true
        }
        if person.names.contains(where: {
            $0.given.utf8.contains(0) || $0.family.utf8.contains(0)
                || $0.mothersFamily.utf8.contains(0)
        }) {
            return true
        }
        guard person.mayHoldZero else { return false }
        return DemographicField.allCases.contains { field in
            person.withBytes(of: field) { bytes in
                for index in bytes.indices where bytes[index] == 0 { return true }
                return false
            }
        }
    }
}
