import Identity
import Testing

/// A record gives back what was set, whatever the order, and shows no value in its text.
///
/// Method: literal expectations.
@Suite struct PersonRecordTests {
    @Test func valuesReadBackAsSet() {
        var record = PersonRecord()
        record[.family] = "Muñoz"
        record[.given] = "María José"
        record[.family] = "Huenchumilla"
        #expect(record[.family] == "Huenchumilla")
        #expect(record[.given] == "María José")
        #expect(record[.sex] == "")
        #expect(!record.has(.sex))
    }

    @Test func equalityIgnoresTheOrderOfSetting() {
        var left = PersonRecord()
        left[.given] = "Ana"
        left[.family] = "Soto"
        var right = PersonRecord()
        right[.family] = "Soto"
        right[.given] = "Eva"
        right[.given] = "Ana"
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        right[.sex] = "F"
        #expect(left != right)
    }

    @Test func repeatedValuesKeepTheirOrder() {
        var record = PersonRecord()
        record.append("+56 9 1111 1111", to: .phone)
        record.append("+56 2 2222 2222", to: .phone)
        #expect(record.values(of: .phone) == ["+56 9 1111 1111", "+56 2 2222 2222"])
    }

    @Test func longTextIsCutBetweenCharacters() {
        var record = PersonRecord()
        record[.address] = String(repeating: "ñ", count: 10_000) + "a"
        #expect(record[.address].utf8.count == PersonRecord.valueBytesMax)
        #expect(record[.address].allSatisfy { $0 == "ñ" })
    }

    @Test func descriptionShowsNoValue() {
        var record = PersonRecord()
        record[.given] = "Ana"
        record.identifiers = [LocalIdentifier(authority: "cl-run", value: "11111111-1")]
        #expect(record.description == "PersonRecord(given, 1 identifiers)")
        #expect(!"\(record.identifiers)".contains("11111111"))
    }
}
