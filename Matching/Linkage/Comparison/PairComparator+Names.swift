extension PairComparator {
    /// Compares given names and surnames, which may stand in each other's place.
    @inline(__always)
    mutating func compareNames(
        _ left: UnsafePointer<EncodedPerson>, _ right: UnsafePointer<EncodedPerson>,
        _ vector: inout ComparisonVector
    ) {
        let (given, otherGiven) = (left.pointee.givenNames, right.pointee.givenNames)
        let (surnames, otherSurnames) = (left.pointee.surnames, right.pointee.surnames)
        var givenLevel = compareGiven(given, otherGiven)
        var (family, mothersFamily) = compareSurnames(surnames, otherSurnames)
        if givenLevel == .different || family == .different, given[0] != 0, otherGiven[0] != 0,
            isSwapped(given, surnames, otherGiven, otherSurnames)
        {
            (givenLevel, family) = (.swapped, .swapped)
        }
        if mothersFamily == .different, family == .swapped { mothersFamily = .missing }
        vector.set(.given, givenLevel.rawValue)
        vector.set(.family, family.rawValue)
        vector.set(.mothersFamily, mothersFamily.rawValue)
    }

    /// Whether given name and surname agree crosswise, one of them at least in its sound.
    ///
    /// ``PairBound`` relies on that.
    private mutating func isSwapped(
        _ given: SIMD4<UInt32>, _ surnames: SIMD4<UInt32>, _ otherGiven: SIMD4<UInt32>,
        _ otherSurnames: SIMD4<UInt32>
    ) -> Bool {
        guard surnames[0] != 0, otherSurnames[0] != 0 else { return false }
        guard
            words.sound(given[0]) == words.sound(otherSurnames[0])
                || words.sound(otherGiven[0]) == words.sound(surnames[0])
        else { return false }
        return words.relation(given[0], otherSurnames[0]).rawValue >= WordRelation.similar.rawValue
            && words.relation(otherGiven[0], surnames[0]).rawValue >= WordRelation.similar.rawValue
    }

    @inline(__always)
    private mutating func compareGiven(
        _ left: SIMD4<UInt32>, _ right: SIMD4<UInt32>
    ) -> GivenLevel {
        guard left[0] != 0, right[0] != 0 else { return .missing }
        if left[0] == right[0] { return compareFurtherGiven(left, right) }
        if joins(left, right) || joins(right, left) { return .firstEqual }
        switch words.relation(left[0], right[0]) {
        case .initial: return .initial
        case .soundsAlike: return furtherDiffers(left, right) ? .similar : .soundsAlike
        case .close: return furtherDiffers(left, right) ? .similar : .close
        case .similar: return .similar
        case .equal, .different: break
        }
        if left[1] == right[0] || left[2] == right[0] || right[1] == left[0] || right[2] == left[0]
        {
            return .otherPosition
        }
        return .different
    }

    /// The level of pairs whose first names are equal.
    @inline(__always)
    private mutating func compareFurtherGiven(
        _ left: SIMD4<UInt32>, _ right: SIMD4<UInt32>
    ) -> GivenLevel {
        if left[1] == right[1] { return left[1] == 0 ? .firstEqual : .allEqual }
        return furtherDiffers(left, right) ? .firstEqualOtherDifferent : .firstEqual
    }

    /// Whether both have a second name and these do not fit together.
    private mutating func furtherDiffers(
        _ left: SIMD4<UInt32>, _ right: SIMD4<UInt32>
    ) -> Bool {
        guard left[1] != 0, right[1] != 0 else { return false }
        if left[1] == right[2] || left[2] == right[1] { return false }
        return words.relation(left[1], right[1]) == .different
    }

    /// Whether the first two words of one name, written together, are the first word of the other.
    @inline(__always)
    private func joins(_ parts: SIMD4<UInt32>, _ whole: SIMD4<UInt32>) -> Bool {
        guard parts[1] != 0 else { return false }
        let first = words.entry(parts[0])
        let second = words.entry(parts[1])
        return first.hash &* second.power &+ second.hash == words.entry(whole[0]).hash
    }

    @inline(__always)
    private mutating func compareSurnames(
        _ left: SIMD4<UInt32>, _ right: SIMD4<UInt32>
    ) -> (family: SurnameLevel, mothersFamily: SurnameLevel) {
        var family = surnameLevel(left[0], right[0])
        var mothers = surnameLevel(left[1], right[1])
        if family == .different {
            if left[0] == right[1], right[0] == left[1] || left[1] == 0 || right[0] == 0 {
                return (.crossed, mothers == .different ? .crossed : mothers)
            }
            let crossed =
                left[0] == right[1] || left[0] == right[2] || right[0] == left[1]
                || right[0] == left[2]
            if crossed {
                family = .crossed
            } else if joins(left, right) || joins(right, left) {
                family = .close
            }
        }
        if mothers == .different, left[1] == right[2] || right[1] == left[2] { mothers = .crossed }
        return (family, mothers)
    }

    @inline(__always)
    private mutating func surnameLevel(_ left: UInt32, _ right: UInt32) -> SurnameLevel {
        guard left != 0, right != 0 else { return .missing }
        if left == right { return .equal }
        switch words.relation(left, right) {
        case .equal: return .equal
        case .soundsAlike, .close: return .close
        case .similar: return .similar
        case .initial: return .initial
        case .different: return .different
        }
    }
}
