import SeededTesting
import Identity
import Testing

/// Each authority's values have one canonical form and the grade that its rules give them.
///
/// Method: published vectors, valid and invalid; the traps that official samples set; random bytes
/// for bounds and idempotence, with a fixed seed.
@Suite struct AssigningAuthorityTests {
    @Test(arguments: [
        ("cl-run", "12345678-5 5126663-3 15335473-1 10000013-K 1000005-K 10000004-0 11222333-9"),
        ("pe-dni", "10117410-2 10117410-G 12345678-1 12345678-E 43321190-7 46514389-0 07414017-C"),
        ("pe-ruc", "20512333797 20131373237 10101174102"), ("pe-ce", "001766062 001077238"),
        ("fr-ins-nir", "279035121518989 253072A07300443 253072B07300470 185037511600127"),
        ("ir-nid", "0084575948 0499370899 0790419904 0684159414 0010350829 1234567891 84575948"),
        ("fr-rpps", "10000023084"), ("fr-siren", "732829320 552008443"),
        ("fr-finess", "540002698 750712184 630780211 130786049 2A0000014 2B0000020"),
        ("es-dni", "12345678Z X2482300W Z1234567R"), ("ec-ci", "1714307103 0926687856"),
        ("co-nit", "2131234321 8001972684"), ("ar-cuit", "20267565393 20055361682"),
        ("br-cpf", "39053344705 52998224725"), ("pt-nif", "501964843"),
        ("gb-nhs", "9434765870 4010232137"), ("us-ssn", "536904399 111456789"),
        ("gs1-gtin", "4006381333931 00614141007349"), ("snomed", "22298006 404684003"),
        ("loinc", "2160-0 4548-4 94500-6 718-7 2345-7"), ("atc", "N N02 N02B N02BE N02BE01"),
        ("passport-chl", "L898902C3"),
    ])
    func validValues(code: String, values: String) throws {
        let authority = try #require(AssigningAuthority.shipped(code: code))
        for value in values.split(separator: " ") {
            let assessment = authority.assess(String(value))
            #expect(assessment.finding == .valid, "\(code) \(value)")
            #expect(authority.assess(assessment.canonical) == assessment, "\(code) \(value)")
        }
    }

    @Test(arguments: [
        ("cl-run", "12531909-3 15236327-K 8987321-7"), ("pe-dni", "10117410-3"),
        ("pe-ruc", "20512333798"), ("fr-ins-nir", "295109912611199"),
        ("ir-nid", "0684159415 2297886529 0001234567"), ("fr-rpps", "10003456789"),
        ("fr-finess", "458174839 000897406"), ("fr-siren", "732829321"), ("es-dni", "54362315Z"),
        ("ec-ci", "1714307104"), ("co-nit", "2131234325"), ("ar-cuit", "20267565394"),
        ("br-cpf", "23100299900"), ("pt-nif", "501964842"), ("gb-nhs", "9434765871"),
        ("gs1-gtin", "4006381333932"), ("snomed", "22298007"), ("loinc", "2160-1 94500-5"),
    ])
    func wrongCheckDigits(code: String, values: String) throws {
        let authority = try #require(AssigningAuthority.shipped(code: code))
        for value in values.split(separator: " ") {
            let assessment = authority.assess(String(value))
            #expect(assessment.finding == .badCheck, "\(code) \(value)")
            #expect(authority.assess(assessment.canonical).canonical == assessment.canonical)
        }
    }

    @Test(arguments: [
        ("cl-run", "SIN DOCUMENTACION"), ("cl-run", "K-1"), ("cl-run", "123456789212"),
        ("cl-run", "K2345678-5"), ("pe-dni", "1234567A"), ("pe-ruc", "30512333797"),
        ("pe-ce", "12345"), ("fr-ins-nir", "253072C07300443"), ("ir-nid", "1234567"),
        ("us-ssn", "000123456"), ("us-ssn", "666123456"), ("us-ssn", "912345678"),
        ("us-ssn", "078051120"), ("ec-ci", "2500000000"), ("atc", "X01"), ("atc", "N2"),
        ("es-dni", "123456719"), ("gs1-gtin", "1234567891"), ("passport-per", "PENDING"),
        ("ir-irc", "123"), ("ec-ci", "ñ123456789"),
    ])
    func wrongFormats(code: String, value: String) throws {
        let authority = try #require(AssigningAuthority.shipped(code: code))
        #expect(authority.assess(value).finding == .badFormat)
    }

    @Test(arguments: [
        ("cl-run", "12.345.678-5", "12345678-5"), ("cl-run", " 123456785 ", "12345678-5"),
        ("cl-run", "10.000.013-k", "10000013-K"), ("cl-run", "05126663-3", "5126663-3"),
        ("pe-dni", "10117410-2", "10117410"), ("pe-dni", "7414017", "07414017"),
        ("fr-ins-nir", "2 79 03 51 215 189", "279035121518989"),
        ("fr-ins-nir", "2 53 07 2a 073 004", "253072A07300443"),
        ("ir-nid", "۰۰۸۴۵۷۵۹۴۸", "0084575948"), ("ir-nid", "84575948", "0084575948"),
        ("ir-nid", "008-457594-8", "0084575948"), ("loinc", "21600", "2160-0"),
        ("gb-nhs", "943 476 5870", "9434765870"),
    ])
    func canonicalForms(code: String, written: String, canonical: String) throws {
        let authority = try #require(AssigningAuthority.shipped(code: code))
        let expected = IdentifierAssessment(canonical: canonical, finding: .valid)
        #expect(authority.assess(written) == expected)
    }

    @Test(arguments: [
        ("ir-nid", "1111111111"), ("ir-nid", "۰۰۰۰۰۰۰۰۰۰"), ("ir-nid", "1234567890"),
        ("ir-nid", "0123456789"), ("br-cpf", "111.111.111-11"), ("gb-nhs", "9999999999"),
        ("cl-run", "11.111.111-1"), ("pe-dni", "00000000"), ("pt-nif", "123456789"),
        ("us-ssn", "987654321"), ("passport-fra", "000000000"),
    ])
    func placeholders(code: String, value: String) throws {
        let authority = try #require(AssigningAuthority.shipped(code: code))
        #expect(authority.assess(value).finding == .placeholder)
    }

    @Test func aPlaceholderRuleMayNameValues() {
        var authority = AssigningAuthority(
            code: "x", kind: .facility, format: .any,
            placeholders: .init(repeatedDigits: false, runs: false, values: ["NN"]))
        #expect(authority.assess("n.n.").finding == .placeholder)
        #expect(authority.assess("0000").finding == .valid)
        authority.placeholders.repeatedDigits = true
        #expect(authority.assess("0000").finding == .placeholder)
    }

    @Test func unknownAuthoritiesCompareLettersAndDigits() {
        let unknown = AssigningAuthority.unknown
        #expect(unknown.assess(" kmc-819 708").canonical == "KMC819708")
        #expect(unknown.assess(" -. ").finding == .empty)
        #expect(unknown.assess("").canonical == "")
    }

    @Test func codesAreUniqueAndWellFormed() {
        let codes = AssigningAuthority.shipped.map(\.code)
        #expect(Set(codes).count == codes.count)
        for code in codes {
            #expect(code.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D })
            #expect(AssigningAuthority.shipped(code: code)?.code == code)
        }
        #expect(AssigningAuthority.shipped(code: "passport-CHL") == nil)
        #expect(AssigningAuthority.shipped(code: "nowhere") == nil)
    }

    @Test func descriptionsShowNoValue() throws {
        let authority = try #require(AssigningAuthority.shipped(code: "cl-run"))
        #expect("\(authority.assess("12345678-5"))" == "valid")
    }

    @Test func anyBytesNormalise() {
        let seed: UInt64 = 97
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789KkAB-. 2A\u{6F5}é".utf8)
        for authority in AssigningAuthority.shipped {
            for _ in 0..<2_000 {
                let length = Int.random(in: 0...18, using: &random)
                let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
                var output: [UInt8] = [1, 2]
                let finding = authority.normalise(bytes.span, into: &output)
                #expect(Array(output[..<2]) == [1, 2])
                #expect((output.count == 2) == (finding == .empty), "seed \(seed): \(bytes)")
                let once = String(decoding: output[2...], as: UTF8.self)
                let twice = authority.assess(once).canonical
                #expect(twice == once, "seed \(seed): \(authority.code) \(bytes)")
            }
        }
    }
}
