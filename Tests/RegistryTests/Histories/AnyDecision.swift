import Identity
import RegistryModel
import SeededTesting

/// A random history, by what a decision of it may be about.
protocol DecidingHistory: AnyObject {
    var random: SeededGenerator { get set }
    /// Tells the names that this step gives from those of others.
    var stepName: Int { get }

    /// A person, now and then one that is retired.
    func anyPerson() -> EnterpriseIdentifier
    /// The name of a record.
    func anyRecord() -> LocalIdentifier
    /// Some of a person's records, not all where there are several.
    func someRecords(of person: EnterpriseIdentifier) -> [LocalIdentifier]
    /// An operation.
    func anyOperation() -> Int64
}

extension DecidingHistory {
    /// Any decision but to take something back.
    func anyDecision() -> Decision {
        let (person, other) = (anyPerson(), anyPerson())
        let mayRejoin = Bool.random(using: &random)
        switch Int.random(in: 0..<19, using: &random) {
        case 0, 1: return .merge(retired: person, survivor: other)
        case 2: return .link(anyRecord(), to: person)
        case 3: return .unlink(anyRecord(), mayRejoin: mayRejoin)
        case 4, 5: return .split(person, someRecords(of: person), mayRejoin: mayRejoin)
        case 6: return .distinct(.person(person), .record(anyRecord()))
        case 7: return .confirm(.record(anyRecord()), .person(person))
        case 8:
            return .confirm(.person(person), .record(someRecords(of: person).first ?? anyRecord()))
        case 9: return .unmerge(operation: anyOperation(), mayRejoin: mayRejoin)
        case 10: return .retire(anyRecord(), into: mayRejoin ? anyRecord() : nil)
        case 11:
            let record = anyRecord()
            return .renumber(record, to: "\(record.value)-\(stepName)")
        case 12: return .accept(anyRecord())
        case 13, 14, 15: return .pin(anySubject(person), someValues())
        case 16: return .unpin(anySubject(person), someValues().map(\.field))
        default: return .restrict(anyRecord())
        }
    }

    private func anySubject(_ person: EnterpriseIdentifier) -> DecisionSubject {
        Bool.random(using: &random) ? .person(person) : .record(anyRecord())
    }

    /// Values to pin, now and then none.
    private func someValues() -> [FieldValue] {
        let fields: [DemographicField] = [.family, .sex, .phone]
        return fields.filter { _ in Bool.random(using: &random) }.map { field in
            FieldValue(field, ["", "F", "M", "X"].randomElement(using: &random) ?? "")
        }
    }
}
