import Identity

/// Turns a record into its encoded form, adding new name words to a table.
///
/// Scratch buffers are kept between records, so that encoding allocates nothing.
struct PersonEncoder {
    var folded: [UInt8] = []
    var words: [UInt32] = []
    /// Joined text of a prefix and the word behind it.
    var joined: [UInt8] = []
    var candidates: [IdentifierCandidate] = []
    var assessor = IdentifierAssessor()

    /// The encoded form of a record.
    mutating func encode(_ person: PersonRecord, tokens: inout TokenTable) -> EncodedPerson {
        var encoded = EncodedPerson()
        encodeNames(person, &encoded, &tokens)
        encodeDate(person, &encoded)
        encodeTraits(person, &encoded)
        encodeIdentifiers(person, &encoded)
        encodeContacts(person, &encoded)
        encodeResidence(person, &encoded)
        encoded.contentHash = Self.contentHash(of: encoded, tokens: tokens)
        return encoded
    }

    /// Folds a field's first value into `folded`.
    mutating func fold(_ person: PersonRecord, _ field: DemographicField) {
        folded.removeAll(keepingCapacity: true)
        person.withBytes(of: field) { bytes in
            NameFolding.fold(
                bytes.extracting(0..<Self.firstLength(bytes)), into: &folded)
        }
    }

    /// The length of a repeated field's first value.
    static func firstLength(_ bytes: Span<UInt8>) -> Int {
        let separator = PersonRecord.valueSeparator
        for index in bytes.indices where bytes[index] == separator { return index }
        return bytes.count
    }

    private func shortHash() -> UInt32 {
        folded.isEmpty ? 0 : TextHash.short(TextHash.of(folded.span))
    }

    private mutating func encodeTraits(_ person: PersonRecord, _ encoded: inout EncodedPerson) {
        fold(person, .sex)
        encoded.traits.sex = SexWords.code(folded.span)
        let birthOrder: UInt32 = person.withBytes(of: .birthOrder) { bytes in
            guard bytes.count > 0, bytes[0] &- 0x31 < 9 else { return 0 }
            return UInt32(bytes[0] &- 0x30)
        }
        // Else what the placeholder for the name says stays.
        if birthOrder != 0 { encoded.traits.birthOrder = birthOrder }
        fold(person, .birthPlace)
        encoded.birthPlace = shortHash()
    }

    private mutating func encodeContacts(_ person: PersonRecord, _ encoded: inout EncodedPerson) {
        folded.removeAll(keepingCapacity: true)
        let separator = PersonRecord.valueSeparator
        person.withBytes(of: .phone) { bytes in
            var start = 0
            for index in 0...bytes.count
            where index == bytes.count || bytes[index] == separator {
                NameFolding.foldDigits(bytes.extracting(start..<index), into: &folded)
                folded.append(separator)
                start = index + 1
            }
        }
        encoded.phones = Self.phones(folded.span)
        folded.removeAll(keepingCapacity: true)
        person.withBytes(of: .email) { bytes in
            let bytes = bytes.extracting(0..<Self.firstLength(bytes))
            var name: UInt32 = 0
            for index in bytes.indices where bytes[index] > 0x20 {
                if bytes[index] == UInt8(ascii: "@"), folded.count > 0 { name = shortHash() }
                let byte = bytes[index]
                folded.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
            }
            // Without an @ it is not an address; placeholders are caught by their frequency.
            if name != 0 { encoded.email = SIMD2(shortHash(), name) }
        }
    }

    /// Up to two phone numbers, each by its last nine digits; numbers of fewer than six digits do
    /// not count.
    private static func phones(_ bytes: Span<UInt8>) -> SIMD2<UInt32> {
        var phones = SIMD2<UInt32>.zero
        var count = 0
        var digits = 0
        var number: UInt64 = 0
        var isUniform = true
        func flush() {
            defer { (digits, number, isUniform) = (0, 0, true) }
            guard digits >= 6, count < 2, !isUniform else { return }
            phones[count] = UInt32(number % 1_000_000_000) &+ 1
            count += 1
        }
        let separator = PersonRecord.valueSeparator
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte != separator else {
                flush()
                continue
            }
            if digits > 0, number % 10 != UInt64(byte &- 0x30) { isUniform = false }
            number = (number % 1_000_000_000_000) &* 10 &+ UInt64(byte &- 0x30)
            digits += 1
        }
        if count == 2, phones[0] > phones[1] { phones = SIMD2(phones[1], phones[0]) }
        return phones
    }

    private mutating func encodeResidence(_ person: PersonRecord, _ encoded: inout EncodedPerson) {
        fold(person, .municipality)
        encoded.municipality = shortHash()
        fold(person, .postalCode)
        encoded.postalCode = shortHash()
        fold(person, .address)
        StreetSignature.encode(folded.span, into: &encoded)
    }

    /// The hash of a record's values that does not depend on the numbering of words.
    private static func contentHash(of encoded: EncodedPerson, tokens: TokenTable) -> UInt64 {
        var hash: UInt64 = 0
        for index in 0..<4 {
            hash = TextHash.combine(hash, tokens.entries[Int(encoded.givenNames[index])].hash)
            hash = TextHash.combine(hash, tokens.entries[Int(encoded.surnames[index])].hash)
        }
        for index in 0..<2 {
            hash = TextHash.combine(hash, encoded.streetBigrams[index])
            hash = TextHash.combine(hash, encoded.identifiers[index])
            hash = TextHash.combine(
                hash, UInt64(encoded.phones[index]) &<< 32 | UInt64(encoded.email[index]))
        }
        let date = encoded.birthDate
        for (high, low) in [
            (encoded.street, encoded.houseNumber), (encoded.municipality, encoded.postalCode),
            (encoded.birthPlace, encoded.traits.bits),
            (date.written, UInt32(bitPattern: date.firstDay)),
            (0, UInt32(bitPattern: date.lastDay)),
        ] {
            hash = TextHash.combine(hash, UInt64(high) &<< 32 | UInt64(low))
        }
        return hash
    }
}
