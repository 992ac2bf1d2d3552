import SeededTesting
import Identity
import RegistryModel
import Testing

/// A golden record is a pure function of a set of records.
///
/// Method: literal cases for each rule, then random sets of records under random orders.
@Suite struct GoldenRecordTests {
    /// A record that says something of a person; by default each is of a source of its own.
    private static func source(
        _ values: [DemographicField: String], recordedAt: Int64 = 0,
        identifiers: [LocalIdentifier] = [], record: Int64 = 0, source: Int32? = nil
    ) -> GoldenRecordSource {
        var person = PersonRecord()
        for (field, value) in values { person[field] = value }
        person.identifiers = identifiers
        return GoldenRecordSource(
            person: person, recordedAt: recordedAt, record: record,
            source: source ?? Int32(record))
    }

    @Test func mostAgreedValueSurvives() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.family: "Soto"], record: 1),
            Self.source([.family: "Sotto Perez"], record: 2),
            Self.source([.family: "Soto"], record: 3),
        ])
        #expect(golden[.family] == "Soto")
    }

    @Test func oneSourceThatRepeatsItselfIsOneVoice() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.family: "Soto"], record: 1, source: 1),
            Self.source([.family: "Soto"], record: 2, source: 1),
            Self.source([.family: "Sotto Perez"], record: 3, source: 2),
        ])
        #expect(golden[.family] == "Sotto Perez")
    }

    @Test func spellingsAgreeAndTheBestOneStands() {
        let derivation = GoldenRecord.deriveWithProvenance(from: [
            Self.source([.given: "JOSE"], recordedAt: 3, record: 1),
            Self.source([.given: "José"], recordedAt: 1, record: 2),
            Self.source([.given: "Jose"], recordedAt: 2, record: 3),
            Self.source([.given: "Joseph Karl"], recordedAt: 9, record: 4),
        ])
        #expect(derivation.person[.given] == "José")
        let provenance = derivation.fields.first
        #expect(provenance?.field == .given)
        #expect(provenance?.record == 2)
        #expect(provenance?.agreeing == [1, 2, 3])
        #expect(provenance?.rivals == 1)
        #expect(provenance?.basis == .rule(.agreement))
    }

    @Test(arguments: [
        ("MARÍA", "Maria", "MARÍA"), ("Maria", "MARIA", "Maria"), ("maria", "MARIA", "MARIA"),
        ("Jose\u{301}", "Jose", "Jose\u{301}"), ("D'Angelo", "D ANGELO", "D'Angelo"),
    ])
    func whatFoldingTakesAwayIsKept(one: String, other: String, expected: String) {
        let golden = GoldenRecord.derive(from: [
            Self.source([.given: one], recordedAt: 1, record: 1),
            Self.source([.given: other], recordedAt: 2, record: 2),
        ])
        #expect(golden[.given].utf8.elementsEqual(expected.utf8))
    }

    @Test(arguments: [
        (DemographicField.birthDate, "1984-03-17", "17/03/1984"),
        (.phone, "+56 58 222 3344", "56-58-222-3344"),
        (.email, "Ana@Example.org", "ana@example.org"),
        (.municipality, "ARICA", "Arica"),
    ])
    func waysToWriteAValueAgree(field: DemographicField, one: String, other: String) {
        let derivation = GoldenRecord.deriveWithProvenance(from: [
            Self.source([field: one], record: 1), Self.source([field: other], record: 2),
        ])
        #expect(derivation.fields.map(\.rivals) == [0])
        #expect(derivation.fields.map(\.basis) == [.unopposed])
    }

    @Test func completerValueSurvivesAmongEquals() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.given: "Juan Carlos"], recordedAt: 1, record: 1),
            Self.source([.given: "Juan"], recordedAt: 2, record: 2),
        ])
        #expect(golden[.given] == "Juan Carlos")
    }

    @Test(arguments: [
        ("1984-03-17", "1984-03"), ("1984-03-17", "1984-01-01"), ("1984-03", "1984"),
        ("1984", "1900-01-01"),
    ])
    func theMoreExactDateSurvivesAmongEquals(exact: String, vague: String) {
        let golden = GoldenRecord.derive(from: [
            Self.source([.birthDate: vague], recordedAt: 2, record: 1),
            Self.source([.birthDate: exact], recordedAt: 1, record: 2),
        ])
        #expect(golden[.birthDate] == exact)
    }

    @Test func latestAddressSurvives() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.address: "Calle Larga 1234, Arica"], recordedAt: 1, record: 1),
            Self.source([.address: "Calle 2"], recordedAt: 2, record: 2),
        ])
        #expect(golden[.address] == "Calle 2")
    }

    @Test func aDeathOnceStatedSurvivesAndTheLatestDateOfSeveral() {
        let golden = GoldenRecord.derive(from: [
            Self.source([.given: "Ana"], recordedAt: 9, record: 1),
            Self.source([.deceasedDate: "2021-05-01"], recordedAt: 1, record: 2),
            Self.source([.deceasedDate: "2021-05-02"], recordedAt: 2, record: 3),
        ])
        #expect(golden[.deceasedDate] == "2021-05-02")
    }

    @Test func aLoneUntrustedReportOfADeathDoesNotStand() {
        let reports = [
            Self.source([.deceasedDate: "2021-05-01"], record: 1),
            Self.source([.given: "Ana"], record: 2), Self.source([.given: "Ana"], record: 3),
        ]
        func death(_ sources: [Int32], trusting trusted: [TrustedOrigin]) -> String {
            var policy = SurvivorshipPolicy.standard
            policy.fieldTrust[.deceasedDate] = trusted
            let survivorship = Survivorship(policy: policy, sources: ["registry": 7])
            let stated = zip(reports, sources).map { report, source in
                GoldenRecordSource(
                    person: report.person, recordedAt: 1, record: report.record, source: source)
            }
            return GoldenRecord.derive(from: stated, policy: survivorship)[.deceasedDate]
        }
        let registry = [TrustedOrigin.source("registry")]
        #expect(death([1, 2, 7], trusting: registry) == "")
        #expect(death([7, 2, 1], trusting: registry) == "2021-05-01")
        #expect(death([1, 1, 1], trusting: registry) == "2021-05-01")
        #expect(death([1, 2, 3], trusting: []) == "2021-05-01")
    }

    @Test func aTrustedSourceAndAVerifiedRecordGoFirst() {
        let sources = [
            Self.source([.family: "Soto"], record: 1), Self.source([.family: "Soto"], record: 2),
            Self.source([.family: "Sotto"], record: 3),
            Self.source(
                [.family: "Zoto"],
                identifiers: [LocalIdentifier(authority: "cl-run", value: "12.345.678-5")],
                record: 4),
        ]
        func family(_ policy: SurvivorshipPolicy) -> (String, SurvivalBasis?) {
            let survivorship = Survivorship(policy: policy, sources: ["registry": 3])
            let derivation = GoldenRecord.deriveWithProvenance(from: sources, policy: survivorship)
            return (derivation.person[.family], derivation.fields.first?.basis)
        }
        var policy = SurvivorshipPolicy(defaultRules: [.trust, .verified, .agreement])
        #expect(family(policy) == ("Zoto", .rule(.verified)))
        policy.verifyingAuthorities = ["pe-dni"]
        #expect(family(policy) == ("Soto", .rule(.agreement)))
        policy.fieldTrust[.family] = [.source("registry"), .authority("cl-run")]
        #expect(family(policy) == ("Sotto", .rule(.trust)))
        policy.fieldTrust[.family] = [.authority("cl-run"), .source("registry")]
        #expect(family(policy) == ("Zoto", .rule(.trust)))
        policy.fieldRules[.family] = [.recency]
        #expect(family(policy) == ("Soto", .content))
    }

    @Test(arguments: [("QUAL", "Zoe"), ("RECUP", "Ann"), ("VALI", "Ann"), ("prov", "Ann")])
    func aMatriculeVerifiesAQualifiedIdentityAlone(status: String, expected: String) {
        let matricule = LocalIdentifier(authority: "fr-ins-nir", value: "279035121518989")
        let stated = LocalIdentifier(authority: "fr-ins-status", value: status)
        let policy = SurvivorshipPolicy(defaultRules: [.verified, .agreement])
        let golden = GoldenRecord.derive(
            from: [
                Self.source([.given: "Ann"], record: 1),
                Self.source([.given: "Zoe"], identifiers: [matricule, stated], record: 2),
            ], policy: Survivorship(policy: policy))
        #expect(golden[.given] == expected)
    }

    @Test func oneNumberWrittenTwoWaysIsOne() {
        let dotted = LocalIdentifier(authority: "cl-run", value: "12.497.947-1")
        let plain = LocalIdentifier(authority: "cl-run", value: "12497947-1")
        let golden = GoldenRecord.derive(from: [
            Self.source([:], identifiers: [dotted], record: 1),
            Self.source([:], identifiers: [plain], record: 2),
            Self.source([:], identifiers: [plain], record: 3),
        ])
        #expect(golden.identifiers == [plain])
    }

    @Test func whatIsSaidOfANumbersStandingGoesBeforeNothing() {
        let plain = LocalIdentifier(authority: "cl-run", value: "12497947-1")
        let old = LocalIdentifier(authority: "cl-run", value: "12497947-1", status: .old)
        let temporary = LocalIdentifier(
            authority: "cl-run", value: "12497947-1", status: .temporary)
        let other = LocalIdentifier(authority: "passport-per", value: "X1")
        func golden(_ stated: [LocalIdentifier]) -> [LocalIdentifier] {
            GoldenRecord.derive(
                from: stated.enumerated().map { place, identifier in
                    Self.source(
                        [:], recordedAt: Int64(place), identifiers: [identifier],
                        record: Int64(place) + 1)
                }
            ).identifiers
        }
        #expect(golden([old, plain]) == [old])
        #expect(golden([plain, old, plain]) == [old])
        // Of two who say something the later one is believed.
        #expect(golden([old, temporary, plain]) == [temporary])
        #expect(golden([temporary, old]) == [old])
        #expect(golden([old, plain, other]) == [other, old])
    }

    @Test func identifiersAreUnited() {
        let run = LocalIdentifier(authority: "cl-run", value: "11111111-1")
        let passport = LocalIdentifier(authority: "passport-per", value: "X1")
        let golden = GoldenRecord.derive(from: [
            Self.source([:], identifiers: [passport, run], record: 1),
            Self.source([:], identifiers: [run], record: 2),
        ])
        #expect(golden.identifiers == [run, passport])
    }

    @Test func oneRecordIsItsOwnGoldenRecord() {
        let only = Self.source(
            [.given: "Ana"],
            identifiers: [
                LocalIdentifier(authority: "b", value: "2"),
                LocalIdentifier(authority: "a", value: "1"),
            ])
        #expect(GoldenRecord.derive(from: [only]) == only.person)
    }

    @Test(arguments: UInt64(1)...60) func orderOfRecordsChangesNothing(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let values = [
            "Ana", "ANA", "Ána", "A\u{301}na", "Ana Maria", "Anna", "María", "Zoë", "1984-03-17",
            "17/03/1984", "1984", "-", "\u{1F}",
        ]
        let runs = ["12.345.678-5", "12345678-5", "12345678-6", "5.126.663-3"]
        let origins: [TrustedOrigin] = [.source("a"), .authority("cl-run"), .source("b")]
        let survivorship = Survivorship(
            policy: SurvivorshipPolicy(
                defaultRules: Array(SurvivorshipRule.allCases.shuffled(using: &random).prefix(3)),
                fieldRules: [.given: SurvivorshipRule.allCases.shuffled(using: &random)],
                defaultTrust: origins.shuffled(using: &random)),
            sources: ["a": 0, "b": 1])
        let sources = (1...Int64.random(in: 2...6, using: &random)).map { record in
            var person = PersonRecord()
            for field in DemographicField.allCases where Bool.random(using: &random) {
                person[field] = values.randomElement(using: &random) ?? ""
            }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                person.identifiers.append(
                    LocalIdentifier(
                        authority: "cl-run", value: runs.randomElement(using: &random) ?? ""))
            }
            return GoldenRecordSource(
                person: person, recordedAt: Int64.random(in: 0...2, using: &random),
                record: record, source: Int32.random(in: 0...2, using: &random))
        }
        let golden = GoldenRecord.deriveWithProvenance(from: sources, policy: survivorship)
        for _ in 0..<10 {
            let shuffled = sources.shuffled(using: &random)
            #expect(
                GoldenRecord.deriveWithProvenance(from: shuffled, policy: survivorship) == golden,
                "seed \(seed)")
        }
        for field in DemographicField.allCases {
            let stating = sources.filter { $0.person.has(field) }
            let provenance = golden.fields.first { $0.field == field }
            // The lone word of a source on a death may not stand.
            let isDoubtful =
                field == .deceasedDate && Set(stating.map(\.source)).count == 1
                && Set(sources.map(\.source)).count > 1
            #expect((provenance == nil) == stating.isEmpty || isDoubtful, "seed \(seed)")
            guard let provenance else { continue }
            let stated = stating.first { $0.record == provenance.record }?.person[field] ?? ""
            #expect(stated.utf8.elementsEqual(golden.person[field].utf8), "seed \(seed)")
            #expect(Set(provenance.agreeing).isSubset(of: stating.map(\.record)))
        }
        #expect(golden.person.identifiers == golden.identifiers.map(\.identifier))
    }
}
