import Identity

extension PersonEncoder {
    /// Encodes given names and surnames of the person and the given names of the parents.
    mutating func encodeNames(
        _ person: PersonRecord, _ encoded: inout EncodedPerson, _ tokens: inout TokenTable
    ) {
        if splitName(person, .given, &tokens) {
            encoded.traits.isUnnamedNewborn = true
            encoded.traits.birthOrder = Self.birthOrder(ofNewborn: folded.span)
        } else {
            for (index, word) in words.prefix(3).enumerated() { encoded.givenNames[index] = word }
        }
        encodeSurnames(person, &encoded, &tokens)
        if !person.names.isEmpty { encodeFurtherNames(person, &encoded, &tokens) }
        if !splitName(person, .motherGiven, &tokens) {
            encoded.givenNames[3] = words.first ?? 0
        }
        if !splitName(person, .fatherGiven, &tokens) {
            encoded.surnames[3] = words.first ?? 0
        }
    }

    /// Surname, mother's surname, and a third word from whichever field has one.
    private mutating func encodeSurnames(
        _ person: PersonRecord, _ encoded: inout EncodedPerson, _ tokens: inout TokenTable
    ) {
        var surnames = SIMD4<UInt32>.zero
        _ = splitName(person, .family, &tokens)
        let hasFamily = !words.isEmpty
        // Without the surname of birth the one in daily use is the surname, both of its words.
        if !hasFamily { _ = splitName(person, .usedFamily, &tokens) }
        surnames[0] = words.first ?? 0
        var further = words.count > 1 ? words[1] : 0
        if splitName(person, .mothersFamily, &tokens) { words.removeAll() }
        if let first = words.first {
            surnames[1] = first
        } else if further != 0 {
            surnames[1] = further
            further = 0
        }
        if hasFamily {
            _ = splitName(person, .usedFamily, &tokens)
            if let used = words.first(where: { $0 != surnames[0] && $0 != surnames[1] }) {
                further = used
            }
        }
        surnames[2] = further
        if surnames[0] == 0 { (surnames[0], surnames[1]) = (surnames[1], 0) }
        encoded.surnames = surnames
    }

    /// Puts words of social, former and other names into the third places, where those are free.
    ///
    /// The second given name stays what the record says it is: two that differ count against a pair.
    /// A newborn without a name is left as it is, since a name of later tells nothing of it.
    private mutating func encodeFurtherNames(
        _ person: PersonRecord, _ encoded: inout EncodedPerson, _ tokens: inout TokenTable
    ) {
        for name in person.names {
            if !name.given.isEmpty, !encoded.traits.isUnnamedNewborn,
                !split(name.given, .given, &tokens)
            {
                Self.place(words, in: &encoded.givenNames)
            }
            for family in [name.family, name.mothersFamily] where !family.isEmpty {
                _ = split(family, .family, &tokens)
                Self.place(words, in: &encoded.surnames)
            }
        }
    }

    /// Puts the first of some words that a person does not have yet into the first place where there
    /// is none, else into the third.
    private static func place(_ words: [UInt32], in own: inout SIMD4<UInt32>) {
        let known = own
        guard let word = words.first(where: { word in !(0..<3).contains { known[$0] == word } })
        else { return }
        if own[0] == 0 { own[0] = word } else if own[2] == 0 { own[2] = word }
    }

    /// Splits a text as a name field would be; whether it is a placeholder.
    private mutating func split(
        _ text: String, _ field: DemographicField, _ tokens: inout TokenTable
    ) -> Bool {
        words.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        NameFolding.fold(text.utf8.span, into: &folded)
        return splitFolded(field, &tokens)
    }

    /// Splits a name field into `words`; whether it is a placeholder for a newborn without a name.
    private mutating func splitName(
        _ person: PersonRecord, _ field: DemographicField, _ tokens: inout TokenTable
    ) -> Bool {
        words.removeAll(keepingCapacity: true)
        guard person.has(field) else { return false }
        fold(person, field)
        return splitFolded(field, &tokens)
    }

    /// Splits the folded text of a name field into `words`; whether it is a placeholder.
    private mutating func splitFolded(
        _ field: DemographicField, _ tokens: inout TokenTable
    ) -> Bool {
        let buffer = folded
        let text = buffer.span
        var pendingPrefix = 0..<0
        var newborn = false
        var onlyUnknown = true
        var lastPlain = 0..<0
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != 0x20 { end += 1 }
            defer { start = end + 1 }
            guard end > start, words.count < 8 else { continue }
            let word = tokens.intern(text.extracting(start..<end))
            switch tokens.entries[Int(word)].role {
            case .particle, .title: continue
            case .unknown: continue
            case .newborn,
                .child where field == .given && words.isEmpty:
                if words.isEmpty, pendingPrefix.isEmpty { newborn = true }
                continue
            case .prefix where end < text.count:
                pendingPrefix = start..<end
                onlyUnknown = false
                continue
            case .suffix where !words.isEmpty && field != .given:
                words[words.count - 1] = join(lastPlain, start..<end, &tokens)
            case .maria where end < text.count || field == .given:
                words.append(tokens.intern("maria".utf8.span))
            case .spelling where pendingPrefix.isEmpty:
                appendMeaning(of: word, in: field, tokens)
            default:
                let whole = pendingPrefix.isEmpty ? word : join(pendingPrefix, start..<end, &tokens)
                words.append(whole)
            }
            onlyUnknown = false
            pendingPrefix = 0..<0
            lastPlain = start..<end
        }
        if words.isEmpty, !pendingPrefix.isEmpty {
            words.append(tokens.intern(text.extracting(pendingPrefix)))
        }
        if words.isEmpty, onlyUnknown, !newborn { keepOnlyWord(text, &tokens) }
        return newborn && (field == .given || words.isEmpty)
    }

    /// The place in a multiple birth at the end of a newborn's placeholder: rn 2, baby boy b, gemelo ii.
    ///
    /// 0 where there is none.
    private static func birthOrder(ofNewborn text: Span<UInt8>) -> UInt32 {
        var start = text.count
        while start > 0, text[start - 1] != 0x20 { start -= 1 }
        guard let last = text.indices.last else { return 0 }
        let length = text.count - start
        switch text[last] {
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            let standsAlone = length == 1 || !(0x30...0x39).contains(text[last - 1])
            return standsAlone ? UInt32(text[last] - UInt8(ascii: "0")) : 0
        case UInt8(ascii: "a")...UInt8(ascii: "d") where length == 1:
            return UInt32(text[last] - UInt8(ascii: "a")) + 1
        case UInt8(ascii: "i") where (1...3).contains(length):
            return (start..<last).allSatisfy { text[$0] == text[last] } ? UInt32(length) : 0
        default: return 0
        }
    }

    /// Adds the words that a spelling stands for.
    private mutating func appendMeaning(
        of word: UInt32, in field: DemographicField, _ tokens: TokenTable
    ) {
        let spelling = tokens.spelling(word)
        let isGiven = field == .given || field == .motherGiven || field == .fatherGiven
        if isGiven ? spelling.second != 0 : spelling.isGiven {
            words.append(word)
            return
        }
        words.append(spelling.first)
        if spelling.second != 0 { words.append(spelling.second) }
    }

    /// A name of particles or titles alone, such as Los or Don, still names; placeholders do not.
    private mutating func keepOnlyWord(_ text: Span<UInt8>, _ tokens: inout TokenTable) {
        var end = 0
        while end < text.count, text[end] != 0x20 { end += 1 }
        let word = tokens.intern(text.extracting(0..<end))
        let role = tokens.entries[Int(word)].role
        if role == .particle || role == .title { words.append(word) }
    }

    /// The word made of two parts of the folded text.
    private mutating func join(
        _ first: Range<Int>, _ second: Range<Int>, _ tokens: inout TokenTable
    ) -> UInt32 {
        joined.removeAll(keepingCapacity: true)
        joined.append(contentsOf: folded[first])
        joined.append(contentsOf: folded[second])
        return tokens.intern(joined.span)
    }
}
