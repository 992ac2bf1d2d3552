import LineProtocol
import RegistryModel
import Testing

/// Request lines are read by the grammar and nothing else is.
///
/// Method: literal expectations for each production, and refusals whose messages show no value.
@Suite struct RequestParserTests {
    private func parse(_ line: String) throws(RegistryError) -> Request {
        var tag: RequestTag?
        let bytes = Array(line.utf8)
        return try RequestParser.parse(bytes.span, tag: &tag)
    }

    private func refusal(of bytes: [UInt8]) -> RegistryError? {
        var tag: RequestTag?
        do throws(RegistryError) {
            _ = try RequestParser.parse(bytes.span, tag: &tag)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["GET", "get", "gEt"])
    func verbsInAnyCase(verb: String) throws {
        #expect(try parse("\(verb) patient cl-run:1-9").verb == .get)
    }

    @Test func arguments() throws {
        let request = try parse(
            #"PUT patient source=a given="Ana \"M\u00aa\"" family=Ñúñez id.cl-run=1=2 email= "x =y""#
        )
        let expected: [Request.Argument] = [
            .init(value: "patient"), .init(key: "source", value: "a"),
            .init(key: "given", value: "Ana \"Mª\""), .init(key: "family", value: "Ñúñez"),
            .init(key: "id.cl-run", value: "1=2"), .init(key: "email", value: ""),
            .init(value: "x =y"),
        ]
        #expect(request.arguments == expected)
        #expect(request.object == nil)
    }

    @Test func repeatedKeysAndObject() throws {
        let request = try parse(#"MATCH phone=1 phone=2 {"given":"Ana", "x": [1]}"#)
        #expect(request.values(of: "phone") == ["1", "2"])
        #expect(request.object?["given"] == .string("Ana"))
    }

    @Test func tagComesBackWhenTheRestIsRefused() {
        var tag: RequestTag?
        let line = Array("@a-1_Z nonsense".utf8)
        #expect(throws: RegistryError.self) { try RequestParser.parse(line.span, tag: &tag) }
        var written: [UInt8] = []
        tag?.append(to: &written)
        #expect(String(decoding: written, as: UTF8.self) == "a-1_Z")
    }

    @Test(arguments: [
        "@ PING", "@x", "@x  PING", "@é PING", "@" + String(repeating: "a", count: 33) + " PING",
        "", " PING", "GET  patient", "GET patient ", "GET a\tb", "GET a\u{7F}", "GET 1a=b",
        "GET A=b",
        "GET =b", "GET -a=b", "GET a\"b", "GET a=b\"c", "GET a={", "GET a{b}", "GET \"a",
        "GET \"a\"b",
        "GET \"\\u0000\"", "GET \"\\ud800\"", "GET \"\\u001f\"", "GET {} x",
        "GET {\"a\":1,\"a\":2}",
        "GET {\"a\":\"\\u001f\"}", "GET {\"\\udc00\":1}", "GET {", "GET \"\\",
    ])
    func badRequests(line: String) {
        #expect(refusal(of: Array(line.utf8))?.code == .badRequest)
    }

    @Test(arguments: [
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ])
    func bytesThatAreNotUTF8(bytes: [UInt8]) {
        #expect(refusal(of: Array("GET patient x:".utf8) + bytes)?.code == .badRequest)
        #expect(refusal(of: Array("GET \"".utf8) + bytes + [0x22])?.code == .badRequest)
    }

    @Test(arguments: ["GETS", "GET1", "\u{E9}"])
    func unknownVerbs(line: String) {
        #expect(refusal(of: Array(line.utf8))?.code == .unknownVerb)
    }

    @Test func tooManyArguments() {
        let line = "MATCH" + String(repeating: " phone=1", count: 257)
        #expect(refusal(of: Array(line.utf8))?.code == .badRequest)
    }

    @Test(arguments: [
        "GET patient cl-run:SECRET\u{1}", "PUT given=SECRET\"", "PUT given=\"SECRET", "SECRET x",
        "PUT {\"given\":\"SECRET\",}", "PUT SECRET=1",
    ])
    func messagesShowNoValue(line: String) throws {
        let error = try #require(refusal(of: Array(line.utf8)))
        #expect(!error.message.contains("SECRET"))
    }
}
