import Identity

/// One identifier of a record while the encoder chooses which to keep.
struct IdentifierCandidate {
    var value: UInt64
    var grade: IdentifierGrade
    var authority: UInt64
    var isNational: Bool
}

extension PersonEncoder {
    /// Keeps the national number and one further number, chosen by authority and not by order.
    mutating func encodeIdentifiers(_ person: PersonRecord, _ encoded: inout EncodedPerson) {
        guard !person.identifiers.isEmpty else { return }
        candidates.removeAll(keepingCapacity: true)
        var formerAuthority: UInt64?
        for identifier in person.identifiers where !identifier.isMistaken {
            if var candidate = assessor.assess(identifier, scratch: &folded) {
                if !identifier.isPlain, identifier.isFormer {
                    // A number that is no longer in use contradicts nobody's.
                    if candidate.grade == .valid { candidate.grade = .unchecked }
                    formerAuthority = candidate.authority
                }
                candidates.append(candidate)
            }
        }
        var chosen: (national: IdentifierCandidate?, other: IdentifierCandidate?)
        for candidate in candidates {
            if candidate.isNational {
                if Self.precedes(candidate, chosen.national) { chosen.national = candidate }
            } else if Self.precedes(candidate, chosen.other) {
                chosen.other = candidate
            }
        }
        for (index, candidate) in [chosen.national, chosen.other].enumerated() {
            guard var candidate else { continue }
            // Another record may still have the number that this one's took the place of.
            if candidate.authority == formerAuthority, candidate.grade == .valid {
                candidate.grade = .unchecked
            }
            encoded.identifiers[index] = candidate.value
            encoded.traits.setGrade(index, candidate.grade)
            encoded.traits.setAuthority(index, UInt32(truncatingIfNeeded: candidate.authority))
        }
    }

    /// Better grades come first, then authorities and values in a fixed order.
    private static func precedes(
        _ candidate: IdentifierCandidate, _ current: IdentifierCandidate?
    ) -> Bool {
        guard let current else { return true }
        return (current.grade.rawValue, current.authority, current.value)
            < (candidate.grade.rawValue, candidate.authority, candidate.value)
    }
}

/// Reads identifiers by the rules of their authorities.
struct IdentifierAssessor {
    private struct Known {
        var authority: AssigningAuthority
        var hash: UInt64
        var isNational: Bool
    }

    private var known: [String: Known] = [:]

    /// The candidate of an identifier; nil for a placeholder or an empty value.
    mutating func assess(
        _ identifier: LocalIdentifier, scratch: inout [UInt8]
    ) -> IdentifierCandidate? {
        scratch.removeAll(keepingCapacity: true)
        let known = authority(identifier.authority)
        let finding = known.authority.normalise(identifier.value.utf8.span, into: &scratch)
        var isChecked = Self.hasCheck(known.authority.format)
        if case .frenchNIR = known.authority.format, finding != .badFormat, scratch.count == 15 {
            // Many write it without its key, which then checks nothing; a mistyped number has another key.
            isChecked = Self.symbolCount(identifier.value) == 15
            scratch.removeLast(2)
        }
        let grade: IdentifierGrade
        switch finding {
        case .empty, .placeholder: return nil
        case .badCheck, .badFormat: grade = .doubtful
        case .valid where known.authority.bearersMayShare: grade = .doubtful
        case .valid: grade = isChecked ? .valid : .unchecked
        }
        // Separators of the authority's own carry nothing.
        scratch.removeAll { $0 == UInt8(ascii: "-") }
        guard scratch.count >= 3, !scratch.allSatisfy({ $0 == scratch[0] }) else { return nil }
        return IdentifierCandidate(
            value: IdentifierValue.of(scratch.span), grade: grade, authority: known.hash,
            isNational: known.isNational)
    }

    private mutating func authority(_ code: String) -> Known {
        if let found = known[code] { return found }
        let authority = AssigningAuthority.shipped(code: code) ?? .unknown
        // Shared numbers are compared with those of the authority that gave them out.
        let issuer = AssigningAuthority.issuer(of: code)
        let found = Known(
            authority: authority, hash: TextHash.mix(TextHash.of(issuer)),
            isNational: issuer.isEmpty || issuer == "national" || authority.kind == .national)
        known[code] = found
        return found
    }

    /// How many letters and digits a value has.
    private static func symbolCount(_ value: String) -> Int {
        value.utf8.reduce(0) { count, byte in
            byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 ? count + 1 : count
        }
    }

    /// Whether a value that passes has shown more than its length: random digits would mostly fail.
    private static func hasCheck(_ format: IdentifierFormat) -> Bool {
        switch format {
        case .peruvianDNI, .unitedStatesSSN, .atc, .digits, .alphanumerics, .any: false
        default: true
        }
    }
}
