/// Check characters that the registers give with a number; Identity only verifies them.
enum IssuedCheckDigit {
    /// The check character of a RUN: modulus 11 with weights 2 to 7 from the right.
    static func run(_ number: Int) -> UInt8 {
        var rest = number
        var weight = 2
        var sum = 0
        while rest > 0 {
            sum += rest % 10 * weight
            rest /= 10
            weight = weight == 7 ? 2 : weight + 1
        }
        let check = 11 - sum % 11
        return check == 11 ? 0x30 : check == 10 ? UInt8(ascii: "K") : 0x30 + UInt8(check)
    }

    /// The check digit of a DNI of eight digits.
    static func dni(_ number: Int) -> UInt8 {
        let table = Array("65432110987".utf8)
        let weights = [2, 3, 4, 5, 6, 7, 2, 3]
        var rest = number
        var sum = 0
        for weight in weights {
            sum += rest % 10 * weight
            rest /= 10
        }
        return table[sum % 11]
    }

    /// The key of a NIR whose Corsican letters have been replaced: 97 less the remainder.
    static func nir(_ number: Int) -> Int { 97 - number % 97 }

    /// The check digit of an Iranian national code of nine digits.
    static func iran(_ number: Int) -> Int {
        var rest = number
        var sum = 0
        for weight in 2...10 {
            sum += rest % 10 * weight
            rest /= 10
        }
        return sum % 11 < 2 ? sum % 11 : 11 - sum % 11
    }
}
