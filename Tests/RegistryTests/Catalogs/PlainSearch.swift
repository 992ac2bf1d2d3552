import Identity
import RegistryModel

/// The answer to a search by looking at every entry: what the index must answer too.
struct PlainSearch {
    let catalogs: RandomCatalogs
    let search: EntrySearch
    let day: Int32

    /// Entries by kind, catalog and code that are valid on the day.
    private func valid(_ kind: CatalogKind) -> [(key: CatalogKey, entry: CatalogEntry)] {
        catalogs.standing(kind).filter { $0.entry.period.contains(day) }
    }

    /// The names and ranks of all answers, in order.
    var answer: [SearchPlace] {
        let words = NameFolding.folded(search.text).split(separator: " ").map(String.init)
        let distinct = words.enumerated().filter { !words[..<$0.offset].contains($0.element) }
            .map(\.element)
        let all = catalogs.standing(search.kind)
        let weights = distinct.map { word in weight(of: word, all) }
        return valid(search.kind).compactMap { key, entry -> SearchPlace? in
            guard entry.code.hasPrefix(search.codePrefix), meets(entry, key) else { return nil }
            var rank = 0
            let own = Self.words(of: entry.content, search.kind.schema)
            for (word, weight) in zip(distinct, weights) {
                guard let least = own.compactMap({ Self.lack(word, $0) }).min() else { return nil }
                rank += least * weight
            }
            return SearchPlace(rank: Double(rank), authority: key.authority, code: entry.code)
        }.sorted()
    }

    private func weight(
        of word: String, _ all: [(key: CatalogKey, entry: CatalogEntry)]
    ) -> Int {
        // How many have it is counted catalog by catalog, a word that stands exactly so alone.
        var having = 1
        for key in Set(all.map(\.key)) {
            var counts: [String: Int] = [:]
            for (_, entry) in all.filter({ $0.key == key }) {
                for own in Set(Self.words(of: entry.content, key.kind.schema).map(\.word)) {
                    counts[own, default: 0] += 1
                }
            }
            having +=
                counts[word]
                ?? counts.filter { Self.lack(word, ($0.key, 0)) != nil }.values.reduce(0, +)
        }
        var weight = 1
        var rarity = max(1, (all.count + 1) / having)
        while rarity > 1 {
            weight += 1
            rarity /= 2
        }
        return weight
    }

    private func meets(_ entry: CatalogEntry, _ key: CatalogKey) -> Bool {
        for condition in search.conditions {
            let wanted = NameFolding.folded(condition.value.replacing("*", with: ""))
            let values = Self.texts(entry.content[condition.field]).map(NameFolding.folded)
            let isOpenEnded = condition.value.hasSuffix("*") || condition.field == "atc"
            guard values.contains(where: { isOpenEnded ? $0.hasPrefix(wanted) : $0 == wanted })
            else { return false }
        }
        for place in search.places {
            let names = below(.place, place, of: valid(.place)) { $0["parent"]?.string }
            guard let own = entry.content["place"]?.string, names.contains(own) else {
                return false
            }
        }
        for ancestor in search.ancestors {
            let names = below(search.kind, ancestor.entry, of: valid(search.kind)) {
                $0["parent"]?[ancestor.hierarchy]?.string
            }
            let parent = entry.content["parent"]?[ancestor.hierarchy]?.string
            guard let parent, names.contains(parent) else { return false }
        }
        return true
    }

    /// References to an entry and all below it, as entries write them.
    private func below(
        _ kind: CatalogKind, _ root: EntryReference,
        of entries: [(key: CatalogKey, entry: CatalogEntry)],
        parent: (EntryContent) -> String?
    ) -> Set<String> {
        var names: Set = [root.text]
        for (key, entry) in catalogs.standing(kind)
        where key.authority == root.authority && entry.code == root.code {
            names.formUnion(Self.identifiers(entry.content))
        }
        while true {
            let count = names.count
            for (key, entry) in entries {
                guard let above = parent(entry.content), names.contains(above) else { continue }
                names.insert("\(key.authority):\(entry.code)")
                names.formUnion(Self.identifiers(entry.content))
            }
            if names.count == count { return names }
        }
    }

    private static func identifiers(_ content: EntryContent) -> [String] {
        texts(content["id"]?["shared"]).map { "shared:\($0)" }
    }

    static func texts(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap { texts($0) }
        case .object(let members): members.flatMap { texts($0.value) }
        default: []
        }
    }

    /// Words that are searched, each with its class.
    private static func words(
        of content: EntryContent, _ schema: EntrySchema
    ) -> [(word: String, wordClass: Int)] {
        schema.fields.filter(\.isSearched).flatMap { field in
            texts(content[field.name]).flatMap { text in
                NameFolding.folded(text).split(separator: " ").map { word in
                    (String(word), field.name == "name" ? 0 : field.name == "alias" ? 1 : 2)
                }
            }
        }
    }

    /// What a word lacks of one that was asked for; nil where it does not answer.
    private static func lack(_ asked: String, _ own: (word: String, wordClass: Int)) -> Int? {
        if own.word == asked { return own.wordClass }
        if own.word.hasPrefix(asked) { return 3 + own.wordClass }
        let letters = Array(asked.unicodeScalars)
        guard !letters.contains(where: { ("0"..."9").contains($0) }), letters.count >= 4,
            own.word.unicodeScalars.count >= 3
        else { return nil }
        let distance = edits(letters, Array(own.word.unicodeScalars))
        return distance <= (letters.count < 8 ? 1 : 2) ? (distance + 1) * 3 + own.wordClass : nil
    }

    /// The optimal string alignment distance, by its table.
    private static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var table = [[Int]](
            repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in 0...left.count { table[row][0] = row }
        for column in 0...right.count { table[0][column] = column }
        for row in 0..<left.count {
            for column in 0..<right.count {
                let cost = left[row] == right[column] ? 0 : 1
                var best = min(
                    table[row][column] + cost, table[row][column + 1] + 1,
                    table[row + 1][column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    best = min(best, table[row - 1][column - 1] + 1)
                }
                table[row + 1][column + 1] = best
            }
        }
        return table[left.count][right.count]
    }
}
