import Identity
import RegistryModel
import Testing

/// JSON text is written compactly and read strictly.
///
/// Method: literal expectations, and a round trip of a person record.
@Suite struct JSONTests {
    @Test(arguments: [
        "{}", "[]", #"{"a":[1,-2,true,null,"x\ny"],"b":{"c":"ñ"}}"#, #""\"\\/""#, "0", "-12",
    ])
    func readsAndWritesBack(text: String) throws {
        let value = try JSONParser.parse(text)
        var writer = JSONWriter()
        writer.value(value)
        let again = try JSONParser.parse(writer.text)
        #expect(again == value)
    }

    @Test func escapesAreRead() throws {
        #expect(try JSONParser.parse(#""\u00f1\ud83d\ude00\t""#) == .string("ñ😀\t"))
        #expect(try JSONParser.parse("1.5e2") == .number(150))
    }

    @Test(arguments: [
        "", "{", "{\"a\"}", "[1,]", "01", "1.", "+1", "tru", "\"\u{01}\"", "{} x", "\"\\x\"",
        #""\u00""#,
    ])
    func malformedTextIsRefused(text: String) {
        #expect(throws: JSONError.self) { try JSONParser.parse(text) }
    }

    @Test func unstorableTextIsRefused() {
        #expect(throws: JSONError.unstorableCharacter) { try JSONParser.parse(#""\u0000""#) }
        #expect(throws: JSONError.unstorableCharacter) { try JSONParser.parse(#""\ud800x""#) }
        #expect(throws: JSONError.duplicateKey) { try JSONParser.parse(#"{"a":1,"a":2}"#) }
        let deep = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
        #expect(throws: JSONError.tooDeep) { try JSONParser.parse(deep) }
    }

    @Test func decimalsAreRounded() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.decimal(-0.005, places: 2)
        writer.decimal(12.3456, places: 2)
        writer.decimal(1, places: 0)
        writer.decimal(-0.001, places: 2)
        writer.endArray()
        #expect(writer.text == "[-0.01,12.35,1,0.00]")
    }

    @Test func personRoundTrip() throws {
        var person = PersonRecord()
        person[.given] = "María José"
        person.append("1", to: .phone)
        person.append("2", to: .phone)
        person.identifiers = [LocalIdentifier(authority: "cl-run", value: "11111111-1")]
        let json = person.json
        let text = String(decoding: json, as: UTF8.self)
        let expected =
            #"{"given":"María José","phone":["1","2"],"#
            + #""identifiers":[{"authority":"cl-run","value":"11111111-1"}]}"#
        #expect(text == expected)
        #expect(try PersonRecord(json: JSONParser.parse(json)) == person)
        #expect(
            ContentDigest(of: json).bytes
                == ContentDigest(bytes: ContentDigest(of: json).bytes)?.bytes)
    }

    @Test func unknownFieldIsNamed() {
        #expect(throws: RegistryError(.badRequest, "unknown field colour")) {
            try PersonRecord(json: JSONParser.parse(#"{"colour":"red"}"#))
        }
    }

    @Test func digestOfNothingIsTheOffsetBasis() {
        #expect(ContentDigest(of: []).bits == 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
        #expect(
            ContentDigest(of: Array("a".utf8)).bits == 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964)
    }
}
