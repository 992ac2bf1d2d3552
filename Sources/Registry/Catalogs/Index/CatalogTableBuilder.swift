internal import Identity
package import RegistryModel

/// Gathers what live releases say of a catalog's codes, and makes its table.
///
/// Releases come in ascending order. The rows of a code in a release replace all that those before it
/// said of the code.
package struct CatalogTableBuilder {
    private struct Row {
        var code: UInt32
        var release: UInt32
        var from: Int32
        var through: Int32
        var content: Range<Int>
    }

    let key: CatalogKey
    private var releases: [Int64] = []
    private var codes = PackedDictionary()
    /// For each code the place in `releases` of the last one that has it.
    private var codeReleases: [UInt32] = []
    private var rows: [Row] = []
    private var contents: [UInt8] = []

    /// Begins with a catalog of which nothing is known.
    package init(_ key: CatalogKey) { self.key = key }

    /// Begins with what a table has.
    init(_ table: CatalogTable) {
        self.init(table.key)
        releases = table.releases
        for place in 0..<table.codes.count {
            let code = table.codes.withBytes(place) { UInt32(codes.number(of: $0)) }
            codeReleases.append(table.codeReleases[place])
            for row in table.rows(ofCode: place) {
                append(
                    Row(
                        code: code, release: table.codeReleases[place], from: .min, through: .max,
                        content: 0..<0), table.period(row), table.content(row))
            }
        }
    }

    /// Begins the next release.
    package mutating func begin(release: Int64) {
        precondition(releases.last.map { $0 < release } ?? true, "releases come in their order")
        releases.append(release)
    }

    /// Takes a row of the release at hand; without a period the code is no more and never was.
    package mutating func take(code: String, period: EntryPeriod?, content: [UInt8]) {
        let bytes = code.utf8
        let number = codes.number(of: bytes.span)
        let release = UInt32(releases.count - 1)
        if number == codeReleases.count {
            codeReleases.append(release)
        } else {
            codeReleases[number] = release
        }
        guard let period else { return }
        append(
            Row(code: UInt32(number), release: release, from: .min, through: .max, content: 0..<0),
            period, content)
    }

    private mutating func append(_ row: Row, _ period: EntryPeriod, _ content: [UInt8]) {
        var row = row
        row.from = period.from ?? .min
        row.through = period.through ?? .max
        row.content = contents.count..<contents.count + content.count
        contents += content
        rows.append(row)
    }

    /// The table of all that was taken.
    consuming func finish(
        _ authorities: AuthorityDirectory, indexed: EntryIndexing.Parts = .all
    ) -> CatalogTable {
        let codeReleases = codeReleases
        let (contents, key) = (contents, key)
        var live = rows.filter { $0.release == codeReleases[Int($0.code)] }
        var parts = CatalogTableParts(key: key, releases: releases)
        let (keys, places) = codes.sorted()
        for index in live.indices { live[index].code = places[Int(live[index].code)] }
        live.sort { ($0.code, $0.from) < ($1.code, $1.from) }
        var releaseOfPlace = [UInt32](repeating: 0, count: places.count)
        for (number, place) in places.enumerated() {
            releaseOfPlace[Int(place)] = codeReleases[number]
        }
        var indexing = EntryIndexing(key.kind, authorities, indexed)
        var words = WordIndexBuilder()
        var points: [(row: UInt32, point: SpherePoint)] = []
        var lastCode: UInt32?
        parts.contents.reserveCapacity(live.reduce(0) { $0 + $1.content.count })
        for (number, row) in live.enumerated() {
            if row.code != lastCode {
                lastCode = row.code
                if number > 0 { parts.firstRows.append(UInt32(number)) }
                keys.withBytes(Int(row.code)) { parts.codes.append($0) }
                parts.codeReleases.append(releaseOfPlace[Int(row.code)])
            }
            parts.rowCodes.append(UInt32(parts.codes.count - 1))
            parts.periods.append((row.from, row.through))
            parts.contents += contents[row.content]
            parts.contentEnds.append(parts.contents.count)
            indexing.take(contents.span.extracting(row.content), row: number)
            words.endRow(at: indexing.wordCount)
            if !indexing.latitude.isNaN, !indexing.longitude.isNaN {
                let point = SpherePoint(
                    latitude: indexing.latitude, longitude: indexing.longitude)
                points.append((UInt32(number), point))
            }
        }
        if !live.isEmpty { parts.firstRows.append(UInt32(live.count)) }
        parts.positions = PositionIndex(points)
        Self.finish(indexing, words, &parts)
        return CatalogTable(parts)
    }

    private static func finish(
        _ indexing: EntryIndexing, _ words: WordIndexBuilder, _ parts: inout CatalogTableParts
    ) {
        parts.words = words.finish(indexing.words, indexing.wordNumbers)
        parts.termFields = indexing.termFields
        let (terms, places) = indexing.terms.sorted()
        parts.terms = terms
        parts.termPostings = Postings(
            keys: indexing.termNumbers.map { places[Int($0)] }, rows: indexing.termRows,
            keyCount: terms.count)
    }
}
