import Identity
import RegistryModel
import Testing

/// Whether somebody is insured on a day, and why not.
///
/// Method: literal statements of insurers around one day, both ends of their periods included; the
/// order of several; the answer as text.
@Suite struct EligibilityTests {
    private static let day: Int32 = 19_783  // 2024-03-01

    private func statement(
        _ from: Int32?, _ through: Int32?, _ status: String = "", insurer: String = "fonasa",
        tier: String = "B"
    ) throws -> CoverageStatement {
        var members = [JSONMember("plan", .string("mai")), JSONMember("tier", .string(tier))]
        if !status.isEmpty { members.append(JSONMember("status", .string(status))) }
        return CoverageStatement(
            insurer: insurer, member: "cl-run:11111111-1",
            period: try #require(EntryPeriod(from: from, through: through)),
            content: try EntryContent(members, schema: .coverage))
    }

    @Test(
        arguments: [
            (-10, 10, "", true, "active"), (0, 10, "", true, "active"),
            (-10, 0, "", true, "active"),
            (-10, -1, "", false, "expired on 2024-02-29"),
            (1, 10, "", false, "begins on 2024-03-02"),
            (0, 0, "active", true, "active"), (0, 0, "suspended", false, "suspended"),
            (0, 0, "cancelled", false, "cancelled"),
            (-9, -2, "suspended", false, "expired on 2024-02-28"),
        ] as [(Int32, Int32, String, Bool, String)])
    func bothEndsAreValid(
        _ from: Int32, _ through: Int32, _ status: String, isEligible: Bool, reason: String
    ) throws {
        let found = Eligibility(
            [try statement(Self.day + from, Self.day + through, status)], on: Self.day, person: nil)
        #expect(found.isEligible == isEligible)
        #expect(found.reason == reason)
    }

    @Test func ofSeveralTheBestCounts() throws {
        let over = try statement(nil, Self.day - 1)
        let longOver = try statement(nil, Self.day - 100)
        let toCome = try statement(Self.day + 1, nil)
        let suspended = try statement(nil, nil, "suspended", insurer: "isapre")
        let valid = try statement(Self.day, nil, insurer: "sis")
        func reason(_ statements: [CoverageStatement]) -> String {
            Eligibility(statements, on: Self.day, person: nil).reason
        }
        #expect(reason([]) == "unknown to all insurers")
        #expect(reason([longOver, over]) == "expired on 2024-02-29")
        #expect(reason([over, toCome]) == "begins on 2024-03-02")
        #expect(reason([over, toCome, suspended]) == "suspended")
        #expect(reason([over, toCome, suspended, valid]) == "active")
    }

    @Test func theAnswerIsOneLine() throws {
        var writer = JSONWriter()
        Eligibility(
            [try statement(nil, Self.day, tier: "D")], on: Self.day, person: nil
        ).write(to: &writer)
        #expect(
            writer.text == #"{"eligible":true,"reason":"active","as_of":"2024-03-01","#
                + #""insurer":"fonasa","plan":"mai","tier":"D","valid_to":"2024-03-01"}"#)
        writer.removeAll()
        Eligibility([], on: Self.day, person: nil).write(to: &writer)
        #expect(
            writer.text == #"{"eligible":false,"reason":"unknown to all insurers","#
                + #""as_of":"2024-03-01"}"#)
    }
}
