internal import Identity
internal import RegistryModel
internal import RegistryStore

/// How far the writer is with rewriting the stored golden records after a change of policy.
///
/// Persons who come meanwhile need no rewriting: their golden records follow the policy already.
struct GoldenRewrite {
    /// The state of policy and authorities that the records are to follow.
    var basis: Int64 = 0
    /// The authorities with a value of which a person is concerned; nil where all are.
    var authorities: Set<String>?
    /// The next person by its number in the index; nil when all are done.
    var nextPerson: Int? = 0

    /// The golden records of the next persons of several records, and who comes after them.
    func nextRows(
        _ index: borrowing PatientIndex, _ policy: Survivorship
    ) -> (rows: [GoldenRow], nextPerson: Int?) {
        guard let first = nextPerson else { return ([], nil) }
        var rows: [GoldenRow] = []
        var person = first
        let end = min(index.persons.count, first + RegistryLimits.goldenPersonsMax)
        while person < end, rows.count < RegistryLimits.goldenRowsMax {
            let slots = index.activeMembers(of: UInt32(person))
            if slots.count > 1 {
                guard isConcerned(slots, index) else {
                    person += 1
                    continue
                }
                var members: [SourceRecord] = []
                for slot in slots { members.append(index.sourceRecord(slot)) }
                rows.append(
                    GoldenRow(
                        of: index.persons[person].euid, members: members,
                        pins: index.pins(of: UInt32(person)), policy: policy))
            }
            person += 1
        }
        return (rows, person < index.persons.count ? person : nil)
    }

    /// Whether one of a person's records states a value of one of the authorities.
    private func isConcerned(_ slots: [UInt32], _ index: borrowing PatientIndex) -> Bool {
        guard let authorities else { return true }
        for slot in slots {
            let stated = index.content(of: slot).identifiers
            if stated.contains(where: { authorities.contains($0.authority) }) { return true }
        }
        return false
    }
}
