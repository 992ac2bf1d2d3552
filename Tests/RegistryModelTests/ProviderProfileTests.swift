import RegistryModel
import Testing

/// What registers of the professions say of a provider on a day.
///
/// Method: literal entries of one and two registers, on days at both ends of what they say.
@Suite struct ProviderProfileTests {
    private func statement(
        _ json: String, source: String = "college"
    ) throws -> ProviderProfile.Statement {
        let value = try JSONParser.parse(Array(json.utf8))
        guard case .object(let members) = value else {
            throw EntryProblem.unreadable("no object")
        }
        return ProviderProfile.Statement(
            source: source, content: try EntryContent(members, schema: .provider))
    }

    private func standing(_ json: [String], on day: Int32) throws -> LicenceStanding {
        ProviderProfile(
            try json.enumerated().map { try statement($1, source: "college-\($0)") }, on: day
        ).licenceStanding
    }

    private static let licence =
        #"{"licence":[{"authority":"cl-rnpi","number":"77","status":"active","#
        + #""from":"2024-03-01","through":"2024-03-31"}],"#
        + #""suspension":[{"reason":"inquiry","from":"2024-03-10","through":"2024-03-12"}]}"#

    @Test(
        arguments: [
            (19_782, "not-yet", "licence cl-rnpi:77 begins on 2024-03-01"),
            (19_783, "active", "licence cl-rnpi:77 is valid"),
            (19_791, "active", "licence cl-rnpi:77 is valid"),
            (19_792, "suspended", "suspended through 2024-03-12: inquiry"),
            (19_794, "suspended", "suspended through 2024-03-12: inquiry"),
            (19_795, "active", "licence cl-rnpi:77 is valid"),
            (19_813, "active", "licence cl-rnpi:77 is valid"),
            (19_814, "expired", "licence cl-rnpi:77 expired on 2024-03-31"),
        ] as [(Int32, String, String)])
    func aLicenceIsOfItsDays(_ day: Int32, status: String, reason: String) throws {
        let found = try standing([Self.licence], on: day)
        #expect(found.status.rawValue == status)
        #expect(found.reason == reason)
    }

    @Test func ofOneNumberTheWorstCountsAndOfTwoTheBest() throws {
        let valid = #"{"licence":[{"authority":"cl-rnpi","number":"1","status":"active"}]}"#
        let suspended =
            #"{"licence":[{"authority":"cl-rnpi","number":"1","status":"suspended","#
            + #""from":"2024-01-01"}]}"#
        let other = #"{"licence":[{"number":"2","status":"active"}]}"#
        let revoked = #"{"licence":[{"authority":"pe-cmp","number":"1","status":"revoked"}]}"#
        #expect(try standing([], on: 19_783).status == .unlicensed)
        #expect(try standing([valid], on: 19_783).status == .active)
        #expect(try standing([suspended], on: 19_783).status == .suspended)
        #expect(try standing([valid, suspended], on: 19_783).status == .suspended)
        // Without an authority a number is its register's own.
        let one = #"{"licence":[{"number":"1","status":"active"}]}"#
        let unlike = #"{"licence":[{"number":"1","status":"revoked"}]}"#
        #expect(try standing([one, unlike], on: 19_783).status == .active)
        #expect(try standing([valid, suspended], on: 19_700).status == .active)
        #expect(try standing([suspended, other], on: 19_783).status == .active)
        #expect(try standing([revoked], on: 19_783).status == .revoked)
        #expect(try standing([revoked, valid], on: 19_783).status == .active)
    }

    @Test func anAnswerHasWhatHoldsOnItsDay() throws {
        let entry =
            #"{"profession":[{"profession":"physician"}],"#
            + #""specialty":[{"specialty":"cardiology","from":"2020-01-01"},"#
            + #"{"specialty":"surgery","through":"2019-12-31"}],"#
            + #""affiliation":[{"facility":"cl-deis:101100","role":"chief","through":"2024-03-01"},"#
            + #"{"facility":"cl-deis:101101","from":"2024-03-02"}],"language":["es"]}"#
        let profile = ProviderProfile(
            [try statement(entry), try statement(entry, source: "council")], on: 19_783
        ) { $0 == "cl-deis:101100" ? "Hospital" : nil }
        var writer = JSONWriter()
        writer.beginObject()
        profile.writeMembers(to: &writer)
        writer.endObject()
        #expect(
            writer.text == #"{"as_of":"2024-03-01","licence_status":"none","#
                + #""licence_reason":"no register knows a licence","#
                + #""professions":[{"profession":"physician","source":"college"}],"#
                + #""specialties":[{"specialty":"cardiology","valid_from":"2020-01-01","#
                + #""source":"college"}],"licences":[],"suspensions":[],"#
                + #""affiliations":[{"facility":"cl-deis:101100","name":"Hospital","#
                + #""role":"chief","valid_to":"2024-03-01","source":"college"}],"#
                + #""languages":["es"]}"#)
    }
}
