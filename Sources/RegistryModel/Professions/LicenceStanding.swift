/// Whether somebody may practise on a day, and why.
package struct LicenceStanding: Hashable, Sendable {
    /// The answer, the best first: of several licences the best counts.
    package enum Status: String, CaseIterable, Hashable, Sendable, Comparable {
        case active
        case suspended
        case revoked
        case expired
        /// It begins on a later day.
        case pending = "not-yet"
        /// No register knows a licence.
        case unlicensed = "none"

        /// The order of the cases.
        package static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }

        private var rank: Int { Status.allCases.firstIndex(of: self) ?? 0 }
    }

    package var status: Status
    /// Why, in one line.
    package var reason: String

    /// Creates a standing.
    package init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }
}

extension LicenceStanding {
    /// The standing of one licence on a day, by all that is said of its number.
    ///
    /// Of statements for the same day the worst counts: a suspension is said beside the licence whose days
    /// go on meanwhile.
    init(of statements: [DatedItem], on day: String) {
        let name = statements.first.map(Self.name) ?? "the licence"
        let now = statements.filter { $0.contains(day) }
        let found = now.compactMap { Status(rawValue: $0["status"]) }
        if found.contains(.revoked) {
            self.init(.revoked, "\(name) is revoked")
        } else if found.contains(.suspended) {
            self.init(.suspended, "\(name) is suspended")
        } else if found.contains(.expired) {
            self.init(.expired, "\(name) has expired")
        } else if found.contains(.active) {
            self.init(.active, "\(name) is valid")
        } else if let last = statements.filter({ $0.isOver(on: day) }).map(\.through).max() {
            self.init(.expired, "\(name) expired on \(last)")
        } else if let first = statements.map(\.from).min() {
            self.init(.pending, "\(name) begins on \(first)")
        } else {
            self.init(.unlicensed, "no register knows a licence")
        }
    }

    /// A licence as people name it, who may know its number.
    private static func name(_ licence: DatedItem) -> String {
        let (authority, number) = (licence["authority"], licence["number"])
        if authority.isEmpty, number.isEmpty { return "the licence" }
        if number.isEmpty { return "the licence of \(authority)" }
        return authority.isEmpty ? "licence \(number)" : "licence \(authority):\(number)"
    }

    /// The standing of somebody with these licences, unless a suspension from practice is in force.
    init(licences: [LicenceStanding], suspensions: [DatedItem], on day: String) {
        if let suspension = suspensions.first(where: { $0.contains(day) }) {
            let end = suspension.through.isEmpty ? "" : " through \(suspension.through)"
            self.init(.suspended, "suspended\(end): \(suspension["reason"])")
        } else if let best = licences.min(by: { $0.status < $1.status }) {
            self = best
        } else {
            self.init(.unlicensed, "no register knows a licence")
        }
    }
}
