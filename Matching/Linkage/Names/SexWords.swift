/// Words for the sexes whose first letter misleads or is not Latin, folded.
///
/// Mujer is no male and hembra no hombre. Whatever is not listed is read by its first letter.
enum SexWords {
    private static let male =
        "varon nino boy garcon knabe junge mr senor sr herr pesar mard مرد مذکر پسر اقا ذکر"
    private static let female = """
        mujer hembra nina girl fille dame woman frau madchen maedchen mme mlle mrs ms miss senora sra srta zan \
        dokhtar زن مونث دختر خانم انثی
        """

    /// The code of each word by its text hash: 1 male, 2 female.
    static let codes: [UInt64: UInt32] = {
        var codes: [UInt64: UInt32] = [:]
        for word in male.split(separator: " ") { codes[TextHash.of(String(word))] = 1 }
        for word in female.split(separator: " ") { codes[TextHash.of(String(word))] = 2 }
        return codes
    }()

    /// The code of a folded value: 0 unknown, 1 male, 2 female, 3 another.
    static func code(_ text: Span<UInt8>) -> UInt32 {
        guard text.count > 0 else { return 0 }
        if text.count > 1, let code = codes[TextHash.of(text)] { return code }
        switch text[0] {
        case UInt8(ascii: "m"), UInt8(ascii: "h"), UInt8(ascii: "1"): return 1
        case UInt8(ascii: "f"), UInt8(ascii: "w"), UInt8(ascii: "2"): return 2
        case UInt8(ascii: "x"), UInt8(ascii: "i"): return 3
        default: return 0
        }
    }
}
