/// A street and house number in a form that tolerates misspelling without keeping text.
///
/// The words of the street, without what merely says that it is one, give a hash for equality,
/// which does not depend on their order, and a set of 128 bits of bigrams for likeness.
enum StreetSignature {
    /// Words and abbreviations that say no more than that this is a street.
    private static let common: Set<UInt64> = {
        let words = """
            calle avenida av avda ave pasaje pje psje camino cam ruta carretera jiron jr street st road rd \
            avenue lane drive dr place pl court ct close circuit crescent cres way terrace parade rue chemin \
            boulevard bd blvd bvd impasse allee route quai cours villa poblacion pobl block depto dpto dep departamento \
            casa numero num no nro apt apartment flat unit app appt bat strasse str weg gasse platz allee \
            خیابان خ کوچه ک پلاک پ بلوار میدان بزرگراه واحد طبقه de del la las los el le les du des der und
            """
        return Set(
            words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { TextHash.of(String($0)) }
        )
    }()

    /// Words behind which a number is that of a dwelling in the house, not of the house.
    private static let units: Set<UInt64> = {
        let words = """
            unit flat apt apartment app appt appartement depto dpto dep departamento oficina of piso bat batiment \
            block bloque torre lote suite level floor wohnung whg etage esc escalier واحد طبقه بلوک
            """
        return Set(words.split(separator: " ").map { TextHash.of(String($0)) })
    }()

    /// Encodes a folded address.
    static func encode(_ text: Span<UInt8>, into encoded: inout EncodedPerson) {
        var street: UInt64 = 0
        var bigrams = SIMD2<UInt64>.zero
        var number: UInt32 = 0
        var unit: UInt32 = 0
        var isUnit = false
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 0x20 { end += 1 }
            defer { start = end + 1 }
            guard end > start else { continue }
            let word = text.extracting(start..<end)
            let hash = TextHash.of(word)
            if word[0] &- 0x30 < 10 {
                if isUnit {
                    unit = leadingNumber(word) &+ 1
                } else if number == 0 {
                    number = leadingNumber(word) &+ 1
                }
                isUnit = false
                continue
            }
            isUnit = units.contains(hash)
            if isUnit { continue }
            if common.contains(hash) { continue }
            street = street &+ TextHash.mix(hash)
            addBigrams(of: word, to: &bigrams)
        }
        encoded.street = street == 0 ? 0 : TextHash.short(street)
        encoded.houseNumber = number == 0 ? unit : number
        encoded.streetBigrams = bigrams
    }

    private static func leadingNumber(_ word: Span<UInt8>) -> UInt32 {
        var number: UInt32 = 0
        for index in word.indices {
            guard word[index] &- 0x30 < 10, number < 100_000_000 else { break }
            number = number * 10 + UInt32(word[index] &- 0x30)
        }
        return number
    }

    private static func addBigrams(of word: Span<UInt8>, to bigrams: inout SIMD2<UInt64>) {
        var last: UInt64 = 0x5F
        for index in word.indices {
            let byte = UInt64(word[index])
            // Lead bytes of a two-byte script say nothing.
            if byte >= 0xC0 { continue }
            let bit = TextHash.mix(last &<< 8 | byte) & 127
            if bit < 64 { bigrams[0] |= 1 &<< bit } else { bigrams[1] |= 1 &<< (bit &- 64) }
            last = byte
        }
    }

    /// Whether two bigram sets are of one street, misspelt or with something added.
    ///
    /// By the Dice coefficient, or where nearly all of the shorter stands in the longer.
    @inline(__always)
    static func isAlike(_ left: SIMD2<UInt64>, _ right: SIMD2<UInt64>) -> Bool {
        let common = left & right
        let shared = common[0].nonzeroBitCount + common[1].nonzeroBitCount
        let leftCount = left[0].nonzeroBitCount + left[1].nonzeroBitCount
        let rightCount = right[0].nonzeroBitCount + right[1].nonzeroBitCount
        let shorter = min(leftCount, rightCount)
        return shared * 200 >= (leftCount + rightCount) * dicePercent
            || (shorter >= containedMin && shared * 100 >= shorter * containedPercent)
    }

    static let dicePercent = 65
    static let containedPercent = 80
    private static let containedMin = 8
}
