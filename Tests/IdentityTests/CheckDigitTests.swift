import Identity
import Testing

/// The check-character systems accept what their standards' examples accept, and nothing close.
///
/// Method: literal vectors; for each valid one, every single digit changed must be refused.
@Suite struct CheckDigitTests {
    @Test(arguments: [
        ("79927398713", true), ("79927398710", false), ("10000023084", true),
        ("10003456789", false), ("732829320", true), ("552008443", true), ("732829321", false),
        ("", false), ("0", false), ("7992739871x", false),
    ])
    func luhn(text: String, isValid: Bool) {
        let found = CheckDigits.isLuhn(text.utf8.span)
        #expect(found == isValid)
    }

    @Test(arguments: [
        ("4006381333931", true), ("3400935955838", true), ("3400893213322", true),
        ("0614141000036", true), ("00614141007349", true), ("4006381333932", false),
        ("6260000000014", false), ("6260000000019", true),
    ])
    func gs1(text: String, isValid: Bool) {
        let found = CheckDigits.isGS1(text.utf8.span)
        #expect(found == isValid)
    }

    @Test(arguments: [
        ("2363", true), ("22298006", true), ("404684003", true), ("138875005", true),
        ("73211009", true), ("22298007", false), ("2360", false),
    ])
    func verhoeff(text: String, isValid: Bool) {
        let found = CheckDigits.isVerhoeff(text.utf8.span)
        #expect(found == isValid)
    }

    @Test(arguments: [
        ("L898902C3", 6), ("740812", 2), ("120415", 9), ("AB2134<<<", 5), ("ZE184226B<<<<<", 1),
        ("é", nil),
    ])
    func icao9303(text: String, check: Int?) {
        let found = CheckDigits.icao9303(text.utf8.span)
        #expect(found == check)
    }

    @Test(arguments: [
        (CheckDigits.ISO7064.mod97radix10, "794", "44"), (.mod11and10, "0794", "5"),
        (.mod11and10, "794", "6"), (.mod11radix2, "0794", "0"), (.mod11radix2, "079", "X"),
        (.mod11radix2, "000000021825009", "7"), (.mod37radix2, "G123489654321", "Y"),
        (.mod37and36, "A12425GABC1234002", "M"),
    ])
    func iso7064(system: CheckDigits.ISO7064, text: String, check: String) {
        let found = system.checkCharacters(of: text.utf8.span)
        #expect(found == Array(check.utf8))
        let isRightValid = system.isValid((text + check).utf8.span)
        let isWrongValid = system.isValid((text + "?").utf8.span)
        #expect(isRightValid && !isWrongValid)
        let foreign = system.checkCharacters(of: "é".utf8.span)
        #expect(foreign == nil)
    }

    @Test(arguments: [
        "79927398713", "4006381333931", "404684003",
    ])
    func oneWrongDigitIsFound(text: String) {
        let digits = Array(text.utf8)
        for index in digits.indices {
            for digit in UInt8(0x30)...0x39 where digit != digits[index] {
                var changed = digits
                changed[index] = digit
                let isValid =
                    switch text {
                    case "79927398713": CheckDigits.isLuhn(changed.span)
                    case "4006381333931": CheckDigits.isGS1(changed.span)
                    default: CheckDigits.isVerhoeff(changed.span)
                    }
                #expect(!isValid)
            }
        }
    }
}
