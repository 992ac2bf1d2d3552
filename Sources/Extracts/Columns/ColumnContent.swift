import Identity

/// What the first values of a column show that its name does not.
///
/// A national number betrays itself by its check digits: at most one number in nine passes by chance,
/// so that a column where four of five pass holds that authority's numbers. Birth dates betray
/// themselves by their spread, since nothing else is dated over two generations. Nothing is concluded
/// from few values.
struct ColumnContent {
    /// Fewer values show nothing.
    static let valuesMin = 20
    /// The share of values that must be of a kind.
    private static let shareMin = 0.8

    /// The values that are not empty.
    let values: [String]

    /// Looks at the values of a column.
    init(_ values: [String]) { self.values = values.filter { !$0.isEmpty } }

    private func isShared(_ share: Double, _ isOfKind: (String) -> Bool) -> Bool {
        guard values.count >= Self.valuesMin else { return false }
        return Double(values.count(where: isOfKind)) >= share * Double(values.count)
    }

    /// Authorities of persons whose numbers check themselves, those that take fewer numbers first.
    private static let checked = [
        "fr-ins-nir", "es-dni", "br-cpf", "ar-cuit", "cl-run", "gb-nhs", "ir-nid",
    ].compactMap(AssigningAuthority.shipped(code:))

    /// The authority whose check digits the values have, nil where they have none's.
    var authority: String? {
        guard Set(values).count * 5 > values.count else { return nil }
        let passing = Self.checked.map { authority in
            values.count { authority.assess($0).finding == .valid }
        }
        guard values.count >= Self.valuesMin, let most = passing.max(),
            Double(most) >= Self.shareMin * Double(values.count),
            let place = passing.firstIndex(of: most)
        else { return nil }
        return Self.checked[place].code
    }

    /// Whether the values are dates over more than two generations.
    var areBirthDates: Bool {
        let years = values.compactMap { value in try? PartialDate(value).year }.sorted()
        guard years.count >= Self.valuesMin,
            Double(years.count) >= Self.shareMin * Double(values.count)
        else { return false }
        return years[years.count * 19 / 20] - years[years.count / 20] > 40
    }

    /// Whether the values are addresses of electronic mail.
    var areEmails: Bool {
        isShared(Self.shareMin) { value in
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
        }
    }

    /// Whether the values are dates with the month before the day, as `12/31/1980`: a tenth of them can
    /// be nothing else, and hardly any can be the other.
    var areMonthFirst: Bool {
        var (monthFirst, dayFirst, all) = (0, 0, 0)
        for value in values {
            guard let parts = MonthFirstDate.parts(of: value) else { continue }
            all += 1
            if parts.second > 12, parts.first <= 12 { monthFirst += 1 }
            if parts.first > 12, parts.second <= 12 { dayFirst += 1 }
        }
        return all >= Self.valuesMin && monthFirst * 10 > all && dayFirst * 50 < monthFirst
    }
}
