import SeededTesting
import Identity
import RegistryModel
import Testing

/// Canonical JSON is read back as the record that it was written of.
///
/// Method: random records with every awkward character, compared with the parser of all JSON; text
/// that is no canonical record.
@Suite struct CanonicalJSONTests {
    @Test(arguments: UInt64(1)...60) func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("aé\"\\/\n\t\r\u{1}\u{7f}خ𝄞 ,:{}[]")
        func text() -> String {
            String(
                (0..<Int.random(in: 1...9, using: &random)).compactMap { _ in
                    alphabet.randomElement(using: &random)
                })
        }
        var person = PersonRecord()
        for field in DemographicField.allCases where Bool.random(using: &random) {
            for _ in 0..<Int.random(in: 1...3, using: &random) { person.append(text(), to: field) }
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            person.identifiers.append(LocalIdentifier(authority: text(), value: text()))
        }
        let json = person.json
        let read = PersonRecord(canonicalJSON: json)
        #expect(read == person)
        #expect(try read == PersonRecord(json: JSONParser.parse(json)))
    }

    @Test(arguments: [
        "", "{", "[]", "{\"given\":1.5}", "{\"nobody\":\"x\"}", "{\"given\":\"A\"}x",
        "{\"given\":\"A\",\"given\":\"B\"}", "{\"identifiers\":[{\"value\":\"1\"}]}",
    ])
    func otherTextIsNoRecord(text: String) {
        #expect(PersonRecord(canonicalJSON: Array(text.utf8)) == nil)
    }

    @Test func otherOrderIsRead() {
        let person = PersonRecord(
            canonicalJSON: Array("{\"family\":\"Soto\", \"given\":\"Ana\"}".utf8))
        #expect(person?[.given] == "Ana")
        #expect(person?[.family] == "Soto")
    }
}
