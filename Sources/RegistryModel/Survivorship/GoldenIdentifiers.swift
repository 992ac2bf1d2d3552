internal import Identity

/// The numbers of a golden record: those of all its records, each once however it was written.
///
/// Those that most records state come first, old ones behind those in use; of each the spelling that
/// is stated most often stands, with the status and the validity that were recorded last by a record
/// that states one: a source that has nothing to say of a number's standing, as most have not, does
/// not make an old one current. What was entered in error is no statement.
enum GoldenIdentifiers {
    /// One identifier as it is written, and how often.
    private struct Spelling {
        var authority: StatementTable.Place
        var value: StatementTable.Place
        var count = 1
    }

    /// One identifier in all the ways it was written.
    private struct Number {
        var authority: String
        /// Two spellings of one number have one canonical form.
        var canonical: String
        var finding: IdentifierFinding
        var spellings: [Spelling]
        /// The rows of the records that state it.
        var rows: [Int] = []
        /// The statement whose status and validity stand.
        var last: StatementTable.StatedIdentifier?
    }

    /// The identifiers alone.
    static func identifiers(
        in table: StatementTable, _ authorities: AuthorityDirectory
    ) -> [LocalIdentifier] {
        let spellings = spellings(in: table)
        // Most persons have one number, written in one way, of which nothing need be known.
        if spellings.count == 1 {
            var last = table.identifiers[0]
            for stated in table.identifiers where table.outweighs(stated, last) { last = stated }
            return [
                LocalIdentifier(
                    authority: table.string(spellings[0].authority),
                    value: table.string(spellings[0].value), status: last.status,
                    validity: last.validity)
            ]
        }
        return numbers(in: table, spellings, authorities).map { identifier(of: $0, table) }
    }

    /// The identifiers, and which records state them.
    static func provenance(
        in table: StatementTable, _ authorities: AuthorityDirectory
    ) -> [IdentifierProvenance] {
        numbers(in: table, spellings(in: table), authorities).map { number in
            IdentifierProvenance(
                identifier: identifier(of: number, table), finding: number.finding,
                records: number.rows.map { table.rows[$0].record }.sorted())
        }
    }

    private static func spellings(in table: StatementTable) -> [Spelling] {
        var spellings: [Spelling] = []
        for stated in table.identifiers {
            if let same = place(of: stated, in: spellings, table) {
                spellings[same].count += 1
            } else {
                spellings.append(Spelling(authority: stated.authority, value: stated.value))
            }
        }
        return spellings
    }

    private static func place(
        of stated: StatementTable.StatedIdentifier, in spellings: [Spelling],
        _ table: StatementTable
    ) -> Int? {
        spellings.firstIndex { spelling in
            table.isEqual(spelling.value, stated.value)
                && table.isEqual(spelling.authority, stated.authority)
        }
    }

    private static func numbers(
        in table: StatementTable, _ spellings: [Spelling], _ authorities: AuthorityDirectory
    ) -> [Number] {
        var numbers: [Number] = []
        var numberOfSpelling: [Int] = []
        for spelling in spellings {
            let authority = table.string(spelling.authority)
            let value = table.string(spelling.value)
            let assessment = authorities.rule(of: authority).assess(value)
            let canonical = assessment.canonical.isEmpty ? value : assessment.canonical
            let same = numbers.firstIndex {
                $0.authority == authority && $0.canonical == canonical
            }
            if let same {
                numbers[same].spellings.append(spelling)
                // A check character that is left out of the canonical form may be wrong in one.
                if assessment.finding.rawValue < numbers[same].finding.rawValue {
                    numbers[same].finding = assessment.finding
                }
            } else {
                numbers.append(
                    Number(
                        authority: authority, canonical: canonical, finding: assessment.finding,
                        spellings: [spelling]))
            }
            numberOfSpelling.append(same ?? numbers.count - 1)
        }
        for stated in table.identifiers {
            guard let spelling = place(of: stated, in: spellings, table) else { continue }
            let number = numberOfSpelling[spelling]
            // The identifiers stand in the order of the rows.
            if numbers[number].rows.last != stated.row { numbers[number].rows.append(stated.row) }
            if numbers[number].last.map({ table.outweighs(stated, $0) }) ?? true {
                numbers[number].last = stated
            }
        }
        return numbers.sorted(by: precedes)
    }

    private static func precedes(_ left: Number, _ right: Number) -> Bool {
        let (isOld, isItsOld) = (left.last?.status == .old, right.last?.status == .old)
        if isOld != isItsOld { return isItsOld }
        if left.rows.count != right.rows.count { return left.rows.count > right.rows.count }
        if left.authority != right.authority {
            return left.authority.utf8.lexicographicallyPrecedes(right.authority.utf8)
        }
        return left.canonical.utf8.lexicographicallyPrecedes(right.canonical.utf8)
    }

    private static func identifier(
        of number: Number, _ table: StatementTable
    ) -> LocalIdentifier {
        LocalIdentifier(
            authority: number.authority, value: value(of: number, table),
            status: number.last?.status ?? .current, validity: number.last?.validity ?? .unstated)
    }

    /// The spelling stated most often, of several such the first in the order of their bytes.
    private static func value(of number: Number, _ table: StatementTable) -> String {
        let best = number.spellings.min { left, right in
            left.count != right.count
                ? left.count > right.count : table.precedes(left.value, right.value)
        }
        return best.map { table.string($0.value) } ?? ""
    }
}
