internal import Identity
internal import RegistryModel

/// What a value must satisfy to be pinned; a steward states it, so that it must be right.
enum PinRules {
    private static let dayMicroseconds: Int64 = 86_400_000_000

    /// Why a value cannot be pinned, without the value; nil where it can.
    static func problem(_ wanted: FieldValue, now: Int64) -> String? {
        let name = wanted.field.name
        let text = wanted.value
        if text.utf8.contains(0) {
            return "a value holds the character U+0000, which cannot be kept"
        }
        if text.utf8.count > PersonRecord.valueBytesMax {
            return "\(name) is longer than \(PersonRecord.valueBytesMax) bytes"
        }
        let values = text.utf8.split(
            separator: PersonRecord.valueSeparator, omittingEmptySubsequences: false)
        if values.count > 1, !wanted.field.isRepeated { return "a person has one \(name)" }
        if text.isEmpty { return nil }
        if text.utf8.allSatisfy({ $0 <= 0x20 }) || values.contains(where: \.isEmpty) {
            return "\(name) is blank; leave it empty to say that there is none"
        }
        switch wanted.field {
        case .birthDate, .deceasedDate: return problem(date: text, name, now)
        case .birthOrder:
            guard let order = Int(text), (1...RegistryLimits.birthOrderMax).contains(order) else {
                return "\(name) is a number from 1 to \(RegistryLimits.birthOrderMax)"
            }
            return nil
        default: return nil
        }
    }

    private static func problem(
        date text: String, _ name: StaticString, _ now: Int64
    ) -> String? {
        guard let date = try? PartialDate(text), !date.isUnknown else {
            return
                "\(name) is no date that can be; write YEAR-MONTH-DAY, or less where less is known"
        }
        // Where a day has begun already somewhere on earth it is no day to come.
        let today = (now + dayMicroseconds / 2) / dayMicroseconds
        return Int64(date.firstDay) > today ? "\(name) is a day to come" : nil
    }
}
