import Identity
import Testing

/// Authorities are data: named formats, a directory that puts what a registry was told first.
///
/// Method: literal names, every shipped format both ways, published vectors of ISO 7064.
@Suite struct AuthorityDirectoryTests {
    @Test func everyShippedFormatHasANameThatReadsBack() throws {
        for authority in AssigningAuthority.shipped {
            let name = try #require(authority.format.name)
            #expect(IdentifierFormat(name: name) == authority.format, "\(name)")
        }
    }

    @Test(arguments: [
        ("digits:7-8", IdentifierFormat.digits(lengths: 7...8)),
        ("digits:6", .digits(lengths: 6...6)), ("luhn:11", .luhn(length: 11)),
        ("alphanumerics:9-12", .alphanumerics(lengths: 9...12)),
        ("iso7064-11-10:5-9", .checked(.mod11and10, lengths: 5...9)),
        ("chilean-run", .chileanRUN), ("any", .any),
    ])
    func namesAreLiteral(name: String, format: IdentifierFormat) {
        #expect(IdentifierFormat(name: name) == format)
        #expect(format.name == name)
    }

    @Test(arguments: [
        "", "digits", "digits:", "digits:8-7", "digits:0", "digits:1-65", "digits:1-2-3",
        "luhn:8-9", "run", "iso7064-37-2:4", "digits:-8", "any:3",
    ])
    func otherNamesAreNone(name: String) {
        #expect(IdentifierFormat(name: name) == nil)
    }

    @Test(arguments: [
        ("iso7064-97-10:5", "79444", "79445"), ("iso7064-11-10:5", "07945", "07946"),
        ("iso7064-11-2:4", "079X", "0790"),
        ("iso7064-37-36:18", "A12425GABC1234002M", "A12425GABC1234002N"),
    ])
    func checkSystemsGrade(name: String, valid: String, wrong: String) throws {
        let format = try #require(IdentifierFormat(name: name))
        let authority = AssigningAuthority(code: "x", kind: .regional, format: format)
        #expect(authority.assess(valid).finding == .valid)
        #expect(authority.assess(wrong).finding == .badCheck)
        #expect(authority.assess("1" + valid).finding == .badFormat)
    }

    @Test func whatARegistryWasToldGoesFirst() throws {
        var run = try #require(AssigningAuthority.shipped(code: "cl-run"))
        run.bearersMayShare = true
        let card = AssigningAuthority(
            code: "arica-card", kind: .regional, format: .digits(lengths: 6...6))
        let directory = AuthorityDirectory([run, card])
        #expect(directory["cl-run"]?.distinguishesPersons == false)
        #expect(directory["arica-card"] == card)
        #expect(directory["pe-dni"] == AssigningAuthority.shipped(code: "pe-dni"))
        #expect(directory["passport-chl"] != nil)
        #expect(directory["nowhere"] == nil)
        #expect(directory.all.filter { $0.code == "cl-run" } == [run])
        #expect(directory.all.count == AssigningAuthority.shipped.count + 1)
    }

    @Test func aChangeOfReadingIsToldFromOneOfNames() throws {
        var run = try #require(AssigningAuthority.shipped(code: "cl-run"))
        run.names["fr"] = "RUN chilien"
        run.bearersMayShare = true
        #expect(AuthorityDirectory([run]).readsLike(.shipped))
        run.placeholders.values = ["12345678-5"]
        #expect(!AuthorityDirectory([run]).readsLike(.shipped))
        let card = AssigningAuthority(code: "card", kind: .regional, format: .luhn(length: 8))
        #expect(!AuthorityDirectory([card]).readsLike(.shipped))
        #expect(AuthorityDirectory([card]).readsLike(AuthorityDirectory([card])))
    }
}
