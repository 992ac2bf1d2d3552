internal import Foundation
internal import Identity
internal import RegistryModel

/// Answers `FIND` from the catalogs in memory.
///
/// Conditions make sets of rows; those of one catalog are met bit by bit. What is left is looked at in the
/// order of codes and ranked: by what the words of the text lack, rarer words before others, then by
/// catalog and code. Nothing ranks better than a row whose words all stand exactly so in its names,
/// and a part of an answer that is full of those is done.
struct CatalogSearch {
    let tables: CatalogTables
    let search: EntrySearch
    let day: Int32
    /// The rows of each catalog that meet all conditions but text; nil where nothing was asked.
    var selections: [RowSet?] = []
    private(set) var searched: [CatalogTable] = []
    private var words: [SearchedWord] = []

    /// A word of the text, and what it may be in each catalog that is searched.
    private struct SearchedWord {
        var matches: [WordMatches]
        /// How much it says: the binary logarithm of how rare it is, at least 1.
        var weight = 1
        /// The least that a row can lack of it.
        var best: Int
    }

    /// Prepares an answer.
    ///
    /// - Throws: `unknown-authority` for a catalog that is not there, `bad-request` for too many words.
    init(_ search: EntrySearch, in tables: CatalogTables, today: Int32) throws(RegistryError) {
        self.search = search
        self.tables = tables
        day = search.day ?? today
        searched = Array(tables.tables(of: search.kind))
        if let authority = search.catalog {
            searched.removeAll { $0.key.authority != authority }
            if searched.isEmpty {
                throw RegistryError(
                    .unknownAuthority, "there is no catalog \(search.kind.rawValue)/\(authority)")
            }
        }
        let folded = NameFolding.folded(search.text).split(separator: " ").map(String.init)
        guard folded.count <= EntrySearch.wordsMax else {
            throw RegistryError(.badRequest, "a text has at most \(EntrySearch.wordsMax) words")
        }
        guard !folded.isEmpty || search.text.isEmpty else {
            throw RegistryError(.badRequest, "the text holds no letter and no digit")
        }
        for (place, word) in folded.enumerated() where !folded[..<place].contains(word) {
            words.append(Self.searched(QuestionWord(word), in: searched))
        }
        selections = try selected()
    }

    private static func searched(
        _ word: QuestionWord, in tables: [CatalogTable]
    ) -> SearchedWord {
        let matches = tables.map { $0.words.matches(word) }
        let best = matches.compactMap(\.bestGrade).min() ?? 0
        let total = tables.reduce(1) { $0 + $1.rowCount }
        var having = 1
        for (table, match) in zip(tables, matches) {
            let exact = match.exact.map { [$0] }
            for word in exact ?? match.words { having += table.words.postings.count(of: word) }
        }
        let rarity = max(1, total / having)
        return SearchedWord(
            matches: matches, weight: 1 + (Int.bitWidth - 1 - rarity.leadingZeroBitCount),
            best: best * Self.gradeStep)
    }

    /// What a worse grade lacks, beside the classes of words: a grade outweighs them all.
    private static let gradeStep = 3

    /// The answer.
    func page() -> EntryPage {
        if let nearness = search.nearness { return page(nearness) }
        let wanted = search.limit + 1
        let floor = Double(words.reduce(0) { $0 + $1.weight * $1.best })
        var found: [(rank: Double, table: Int, row: Int)] = []
        for index in searched.indices {
            let table = searched[index]
            forEachCandidate(index) { row in
                guard let rank = rank(row, in: index) else { return true }
                if found.count == wanted, rank >= found[wanted - 1].rank { return true }
                if let after = search.after, !isBehind(after, rank, table, row) { return true }
                guard isOpen(row, in: table) else { return true }
                let place = found.firstIndex { $0.rank > rank } ?? found.count
                found.insert((rank, index, row), at: place)
                if found.count > wanted { found.removeLast() }
                // Later rows have greater codes: they come before none that has the best rank.
                return found.count < wanted
                    || found[wanted - 1].rank > max(floor, search.after?.rank ?? 0)
            }
        }
        let entries = found.prefix(search.limit).map { searched[$0.table].entry($0.row) }
        guard found.count == wanted, let last = entries.last else {
            return EntryPage(entries: entries, next: nil)
        }
        return EntryPage(
            entries: entries,
            next: SearchPlace(
                rank: found[search.limit - 1].rank, authority: last.catalog.authority,
                code: last.code))
    }

    private func isBehind(
        _ after: SearchPlace, _ rank: Double, _ table: CatalogTable, _ row: Int
    ) -> Bool {
        if rank != after.rank { return rank > after.rank }
        return after
            < SearchPlace(rank: rank, authority: table.key.authority, code: table.code(ofRow: row))
    }

    /// Calls a closure with each row of a searched catalog that is valid and meets the conditions and may
    /// meet the text, until it answers false.
    private func forEachCandidate(_ index: Int, _ body: (Int) -> Bool) {
        let table = searched[index]
        let range = table.rows(codePrefix: search.codePrefix)
        guard let rows = candidates(index) else {
            for row in range where table.isValid(row, on: day) {
                guard body(row) else { return }
            }
            return
        }
        rows.forEach(in: range) { row in table.isValid(row, on: day) ? body(row) : true }
    }

    /// The rows that meet the conditions and have a word for each of the text; nil for all.
    func candidates(_ index: Int) -> RowSet? {
        let table = searched[index]
        var rows = selections[index]
        for word in words {
            var having = RowSet(rowCount: table.rowCount)
            for number in word.matches[index].words {
                having.insert(table.words.postings.rows(of: number))
            }
            if rows == nil { rows = having } else { rows?.formIntersection(having) }
        }
        return rows
    }

    /// What a row lacks of the text; nil where a word of it stands nowhere in the row.
    private func rank(_ row: Int, in index: Int) -> Double? {
        var rank = 0
        let own = searched[index].words.words(ofRow: row)
        for word in words {
            var least: Int?
            for packed in own {
                guard let grade = word.matches[index].grade(packed >> EntryIndexing.classBits)
                else { continue }
                let lack = grade * Self.gradeStep + Int(packed & (1 << EntryIndexing.classBits - 1))
                least = min(least ?? lack, lack)
            }
            guard let least else { return nil }
            rank += least * word.weight
        }
        return Double(rank)
    }

    /// Whether an entry is in use and, where it states hours, open at the time that was asked for.
    func isOpen(_ row: Int, in table: CatalogTable) -> Bool {
        guard let minute = search.openMinute else { return true }
        guard let content = try? EntryContent(stored: table.content(row)) else { return false }
        if let status = content["status"]?.string, status != "active" { return false }
        guard let hours = content["opening_hours"] else { return true }
        return OpeningHours.isOpen(hours, day: day, minute: minute)
    }
}
