import SeededTesting
import Identity
import RegistryModel
import Testing

/// Packed bytes give back the record they were made of, and nothing else passes for one.
///
/// Method: round trips of random records, literal bytes, and every cut of a valid string.
@Suite struct PackedPersonTests {
    @Test func literalBytes() {
        var person = PersonRecord()
        person[.given] = "Al"
        person.identifiers = [LocalIdentifier(authority: "x", value: "7")]
        #expect(
            PackedPerson.bytes(of: person) == [
                0, 2, UInt8(ascii: "A"), UInt8(ascii: "l"), 0x40, 1, UInt8(ascii: "x"), 1,
                UInt8(ascii: "7"),
            ])
    }

    @Test(arguments: UInt64(1)...50) func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var person = PersonRecord()
        for field in DemographicField.allCases.shuffled(using: &random)
        where Bool.random(using: &random) {
            person[field] = String(
                repeating: "ñ", count: Int.random(in: 0...200, using: &random))
        }
        for index in 0..<Int.random(in: 0...3, using: &random) {
            person.identifiers.append(LocalIdentifier(authority: "a\(index)", value: "\(seed)"))
        }
        let bytes = PackedPerson.bytes(of: person)
        let again = PackedPerson.person(from: bytes.span)
        #expect(again == person)
        #expect(again.map(PackedPerson.bytes) == bytes)
    }

    @Test func cutBytesAreNoOtherRecord() {
        var person = PersonRecord()
        person[.given] = "Ana"
        person.identifiers = [LocalIdentifier(authority: "cl-run", value: "1-9")]
        let bytes = PackedPerson.bytes(of: person)
        for count in bytes.indices {
            let cut = Array(bytes[..<count])
            let read = PackedPerson.person(from: cut.span)
            #expect(read == nil || read.map(PackedPerson.bytes) == cut)
        }
    }
}
