/// What one insurer says of one identifier on some days.
package struct CoverageStatement: Hashable, Sendable {
    /// The code of the insurer, which is the catalog's authority.
    package var insurer: String
    /// The member's identifier, the code of the entry.
    package var member: String
    package var period: EntryPeriod
    package var content: EntryContent

    /// Creates a statement.
    package init(insurer: String, member: String, period: EntryPeriod, content: EntryContent) {
        self.insurer = insurer
        self.member = member
        self.period = period
        self.content = content
    }

    /// What it comes to on a day.
    package func standing(on day: Int32) -> CoverageStanding {
        if let through = period.through, through < day { return .expired(through) }
        if let from = period.from, from > day { return .pending(from) }
        switch content["status"]?.string {
        case "suspended": return .suspended
        case "cancelled": return .cancelled
        default: return .active
        }
    }

    /// Writes the statement as an object of the line protocol.
    package func write(to writer: inout JSONWriter, on day: Int32) {
        writer.beginObject()
        writer.key("insurer")
        writer.string(insurer)
        writer.key("member")
        writer.string(member)
        writer.key("standing")
        writer.string(standing(on: day).text)
        period.writeDays(to: &writer)
        for member in content.members {
            writer.key(dynamic: member.key)
            writer.value(member.value)
        }
        writer.endObject()
    }
}

/// What a coverage comes to on a day.
package enum CoverageStanding: Hashable, Sendable, Comparable {
    case active
    case suspended
    case cancelled
    /// It begins on a later day.
    case pending(Int32)
    /// It ended on an earlier day.
    case expired(Int32)

    /// The reason as answers have it.
    package var text: String {
        switch self {
        case .active: "active"
        case .suspended: "suspended"
        case .cancelled: "cancelled"
        case .pending(let day): "begins on \(EntryPeriod.text(day))"
        case .expired(let day): "expired on \(EntryPeriod.text(day))"
        }
    }

    /// The order in which of several one is told: the best; of those to come the first, of those that are
    /// over the last.
    package static func < (left: CoverageStanding, right: CoverageStanding) -> Bool {
        switch (left, right) {
        case (.pending(let one), .pending(let other)): one < other
        case (.expired(let one), .expired(let other)): one > other
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .active: 0
        case .suspended: 1
        case .cancelled: 2
        case .pending: 3
        case .expired: 4
        }
    }
}

/// Whether somebody is insured on a day, with what the insurers say.
package struct Eligibility: Hashable, Sendable {
    /// In days since 1970-01-01.
    package var day: Int32
    /// The best first.
    package private(set) var statements: [CoverageStatement]
    /// The person behind the identifier; nil where nobody, or more than one, has it.
    package var person: EnterpriseIdentifier?

    /// Puts statements in order.
    package init(_ statements: [CoverageStatement], on day: Int32, person: EnterpriseIdentifier?) {
        self.day = day
        self.person = person
        self.statements = statements.sorted { left, right in
            let (one, other) = (left.standing(on: day), right.standing(on: day))
            if one != other { return one < other }
            return (left.insurer, left.member, left.period.from ?? .min)
                < (right.insurer, right.member, right.period.from ?? .min)
        }
    }

    /// Whether the person is insured on the day.
    package var isEligible: Bool { statements.first?.standing(on: day) == .active }

    /// Why, in a few words.
    package var reason: String {
        statements.first?.standing(on: day).text ?? "unknown to all insurers"
    }

    /// Writes the answer in one object.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("eligible")
        writer.boolean(isEligible)
        writer.key("reason")
        writer.string(reason)
        writer.key("as_of")
        writer.string(EntryPeriod.text(day))
        if let first = statements.first {
            writer.key("insurer")
            writer.string(first.insurer)
            for field in ["plan", "tier"] {
                guard let value = first.content[field]?.string else { continue }
                writer.key(dynamic: field)
                writer.string(value)
            }
            first.period.writeDays(to: &writer)
        }
        if let person {
            writer.key("euid")
            writer.string(person.description)
        }
        writer.endObject()
    }
}

extension EntryPeriod {
    /// Writes the days, as answers have them.
    func writeDays(to writer: inout JSONWriter) {
        if let from {
            writer.key("valid_from")
            writer.string(EntryPeriod.text(from))
        }
        if let through {
            writer.key("valid_to")
            writer.string(EntryPeriod.text(through))
        }
    }
}

/// Whether the holder of an identifier is insured, as a node answers it.
package struct CoverageAnswer: Hashable, Sendable {
    package var eligibility: Eligibility
    /// Whether the person behind the identifier is restricted.
    package var isRestricted: Bool

    /// Creates an answer.
    package init(eligibility: Eligibility, isRestricted: Bool) {
        self.eligibility = eligibility
        self.isRestricted = isRestricted
    }
}
