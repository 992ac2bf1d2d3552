internal import RegistryModel
internal import RegistryStore

// Pinned values, which the index holds beside the records that they name.
extension PatientIndex {
    /// Takes what a decision did to pinned values.
    mutating func take(_ step: PinStep) {
        for ended in step.ended {
            pins[ended.record]?.removeAll { $0.field == ended.field }
            if pins[ended.record]?.isEmpty == true { pins[ended.record] = nil }
        }
        for pin in step.begun { pins[pin.record, default: []].append(pin) }
    }

    /// What is pinned of a person, by way of withdrawn records too.
    func pins(of person: UInt32) -> PersonPins {
        guard !pins.isEmpty else { return .none }
        var found: [PinnedValue] = []
        var slot = persons[Int(person)].firstMember
        while slot != PatientIndex.noSlot {
            if let pinned = pins[Int64(slot) + 1] { found += pinned }
            slot = records[Int(slot)].nextMember
        }
        return PersonPins(found)
    }
}
