/// Why a steward is asked; the kind of a task says what.
package enum ReviewReason: String, CaseIterable, Hashable, Sendable {
    /// The pair weighs enough to be doubted and too little to be linked.
    case weight
    /// The pair weighs enough to be linked, and something forbids it: numbers that differ, or a source
    /// in which nobody stands twice.
    case veto
    /// The record was linked, and fits a second person as well.
    case secondPerson = "second-person"
    /// What the record says now contradicts what it said before.
    case contradiction
    /// What the record says now fits another person better than its own.
    case otherPerson = "other-person"
    /// What the record says now no longer fits the others of its person.
    case unsupported
    /// Its source wants a record with such an identifier looked at before it joins anybody.
    case badIdentifier = "bad-identifier"
    /// Two persons state one national number.
    case sharedNumber = "shared-number"
    /// One source alone reports a death, which is not trusted with deaths.
    case loneDeathReport = "lone-death-report"
    /// The record is of somebody who has died, and its source has seen him since.
    case deceasedActivity = "deceased-activity"
}

/// How soon a doubt must be settled.
///
/// A doubt that is not settled in its term becomes more urgent, with the shorter term of its new
/// priority, up to the highest.
package enum ReviewSchedule {
    /// The highest priority; what is asked first.
    package static let priorityMax: Int16 = 4
    /// The days in which a task of each priority, from 0, is due.
    package static let termDays: [Int64] = [60, 30, 14, 5, 2]

    /// How urgent a new task is: a record that may have become somebody else puts two patients at
    /// risk, a pair that was not joined costs one of them his history.
    package static func priority(_ kind: ReviewTaskKind, _ reason: ReviewReason) -> Int16 {
        switch (kind, reason) {
        case (.overlay, _): 3
        case (_, .sharedNumber), (.death, _): 2
        case (.identifierConflict, _), (_, .veto), (_, .otherPerson), (_, .unsupported): 1
        case (_, .secondPerson): 1
        case (.duplicate, _): 0
        }
    }

    /// When a task of a priority is due that begins its term at a time; both in microseconds.
    package static func due(_ priority: Int16, from time: Int64) -> Int64 {
        let place = min(max(0, Int(priority)), termDays.count - 1)
        return time + termDays[place] * 86_400 * 1_000_000
    }
}
