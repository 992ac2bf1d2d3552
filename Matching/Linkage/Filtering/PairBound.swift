import Similarity

/// An upper bound of the match weight of sixteen pairs at a time.
///
/// **What it proves.** With `L(h)` the logarithm of prior and level probabilities of hypothesis `h`,
/// the weight of a pair is
///
///     L(match) - log2 Σ 2^L(h)  ≤  L(match) - L(random)
///
/// the sum running over all hypotheses but match, of which chance is one. The right side is a sum over
/// fields of the level's difference between match and chance, less what the commonness of values adds
/// to chance. The bound takes for each field the largest difference among the levels that the columns
/// leave possible: equal hashes may hide different values, so that an equal hash counts as the best of
/// all levels, while different hashes prove different values. Commonness is the larger of both records'
/// shares, hence at least the left one's, on which the columns are based. Every number is rounded up.
/// So no pair that reaches a weight is ever dropped by this bound for not reaching it.
struct PairBound {
    typealias Lanes = SIMD16<Int16>

    /// The units of a lane.
    ///
    /// With ``termMax`` they keep the sum of 16 terms within 16 bits. The largest difference of a
    /// level is 30 bits, that of commonness 45.
    static let unitsPerBit: Float = 24
    /// The most that one term may be, in bits.
    static let termMax: Float = 85
    /// Pairs of one call.
    static let width = 16

    /// What a simple field contributes where both records have it.
    private struct Field {
        var agree: Lanes
        var differ: Lanes

        /// Takes the largest difference of levels that remain possible if the values agree, and of
        /// those if they do not; the first is never below the second.
        init(_ agreeing: [Float], _ differing: [Float]) {
            let differ = differing.reduce(-1_000, max)
            let agree = agreeing.reduce(differ, max)
            self.agree = Lanes(repeating: FilterRowMaker.roundedUp(agree))
            self.differ = Lanes(repeating: FilterRowMaker.roundedUp(differ))
        }
    }

    /// What an identifier contributes where both records have one of one authority.
    private struct Identifier {
        var equal: Lanes
        var close: Lanes
        var doubtful: Lanes
        var different: Lanes
    }

    /// What the residence contributes where both records have a street.
    private struct Street {
        var dwelling: Lanes
        var street: Lanes
        var postalCode: Lanes
        var municipality: Lanes
        var different: Lanes
    }

    /// What a name contributes where the words are different, and by how much more those that are close
    /// contribute than those that are merely similar.
    private struct Name {
        var different: Lanes
        var closeGap: Lanes
    }

    /// What whole birth dates contribute.
    private struct Date {
        var equal: Lanes
        var oneDigit: Lanes
        var swapped: Lanes
        var twoParts: Lanes
        var near: Lanes
        var siblings: Lanes
        var far: Lanes
    }

    private var prior: Lanes
    private var limit: Lanes
    private var date: Date
    private var oddDate: Lanes
    private var sex: Field
    private var birthOrder: Field
    private var identifierLevels: Identifier
    private var otherIdentifierLevels: Identifier
    private var phone: (equal: Lanes, close: Lanes, different: Lanes)
    private var email: (equal: Lanes, close: Lanes, different: Lanes)
    private var street: Street
    private var given: Name
    private var family: Name
    private var mothersFamily: Name
    private var area: Field
    private var mother: Field
    private var father: Field
    private var birthPlace: Field

    /// The bound under a weight table; pairs below `minimumWeight` may be dropped.
    init(_ table: WeightTable, minimumWeight: Float) {
        let differences = table.rows.map { $0[WeightTable.match] - $0[WeightTable.random] }
        func of<Level: RawRepresentable<UInt64>>(
            _ field: ComparisonField, _ levels: [Level]
        ) -> [Float] {
            levels.map { differences[field.rawValue * 16 + Int($0.rawValue)] }
        }
        func numbered(_ field: ComparisonField, _ levels: [Int]) -> [Float] {
            levels.map { differences[field.rawValue * 16 + $0] }
        }
        func up(_ values: [Float]) -> Lanes {
            Lanes(repeating: FilterRowMaker.roundedUp(values.reduce(-1_000, max)))
        }
        prior = up([table.prior[WeightTable.match] - table.prior[WeightTable.random]])
        limit = Lanes(repeating: -FilterRowMaker.roundedUp(-minimumWeight) &- 1)
        let far = of(.birthDate, [DateLevel.generationGap, .far])
        let siblings = far + of(.birthDate, [DateLevel.siblingGap])
        let near = siblings + of(.birthDate, [DateLevel.near])
        let twoParts = near + of(.birthDate, [DateLevel.twoParts])
        let swapped = twoParts + of(.birthDate, [DateLevel.dayMonthSwapped])
        let oneDigit = swapped + of(.birthDate, [DateLevel.oneDigit])
        date = Date(
            equal: up(oneDigit + of(.birthDate, [DateLevel.equal])), oneDigit: up(oneDigit),
            swapped: up(swapped), twoParts: up(twoParts), near: up(near),
            siblings: up(siblings), far: up(far))
        oddDate = up([0] + of(.birthDate, DateLevel.allCases))
        sex = Field(numbered(.sex, [1, 3]), numbered(.sex, [2, 4]))
        birthOrder = Field(numbered(.birthOrder, [1]), numbered(.birthOrder, [2]))
        func identifier(_ field: ComparisonField) -> Identifier {
            let different = of(field, [IdentifierLevel.different])
            let doubtful = different + of(field, [IdentifierLevel.differentDoubtful])
            let close = doubtful + of(field, [IdentifierLevel.close])
            let equal = close + of(field, [IdentifierLevel.equal, .equalDoubtful])
            return Identifier(
                equal: up([0] + equal), close: up(close), doubtful: up(doubtful),
                different: up(different))
        }
        identifierLevels = identifier(.identifier)
        otherIdentifierLevels = identifier(.otherIdentifier)
        let close = numbered(.phone, [2, 3])
        phone = (up(close + numbered(.phone, [1])), up(close), up(numbered(.phone, [3])))
        let sameName = numbered(.email, [2, 3])
        email = (up(sameName + numbered(.email, [1])), up(sameName), up(numbered(.email, [3])))
        let sameArea = of(.residence, [ResidenceLevel.sameArea])
        let apart = of(.residence, [ResidenceLevel.differentArea])
        area = Field(sameArea, [0] + apart)
        let elsewhere = of(.residence, [ResidenceLevel.different])
        let sameTown = elsewhere + of(.residence, [ResidenceLevel.sameMunicipality])
        let sameCode = sameTown + of(.residence, [ResidenceLevel.samePostalCode])
        let sameStreet = sameCode + of(.residence, [ResidenceLevel.sameStreet])
        street = Street(
            dwelling: up(sameStreet + of(.residence, [ResidenceLevel.sameDwelling])),
            street: up(sameStreet), postalCode: up(sameCode), municipality: up(sameTown),
            different: up(elsewhere))
        func surname(_ field: ComparisonField) -> Name {
            Name(
                different: up(of(field, [SurnameLevel.different])),
                closeGap: FilterRowMaker.closeGap(
                    of(field, [SurnameLevel.close]), of(field, [SurnameLevel.similar])))
        }
        given = Name(
            different: up(of(.given, [GivenLevel.different])),
            closeGap: FilterRowMaker.closeGap(
                of(.given, [GivenLevel.soundsAlike, .close]), of(.given, [GivenLevel.similar])))
        family = surname(.family)
        mothersFamily = surname(.mothersFamily)
        mother = Field(numbered(.motherGiven, [1]), numbered(.motherGiven, [2, 3]))
        father = Field(numbered(.fatherGiven, [1]), numbered(.fatherGiven, [2, 3]))
        birthPlace = Field(numbered(.birthPlace, [1]), numbered(.birthPlace, [2]))
    }

    /// The month of a day since some fixed one: 30 days each, so that fewer than 270 days apart means
    /// at most 10 such months apart, and fewer than 5,478 at most 183.
    static func month(_ day: Int32) -> Int32 { (day &+ 1 << 24) / 30 }
}

extension PairBound {
    /// The columns of sixteen records one after another.
    struct Side {
        let base: UnsafePointer<Int16>
        /// Values from one column to the next.
        let stride: Int

        @inline(__always)
        subscript(_ column: FilterColumn) -> Lanes {
            self[column, 0]
        }

        /// The column some places behind another.
        @inline(__always)
        subscript(_ column: FilterColumn, _ offset: Int) -> Lanes {
            UnsafeRawPointer(base + (column.rawValue &+ offset) &* stride)
                .loadUnaligned(as: Lanes.self)
        }
    }

    /// All bits of the lanes that are equal.
    @inline(__always)
    private static func equal(_ left: Lanes, _ right: Lanes) -> Lanes {
        unsafeBitCast(left .== right, to: Lanes.self)
    }

    @inline(__always)
    private static func isZero(_ lanes: Lanes) -> Lanes { equal(lanes, .zero) }

    /// The first value where the mask is set, else the second.
    ///
    /// Written with a sum: on Swift 6.3 the usual `mask & yes | ~mask & no` is compiled lane by lane.
    @inline(__always)
    private static func choose(_ mask: Lanes, _ yes: Lanes, _ no: Lanes) -> Lanes {
        no &+ (mask & (yes &- no))
    }

    /// All bits of the lanes whose pairs may reach the minimum weight, in lanes of one block.
    @inline(__always)
    func reaches(_ left: Side, _ right: Side) -> Lanes {
        let (names, isSwapped) = self.names(left, right)
        var sum = prior &+ names &+ dates(left, right) &+ traits(left, right)
        sum =
            sum
            &+ Self.identifier(
                identifierLevels, left, right,
                (.identifier, .identifierParts, .identifierKind))
            &+ Self.identifier(
                otherIdentifierLevels, left, right,
                (.otherIdentifier, .otherIdentifierParts, .otherIdentifierKind))
        sum = sum &+ contacts(left, right) &+ residence(left, right) &+ origin(left, right)
        let isBelow = (sum &- limit) &>> 15
        return (~isBelow | isSwapped) & Self.equal(left[.block], right[.block])
    }

    /// The names' part, and where given name and surname stand crosswise: there nothing is claimed.
    @inline(__always)
    private func names(_ left: Side, _ right: Side) -> (sum: Lanes, isSwapped: Lanes) {
        let (given, otherGiven) = (left[.given], right[.given])
        let (family, otherFamily) = (left[.family], right[.family])
        let (mothers, otherMothers) = (left[.mothersFamily], right[.mothersFamily])
        let (third, otherThird) = (left[.thirdNames], right[.thirdNames])
        let (joined, otherJoined) = (left[.joined], right[.joined])
        let joinsGiven =
            Self.isZero((joined ^ otherGiven) & FilterHash.upper)
            | Self.isZero((otherJoined ^ given) & FilterHash.upper)
        let joinsFamily =
            Self.isZero((joined ^ otherFamily) & ~FilterHash.upper)
            | Self.isZero((otherJoined ^ family) & ~FilterHash.upper)
        let givenElsewhere =
            Self.equal(left[.secondGiven], otherGiven) | Self.equal(right[.secondGiven], given)
            | Self.isZero((third ^ otherGiven) & ~FilterHash.upper)
            | Self.isZero((otherThird ^ given) & ~FilterHash.upper)
        let crossed = Self.equal(family, otherMothers) | Self.equal(mothers, otherFamily)
        let familyElsewhere =
            crossed | Self.isZero((otherThird ^ family) & FilterHash.upper)
            | Self.isZero((third ^ otherFamily) & FilterHash.upper) | joinsFamily
        let mothersElsewhere =
            crossed | Self.isZero((otherThird ^ mothers) & FilterHash.upper)
            | Self.isZero((third ^ otherMothers) & FilterHash.upper)
        let second = left[.secondGiven]
        let areAllEqual =
            Self.equal(given, otherGiven) & Self.equal(second, right[.secondGiven])
            & ~Self.isZero(second) & ~Self.isZero(given)
        let givenPart = Self.name(
            .given, left, right, isEqual: Self.equal(given, otherGiven) | joinsGiven,
            isElsewhere: givenElsewhere, self.given)
        let sum =
            Self.choose(areAllEqual, left[.givenAllAgree], givenPart)
            &+ Self.name(
                .family, left, right, isEqual: Self.equal(family, otherFamily),
                isElsewhere: familyElsewhere, self.family)
            &+ Self.name(
                .mothersFamily, left, right, isEqual: Self.equal(mothers, otherMothers),
                isElsewhere: mothersElsewhere, mothersFamily)
        // Equal words sound equal.
        let isSwapped =
            Self.isZero((left[.givenSound] ^ right[.familySound]) & FilterHash.upper)
            & ~Self.isZero(given)
            | Self.isZero((right[.givenSound] ^ left[.familySound]) & FilterHash.upper)
            & ~Self.isZero(family)
        return (sum, isSwapped)
    }

    /// What one name contributes; its columns stand behind that of its hash.
    @inline(__always)
    private static func name(
        _ column: FilterColumn, _ left: Side, _ right: Side, isEqual: Lanes, isElsewhere: Lanes,
        _ name: Name
    ) -> Lanes {
        let words = words(column, left, right)
        let differ = left[column, 2]
        var part = choose(words.mayBeSimilar, differ &- name.closeGap, name.different)
        part = choose(words.mayBeClose | isElsewhere, differ, part)
        part = choose(isEqual, left[column, 1], part)
        return part & ~(isZero(left[column]) | isZero(right[column]))
    }

    /// Where two words may be close, sounds and initials included, and where they may be similar; see
    /// ``WordFilter``.
    @inline(__always)
    private static func words(
        _ column: FilterColumn, _ left: Side, _ right: Side
    ) -> (mayBeClose: Lanes, mayBeSimilar: Lanes) {
        let (low, otherLow) = (left[column, 3], right[column, 3])
        let (high, otherHigh) = (left[column, 4], right[column, 4])
        let (form, otherForm) = (left[column, 5], right[column, 5])
        let missing = bitCount(low & ~otherLow, high & ~otherHigh)
        let added = bitCount(otherLow & ~low, otherHigh & ~high)
        let isOneEdit = isZero((missing | added) & ~1)
        let apart = missing &* (form & 255) &+ added &* (otherForm & 255)
        let sameInitial = isZero((form ^ otherForm) & FilterHash.upper)
        let similarMax = choose(
            sameInitial, Lanes(repeating: WordFilter.sameInitialMax),
            Lanes(repeating: WordFilter.differentInitialMax))
        let closeMax = choose(
            sameInitial, Lanes(repeating: WordFilter.closeSameInitialMax),
            Lanes(repeating: WordFilter.closeDifferentInitialMax))
        let isInitial =
            equal(form & 255, Lanes(repeating: Int16(WordFilter.unit)))
            | equal(otherForm & 255, Lanes(repeating: Int16(WordFilter.unit)))
        let (sound, otherSound) = (left[column, 6], right[column, 6])
        let sounds = sound ^ otherSound
        let soundsAlike =
            isZero(sounds & FilterHash.upper) | isZero(sounds & 255) & ~isZero(sound & 255)
        let mayBeClose =
            ~((closeMax &- apart) &>> 15) | isOneEdit | soundsAlike | isInitial & sameInitial
        return (mayBeClose, ~((similarMax &- apart) &>> 15))
    }

    /// The number of bits of two words together, in each lane (the known sums by halves).
    @inline(__always)
    private static func bitCount(_ low: Lanes, _ high: Lanes) -> Lanes {
        let nibbles = nibbleCount(low) &+ nibbleCount(high)
        let bytes = (nibbles & 0x0F0F) &+ (nibbles &>> 4 & 0x0F0F)
        return (bytes &+ (bytes &>> 8)) & 0x3F
    }

    @inline(__always)
    private static func nibbleCount(_ word: Lanes) -> Lanes {
        let pairs = word &- (word &>> 1 & 0x5555)
        return (pairs & 0x3333) &+ (pairs &>> 2 & 0x3333)
    }

    @inline(__always)
    private func dates(_ left: Side, _ right: Side) -> Lanes {
        let written = DateLanes.differences(
            years: Self.unsigned(left[.writtenYear]),
            monthDays: Self.unsigned(left[.writtenMonthDay]),
            otherYears: Self.unsigned(right[.writtenYear]),
            otherMonthDays: Self.unsigned(right[.writtenMonthDay]))
        let isEqual = Self.signed(written.none) | Self.equal(left[.day], right[.day])
        let months = left[.month] &- right[.month]
        let sign = months &>> 15
        let distance = (months ^ sign) &- sign
        var part = Self.choose((distance &- 184) &>> 15, date.siblings, date.far)
        part = Self.choose((distance &- 11) &>> 15, date.near, part)
        part = Self.choose(Self.signed(written.part), date.twoParts, part)
        part = Self.choose(Self.signed(written.exchange), date.swapped, part)
        let isConverted = Self.mayBeConverted(
            left[.writtenYear], right[.writtenYear], months: distance)
        part = Self.choose(Self.signed(written.digit) | isConverted, date.oneDigit, part)
        part = Self.choose(isEqual, date.equal, part)
        let (traits, others) = (left[.traits], right[.traits])
        let arePlain = ~Self.isZero(traits & others & FilterTraits.plainDate)
        let areThere = ~Self.isZero(traits & others & FilterTraits.anyDate)
        return Self.choose(arePlain, part, oddDate) & areThere
    }

    /// Where one date is of the Solar Hijri calendar and an error made in the other may explain the distance:
    /// 400 days, or ten years, in months of 30 days.
    @inline(__always)
    private static func mayBeConverted(_ years: Lanes, _ others: Lanes, months: Lanes) -> Lanes {
        // The century is the upper byte; Gregorian years begin with the sixteenth.
        let isSolar = ((years &- 0x1000) | (others &- 0x1000)) &>> 15
        let isYear = (months &- 15) &>> 15
        let areTenYears = ~((months &- 119) &>> 15) & ((months &- 126) &>> 15)
        return isSolar & (isYear | areTenYears)
    }

    @inline(__always)
    private static func unsigned(_ lanes: Lanes) -> DateLanes.Lanes {
        unsafeBitCast(lanes, to: DateLanes.Lanes.self)
    }

    @inline(__always)
    private static func signed(_ lanes: DateLanes.Lanes) -> Lanes {
        unsafeBitCast(lanes, to: Lanes.self)
    }

    @inline(__always)
    private static func part(_ field: Field, _ left: Lanes, _ right: Lanes) -> Lanes {
        choose(equal(left, right), field.agree, field.differ) & ~(isZero(left) | isZero(right))
    }

    @inline(__always)
    private func traits(_ left: Side, _ right: Side) -> Lanes {
        let (traits, others) = (left[.traits], right[.traits])
        return Self.part(sex, traits & FilterTraits.sex, others & FilterTraits.sex)
            &+ Self.part(
                birthOrder, traits & FilterTraits.birthOrder, others & FilterTraits.birthOrder)
    }

    @inline(__always)
    private static func identifier(
        _ levels: Identifier, _ left: Side, _ right: Side,
        _ columns: (FilterColumn, FilterColumn, FilterColumn)
    ) -> Lanes {
        let (value, other) = (left[columns.0], right[columns.0])
        let (kind, otherKind) = (left[columns.2], right[columns.2])
        let ends = left[columns.1] ^ right[columns.1]
        let isShort = ~isZero((kind | otherKind) & FilterKind.short)
        let mayBeClose = isZero(ends & 255) | isZero(ends & ~255) | isShort
        let areValid = ~isZero(kind & otherKind & FilterKind.valid)
        let sameAuthority = isZero((kind ^ otherKind) & FilterKind.authority)
        var part = choose(mayBeClose, levels.close, levels.doubtful)
        part = choose(areValid, levels.different, part) & sameAuthority
        part = choose(equal(value, other), levels.equal, part)
        return part & ~(isZero(value) | isZero(other))
    }

    @inline(__always)
    private func contacts(_ left: Side, _ right: Side) -> Lanes {
        let (first, second) = (left[.phone], left[.otherPhone])
        let (other, further) = (right[.phone], right[.otherPhone])
        let isEqual =
            Self.equal(first, other) | Self.equal(first, further) | Self.equal(second, other)
            | Self.equal(second, further) & ~Self.isZero(second)
        let ends = left[.phoneParts] ^ right[.phoneParts]
        let mayBeClose = Self.isZero(ends & 255) | Self.isZero(ends & ~255)
        var phonePart = Self.choose(mayBeClose, phone.close, phone.different)
        phonePart = Self.choose(isEqual, phone.equal, phonePart)
        phonePart = phonePart & ~(Self.isZero(first) | Self.isZero(other))
        let (address, otherAddress) = (left[.email], right[.email])
        let parts = address ^ otherAddress
        var emailPart = Self.choose(Self.isZero(parts & 255), email.close, email.different)
        emailPart = Self.choose(Self.isZero(parts & ~255), email.equal, emailPart)
        return phonePart &+ emailPart & ~(Self.isZero(address) | Self.isZero(otherAddress))
    }

    @inline(__always)
    private func residence(_ left: Side, _ right: Side) -> Lanes {
        let (area, otherArea) = (left[.area], right[.area])
        let areas = area ^ otherArea
        let sameTown = Self.isZero(areas & FilterHash.upper) & ~Self.isZero(area & FilterHash.upper)
        let sameCode = Self.isZero(areas & 255) & ~Self.isZero(area & 255)
        let sameArea = sameTown | sameCode
        let common = left[.municipalityAgree] & sameArea
        let haveStreets = ~(Self.isZero(left[.street]) | Self.isZero(right[.street]))
        let (house, other) = (left[.houseNumber], right[.houseNumber])
        let sameHouse =
            Self.isZero((house ^ other) & FilterHash.upper)
            & ~Self.isZero(house & FilterHash.upper)
        let mayBeAlike = Self.equal(left[.street], right[.street]) | Self.streets(left, right)
        var streetPart = Self.choose(sameTown, street.municipality, street.different)
        streetPart = Self.choose(sameCode, street.postalCode, streetPart)
        let alikePart = Self.choose(sameHouse, street.dwelling, street.street)
        streetPart = Self.choose(mayBeAlike, alikePart, streetPart)
        let areaPart = Self.choose(sameArea, self.area.agree, self.area.differ)
        return Self.choose(haveStreets, streetPart, areaPart) &+ common
    }

    /// Where ``StreetSignature/isAlike(_:_:)`` may hold.
    ///
    /// Folding the 128 bits of a set to 32 keeps the proof of ``TextColumn/signature(of:)``: a bit
    /// that only one side has stands for a bigram that the other lacks. So of `a` and `b` bigrams no
    /// more than `a` less such bits can be shared.
    @inline(__always)
    private static func streets(_ left: Side, _ right: Side) -> Lanes {
        let (low, otherLow) = (left[.streetSignature], right[.streetSignature])
        let (high, otherHigh) = (left[.streetSignatureRest], right[.streetSignatureRest])
        let count = left[.houseNumber] & 255
        let otherCount = right[.houseNumber] & 255
        let shared = count &- bitCount(low & ~otherLow, high & ~otherHigh)
        let otherShared = otherCount &- bitCount(otherLow & ~low, otherHigh & ~high)
        // The fewest shared bigrams by the Dice coefficient, and where the shorter is contained.
        let dice = (count &+ otherCount) &* Int16(StreetSignature.dicePercent)
        let isBelowDice = (shared &* 200 &- dice) | (otherShared &* 200 &- dice)
        let contained = Int16(StreetSignature.containedPercent)
        let (part, otherPart) = (count &* contained, otherCount &* contained)
        let (percent, otherPercent) = (shared &* 100, otherShared &* 100)
        let isBelowOne = (percent &- part) | (otherPercent &- part)
        let isBelowOther = (percent &- otherPart) | (otherPercent &- otherPart)
        return ~((isBelowDice & isBelowOne & isBelowOther) &>> 15)
    }

    @inline(__always)
    private func origin(_ left: Side, _ right: Side) -> Lanes {
        let (parents, others) = (left[.parents], right[.parents])
        return Self.part(mother, parents & ~255, others & ~255)
            &+ Self.part(father, parents & 255, others & 255)
            &+ Self.part(birthPlace, left[.birthPlace], right[.birthPlace])
    }
}
