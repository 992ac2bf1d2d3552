/// What becomes of a request to erase.
package enum ErasureState: String, CaseIterable, Hashable, Sendable {
    case requested
    case refused
    case done
}

/// A request to erase records for good, and what became of it.
package struct Erasure: Hashable, Sendable {
    package var number: Int64
    package var person: EnterpriseIdentifier
    /// The records whose content goes, by their numbers.
    package var records: [Int64]
    /// Whether those are all that the person had when it was asked for.
    package var isWhole: Bool
    /// The law or decision under which it is done.
    package var basis: String
    package var requestedBy: String
    /// In microseconds since 1970.
    package var requestedAt: Int64
    package var state: ErasureState
    package var decidedBy: String?
    package var decidedAt: Int64?
    /// The operation that erased them; nil unless it is done.
    package var operation: Int64?

    /// Creates a request as the database keeps it.
    package init(
        number: Int64, person: EnterpriseIdentifier, records: [Int64], isWhole: Bool,
        basis: String, requestedBy: String, requestedAt: Int64, state: ErasureState,
        decidedBy: String? = nil, decidedAt: Int64? = nil, operation: Int64? = nil
    ) {
        self.number = number
        self.person = person
        self.records = records
        self.isWhole = isWhole
        self.basis = basis
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.state = state
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.operation = operation
    }

    /// Refuses a decision by a person: what is decided stays so, and nobody grants his own request.
    package func checkDecision(by actor: String, isGrant: Bool) throws(RegistryError) {
        guard state == .requested else {
            throw RegistryError(
                .conflict,
                state == .done
                    ? "erasure \(number) is done already" : "erasure \(number) was refused")
        }
        guard !isGrant || actor != requestedBy else {
            throw RegistryError(
                .forbidden,
                "erasure \(number) was requested by \(requestedBy); another person must approve it")
        }
    }
}

extension SourceRecord {
    /// What stands in place of an erased record's local identifier.
    package static func erasedLocalID(_ record: Int64) -> String { "erased-\(record)" }

    /// Whether what it said is gone for good.
    package var isErased: Bool { state == .erased }
}
