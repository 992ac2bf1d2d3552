import Identity
import RegistryModel
import Testing

/// A survivorship policy is data: it is written, read back equal, and refused with one clear line.
///
/// Method: literal JSON both ways; each way to be wrong with the line that says so.
@Suite struct SurvivorshipPolicyTests {
    private func text(_ policy: SurvivorshipPolicy) -> String {
        var writer = JSONWriter()
        writer.value(policy.json)
        return writer.text
    }

    @Test func jsonIsLiteral() {
        let policy = SurvivorshipPolicy(
            defaultRules: [.trust, .agreement], fieldRules: [.address: [.recency]],
            defaultTrust: [.source("civil-registry")],
            fieldTrust: [.birthDate: [.authority("cl-run"), .source("clinic")]],
            verifyingAuthorities: ["pe-dni", "cl-run"])
        let expected = """
            {"rules":{"default":["trust","agreement"],"address":["recency"]},\
            "trust":{"default":["source:civil-registry"],\
            "birth_date":["authority:cl-run","source:clinic"]},\
            "verified_by":["cl-run","pe-dni"]}
            """
        #expect(text(policy) == expected)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var policy = SurvivorshipPolicy.standard
        for field in DemographicField.allCases {
            policy.fieldRules[field] = [.verified, .completeness]
            policy.fieldTrust[field] = [.source("a"), .authority("b")]
            #expect(try SurvivorshipPolicy(json: JSONParser.parse(text(policy))) == policy)
        }
    }

    @Test(arguments: [
        ("[]", "a survivorship policy is a JSON object"),
        ("{}", "rules needs a list named default"),
        (#"{"rule":{}}"#, "a survivorship policy has rules, trust and verified_by, not rule"),
        (#"{"rules":{"default":["agreement"],"name":[]}}"#, "rules names unknown field name"),
        (#"{"rules":{"default":["recency","recency"]}}"#, "default names recency twice"),
        (#"{"rules":[]}"#, "rules is an object of lists by field"),
        (
            #"{"rules":{"default":["luck"]}}"#,
            "default is a list of rules (trust, verified, agreement, completeness, recency)"
                + " or of origins (source:CODE, authority:CODE)"
        ),
    ])
    func whatIsWrongIsSaid(json: String, message: String) {
        let refusal = #expect(throws: RegistryError.self) {
            _ = try SurvivorshipPolicy(json: JSONParser.parse(json))
        }
        #expect(refusal?.message == message)
    }

    @Test func rulesOfSourcesAreReadBack() throws {
        for rule in SourceRules.BadIdentifierRule.allCases {
            for isOfTests in [false, true] {
                let rules = SourceRules(badIdentifiers: rule, isOfTests: isOfTests)
                #expect(SourceRules(json: try JSONParser.parse(rules.json)) == rules)
            }
        }
        #expect(SourceRules(json: try JSONParser.parse("{}")) == SourceRules())
        #expect(SourceRules(json: .object([JSONMember("bad_identifiers", .string("x"))])) == nil)
    }

    @Test func authoritiesAreReadBack() throws {
        for shipped in AssigningAuthority.shipped {
            var authority = shipped
            authority.placeholders.values = ["NN", "X"]
            authority.placeholders.runs = false
            authority.bearersMayShare.toggle()
            let read = AssigningAuthority(
                code: authority.code, kind: authority.kind.rawValue, names: authority.namesJSON,
                oid: authority.oid, uri: authority.uri, rules: authority.rulesJSON)
            #expect(read == authority)
        }
    }
}
