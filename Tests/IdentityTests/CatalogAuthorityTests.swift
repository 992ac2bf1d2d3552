import Identity
import Testing

/// Codes of facilities, services, drugs and places have one canonical form, and others are refused.
///
/// Method: codes from the published lists and layouts; leading zeros and separators lost on the way.
@Suite struct CatalogAuthorityTests {
    @Test(arguments: [
        ("cl-deis", "101100", "101100"), ("pe-ipress", "00006208", "00006208"),
        ("pe-ipress", "6208", "00006208"), ("cl-fonasa-mai", "0101001", "0101001"),
        ("cl-fonasa-mai", "01-01-001", "0101001"), ("cl-fonasa-mai", "101001", "0101001"),
        ("pe-cpms", "99201", "99201"), ("pe-cpms", "99201.01", "99201.01"),
        ("pe-cpms", "9920101", "99201.01"), ("fr-ccam", "hbld038", "HBLD038"),
        ("fr-nabm", "0126", "0126"), ("fr-nabm", "126", "0126"), ("fr-cis", "60002283", "60002283"),
        ("fr-cip7", "4949729", "4949729"), ("fr-cip13", "3400935955838", "3400935955838"),
        ("fr-cip13", "34009 359 558 3 8", "3400935955838"),
        ("fr-cip13", "3400893213322", "3400893213322"), ("cl-isp", "F-10123/21", "F-10123/21"),
        ("cl-isp", "f10123/21", "F-10123/21"),
        ("ir-irc", "1228091503145672", "1228091503145672"),
        ("pe-ubigeo-inei", "150101", "150101"), ("pe-ubigeo-reniec", "10101", "010101"),
        ("pe-ubigeo-sunat", "۱۵۰۱۰۱", "150101"), ("cl-comuna", "13101", "13101"),
        ("cl-comuna", "1101", "01101"), ("cl-comuna", "131", "131"), ("cl-comuna", "1", "01"),
        ("fr-commune", "75056", "75056"), ("fr-commune", "2A004", "2A004"),
        ("fr-commune", "2b033", "2B033"), ("fr-commune", "1004", "01004"),
        ("fr-idnat-ps", "810000023084", "810000023084"),
        ("fr-idnat-struct", "1750712184", "1750712184"),
    ]) func validCodes(authority: String, code: String, canonical: String) throws {
        let rule = try #require(AssigningAuthority.shipped(code: authority))
        let assessment = rule.assess(code)
        #expect(assessment.canonical == canonical)
        #expect(assessment.finding == .valid)
        #expect(rule.assess(canonical) == assessment)
    }

    @Test(arguments: [
        ("cl-deis", "10110", IdentifierFinding.badFormat), ("pe-ipress", "A0006208", .badFormat),
        ("cl-fonasa-mai", "01010011", .badFormat), ("pe-cpms", "992011", .badFormat),
        ("fr-ccam", "HBL038", .badFormat), ("fr-ccam", "HBLD03A", .badFormat),
        ("fr-nabm", "01261", .badFormat), ("fr-cis", "6000228", .badFormat),
        ("fr-cip13", "3400935955839", .badCheck), ("fr-cip13", "4006381333931", .badFormat),
        ("cl-isp", "10123/21", .badFormat), ("ir-irc", "122809150314567", .badFormat),
        ("pe-ubigeo-inei", "1501", .badFormat), ("cl-comuna", "131011", .badFormat),
        ("fr-commune", "2C004", .badFormat), ("fr-commune", "750", .badFormat),
        ("fr-idnat-ps", "010000023084", .badFormat), ("fr-idnat-ps", "810003456789", .badCheck),
        ("fr-idnat-struct", "1458174839", .badCheck),
    ]) func invalidCodes(authority: String, code: String, finding: IdentifierFinding) throws {
        let rule = try #require(AssigningAuthority.shipped(code: authority))
        #expect(rule.assess(code).finding == finding)
    }

    @Test func theirFormatsHaveNames() throws {
        for authority in AssigningAuthority.shipped {
            let name = try #require(authority.format.name, "\(authority.code)")
            #expect(IdentifierFormat(name: name) == authority.format)
        }
    }
}
