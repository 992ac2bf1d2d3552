package import Identity

/// What a patient is looked up by.
package enum PatientSelector: Hashable, Sendable {
    case enterpriseIdentifier(EnterpriseIdentifier)
    case identifier(LocalIdentifier)
}

/// Whether a person's identifier is in use.
package enum PersonStatus: String, CaseIterable, Hashable, Sendable {
    case active
    /// Left without records; answers with its survivors.
    case retired
    /// All its records are withdrawn; answers without demographics.
    case withdrawn
    /// All its records were erased; nothing is known of it any more.
    case erased
}

/// A person as released to a client.
package struct PatientAnswer: Hashable, Sendable {
    package var enterpriseIdentifier: EnterpriseIdentifier
    /// The retired identifier that was asked for, where this person stands in its place.
    package var replaces: EnterpriseIdentifier?
    /// Rises with every change of the person.
    package var version: Int64
    package var status: PersonStatus
    /// The golden record; empty for a person who is withdrawn.
    package var person: PersonRecord
    /// The number of source records linked to the person, withdrawn ones left out.
    package var sourceCount: Int
    /// Whether one of the records is restricted.
    package var isRestricted: Bool
    /// What stewards have pinned of it.
    package var pins: PersonPins

    /// Creates an answer.
    package init(
        enterpriseIdentifier: EnterpriseIdentifier, replaces: EnterpriseIdentifier? = nil,
        version: Int64, status: PersonStatus, person: PersonRecord, sourceCount: Int,
        isRestricted: Bool = false, pins: PersonPins = .none
    ) {
        self.enterpriseIdentifier = enterpriseIdentifier
        self.replaces = replaces
        self.version = version
        self.status = status
        self.person = person
        self.sourceCount = sourceCount
        self.isRestricted = isRestricted
        self.pins = pins
    }

    /// The answer to whoever may not see a restricted person: that there is one, and nothing said of it.
    package var masked: PatientAnswer {
        guard isRestricted else { return self }
        var masked = self
        masked.person = PersonRecord()
        masked.pins = .none
        return masked
    }

    /// Writes the patient object of the line protocol, with `further` members at its end.
    package func write(
        to writer: inout JSONWriter, further: (inout JSONWriter) -> Void = { _ in }
    ) {
        writer.beginObject()
        writer.key("euid")
        writer.string(enterpriseIdentifier.description)
        if let replaces {
            writer.key("replaces")
            writer.string(replaces.description)
        }
        writer.key("version")
        writer.integer(version)
        writer.key("status")
        writer.string(status.rawValue)
        if isRestricted {
            writer.key("restricted")
            writer.boolean(true)
        }
        if person.has(.deceasedDate) {
            writer.key("deceased")
            writer.boolean(true)
        }
        person.writeMembers(to: &writer)
        if !pins.isEmpty {
            writer.key("pinned")
            pins.write(to: &writer)
        }
        writer.key("sources")
        writer.integer(Int64(sourceCount))
        further(&writer)
        writer.endObject()
    }
}

/// How sure a candidate is, by the model's thresholds.
package enum MatchGrade: String, CaseIterable, Hashable, Sendable, Comparable {
    /// Below the review threshold, yet shares something.
    case possible
    /// In the band that a steward decides.
    case probable
    /// At or above the automatic threshold.
    case certain

    /// Order from `possible` to `certain`.
    package static func < (left: MatchGrade, right: MatchGrade) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .possible: 0
        case .probable: 1
        case .certain: 2
        }
    }
}

/// One person who may be the one asked for.
package struct MatchCandidate: Hashable, Sendable {
    package var patient: PatientAnswer
    /// Match weight in bits, prior included.
    package var weight: Double
    /// Probability of a match, 0…1.
    package var probability: Double
    package var grade: MatchGrade

    /// Creates a candidate.
    package init(patient: PatientAnswer, weight: Double, probability: Double, grade: MatchGrade) {
        self.patient = patient
        self.weight = weight
        self.probability = probability
        self.grade = grade
    }

    /// Writes the candidate object of the line protocol.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("euid")
        writer.string(patient.enterpriseIdentifier.description)
        writer.key("weight")
        writer.decimal(weight, places: 2)
        writer.key("probability")
        writer.decimal(probability, places: 6)
        writer.key("grade")
        writer.string(grade.rawValue)
        writer.key("patient")
        patient.write(to: &writer)
        writer.endObject()
    }
}
