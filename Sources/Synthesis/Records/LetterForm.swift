/// Case and accents of Latin text as a source's keyboard leaves them, on UTF-8 bytes.
enum LetterForm {
    /// Letters without accents for U+00C0 to U+00FF, in order; `?` keeps the letter.
    private static let plainLetters = Array(
        "AAAAAA?CEEEEIIIIDNOOOOO?OUUUUY??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y".utf8)

    /// Rewrites a value in a case.
    static func apply(_ form: SourceProfile.LetterCase, to value: inout [UInt8]) {
        switch form {
        case .asWritten: break
        case .upper: raise(&value)
        case .lower: lower(&value)
        case .arabicLetters: useArabicLetters(&value)
        case .upperWithoutAccents:
            removeAccents(&value)
            raise(&value)
        }
    }

    /// Replaces accented letters by plain ones.
    static func removeAccents(_ value: inout [UInt8]) {
        guard value.contains(0xC3) else { return }
        var end = 0
        var place = 0
        while place < value.count {
            let byte = value[place]
            if byte == 0xC3, place + 1 < value.count {
                let plain = plainLetters[Int(value[place + 1] & 0x3F)]
                if plain != UInt8(ascii: "?") {
                    value[end] = plain
                    end += 1
                    place += 2
                    continue
                }
            }
            value[end] = byte
            end += 1
            place += 1
        }
        value.removeLast(value.count - end)
    }

    /// Lowers ASCII and Latin-1 letters.
    static func lower(_ value: inout [UInt8]) {
        for place in value.indices {
            switch value[place] {
            case 0x41...0x5A: value[place] += 0x20
            case 0x80...0x9E where place > 0 && value[place - 1] == 0xC3 && value[place] != 0x97:
                value[place] += 0x20
            default: break
            }
        }
    }

    private static func raise(_ value: inout [UInt8]) {
        for place in value.indices {
            switch value[place] {
            case 0x61...0x7A: value[place] -= 0x20
            case 0xA0...0xBE where place > 0 && value[place - 1] == 0xC3 && value[place] != 0xB7:
                value[place] -= 0x20
            default: break
            }
        }
    }

    /// Replaces Persian yeh and kaf by the Arabic letters that look like them.
    private static func useArabicLetters(_ value: inout [UInt8]) {
        for place in value.indices.dropLast() {
            switch (value[place], value[place + 1]) {
            case (0xDB, 0x8C): (value[place], value[place + 1]) = (0xD9, 0x8A)
            case (0xDA, 0xA9): (value[place], value[place + 1]) = (0xD9, 0x83)
            default: break
            }
        }
    }

    /// Cuts a value to so many letters.
    static func truncate(_ value: inout [UInt8], toLetters lettersMax: Int) {
        guard value.count > lettersMax else { return }
        var letters = 0
        for place in value.indices where value[place] & 0xC0 != 0x80 {
            if letters == lettersMax {
                value.removeLast(value.count - place)
                break
            }
            letters += 1
        }
        while value.last == 0x20 { value.removeLast() }
    }
}
