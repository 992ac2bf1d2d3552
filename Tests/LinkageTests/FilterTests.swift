import SeededTesting
import Identity
import Similarity
import Testing

@testable import Linkage

/// No pair that reaches a weight is dropped before it is compared, and every pair is met once.
///
/// Method: all pairs of generated people of four countries, whose fields are moreover exchanged among
/// records so that all mixtures of agreement occur, are weighed in full, and their weights compared
/// with what the filter let pass; the words' proof is checked on all pairs of words; the tile's pairs
/// are compared with those of two nested loops.
@Suite struct FilterTests {
    private static func passed(
        _ population: Population, _ weights: PairWeights, sizes: [Int], limit: Int,
        minimumWeight: Float
    ) -> [FilterTile.Pair] {
        var blocks = BlockIndex.RuleBlocks()
        blocks.limit = limit
        var slot: UInt32 = 0
        for size in sizes {
            blocks.append((0..<UInt32(size)).map { $0 + slot })
            slot += UInt32(size)
        }
        let keys = [BlockingKeys](repeating: .zero, count: population.count)
        let index = BlockIndex(keys: keys, rules: [blocks])
        let bound = PairBound(weights.table, minimumWeight: minimumWeight)
        let rows = FilterRows(population, weights, threads: 1)
        let tile = FilterTile(rows: rows, bound: bound)
        let stretch = BlockStretch(rule: 0, blocks: 0..<blocks.blockCount)
        var passed: [FilterTile.Pair] = []
        tile.forEachPassed(stretch, of: index) { passed += $0 }
        return passed
    }

    private struct Place: Hashable {
        var left: UInt32
        var right: UInt32

        init(_ pair: FilterTile.Pair) {
            (left, right) = (min(pair.left, pair.right), max(pair.left, pair.right))
        }
    }

    /// People of whose fields some are those of another of them.
    private static func mixture(_ seed: UInt64) throws -> SyntheticPopulation {
        let people = try SyntheticPopulation(persons: 130, seed: seed)
        var state = seed
        func next(_ bound: Int) -> Int {
            state = TextHash.mix(state &+ 0x9E37_79B9)
            return Int(state % UInt64(bound))
        }
        return people.changed { place, record in
            for field in DemographicField.allCases where next(3) == 0 {
                record[field] = people.records[max(0, place - next(5))][field]
            }
            if next(4) == 0 {
                (record[.given], record[.family]) = (record[.family], record[.given])
            }
            if next(3) == 0 { record.identifiers = people.records[max(0, place - 1)].identifiers }
        }
    }

    @Test(arguments: PropertySeeds.many)
    func whatReachesAWeightPasses(seed: UInt64) throws {
        let population = try Self.mixture(seed).population()
        var options = LinkageOptions()
        options.threads = 1
        let model = LinkageRun.run(population, options: options).model
        let weights = PairWeights(model, tokens: population.tokens)
        var scorer = PairScorer(tokens: population.tokens, weights: weights)
        for minimumWeight in [Float(-30), -6, 0, 12] {
            let passed = Set(
                Self.passed(
                    population, weights, sizes: [population.count], limit: population.count,
                    minimumWeight: minimumWeight
                ).map { Place($0) })
            var (reaching, dropped) = (0, 0)
            population.persons.withUnsafeBufferPointer { persons in
                guard let base = persons.baseAddress else { return }
                for left in 0..<population.count {
                    for right in left + 1..<population.count {
                        let weight = scorer.score(base + left, base + right).weight
                        let place = Place((UInt32(left), UInt32(right)))
                        if weight >= minimumWeight { reaching += 1 }
                        guard !passed.contains(place) else { continue }
                        dropped += 1
                        #expect(
                            weight < minimumWeight, "pair \(left), \(right), seed \(seed)")
                    }
                }
            }
            #expect(reaching > 0)
            if minimumWeight >= -6 { #expect(dropped > passed.count, "a filter that filters") }
        }
    }

    @Test(arguments: PropertySeeds.many)
    func relatedWordsPass(seed: UInt64) throws {
        let tokens = try SyntheticPopulation(persons: 150, seed: seed).population().tokens
        let filters = WordFilter.all(of: tokens, threads: 1)
        var comparator = WordComparator(tokens: tokens)
        var related = 0
        for left in 1..<tokens.count {
            for right in left + 1..<tokens.count {
                let relation = comparator.relation(UInt32(left), UInt32(right))
                guard relation != .different else { continue }
                related += 1
                #expect(
                    mayRelate(filters[left], filters[right]),
                    "\(tokens.text(UInt32(left))), \(tokens.text(UInt32(right)))")
            }
        }
        #expect(related > 50)
    }

    @Test(arguments: PropertySeeds.many)
    func unlikeWordsAreNotSimilar(seed: UInt64) throws {
        let tokens = try SyntheticPopulation(persons: 150, seed: seed).population().tokens
        let column = tokens.column
        var unlike = 0
        for left in 1..<UInt32(tokens.count) {
            for right in left + 1..<UInt32(tokens.count) {
                let (one, other) = (tokens.entries[Int(left)], tokens.entries[Int(right)])
                guard min(one.characters, other.characters) > 1,
                    LetterSet.areUnlike(one, other)
                else { continue }
                unlike += 1
                let similarity = JaroWinkler.similarity(left, in: column, right, in: column)
                #expect(similarity < WordComparator.similarSimilarity)
                let isOneEdit =
                    min(one.characters, other.characters) >= 4
                    && OptimalStringAlignment.distance(
                        left, in: column, right, in: column, bound: 1) <= 1
                #expect(!isOneEdit, "\(tokens.text(left)), \(tokens.text(right))")
            }
        }
        #expect(unlike > tokens.count * tokens.count / 4, "most words are unlike")
    }

    /// The proof of ``WordFilter`` in plain arithmetic.
    private func mayRelate(_ left: WordFilter, _ right: WordFilter) -> Bool {
        func only(_ one: WordFilter, _ other: WordFilter) -> Int {
            (one.signature.0 & ~other.signature.0).nonzeroBitCount
                + (one.signature.1 & ~other.signature.1).nonzeroBitCount
        }
        let sameInitial = (left.form ^ right.form) & FilterHash.upper == 0
        let quotients = (Int(left.form & 255), Int(right.form & 255))
        let difference =
            only(left, right) * quotients.0 + only(right, left) * quotients.1
        let limit = sameInitial ? WordFilter.sameInitialMax : WordFilter.differentInitialMax
        let sounds = left.sound ^ right.sound
        return difference <= Int(limit) || sounds & FilterHash.upper == 0
            || (sounds & 255 == 0 && left.sound & 255 != 0)
            || (sameInitial && max(quotients.0, quotients.1) == WordFilter.unit)
    }

    @Test(arguments: [[2, 2, 2], [2, 3, 70, 5], [1_500], [7, 900, 2, 40], [300, 300]])
    func everyPairIsMetOnce(sizes: [Int]) {
        let limit = 64
        let count = sizes.reduce(0, +)
        let records = (0..<count).map {
            PersonRecord([.given: "Ana", .phone: "9123\(10_000 + $0)"])
        }
        var builder = PopulationBuilder()
        for record in records { builder.append(record, source: "") }
        let population = builder.finish()
        let weights = PairWeights(LinkageModel(records: count), tokens: population.tokens)
        let passed = Self.passed(
            population, weights, sizes: sizes, limit: limit, minimumWeight: -400)
        var expected: Set<Place> = []
        var start = 0
        for size in sizes {
            let reach = size <= limit * 4 ? size : BlockIndex.neighboursMax
            for left in start..<start + size {
                for right in left + 1..<max(left + 1, min(start + size, left + 1 + reach)) {
                    expected.insert(Place((UInt32(left), UInt32(right))))
                }
            }
            start += size
        }
        #expect(Set(passed.map { Place($0) }) == expected)
        #expect(passed.count == expected.count)
    }

    @Test(arguments: PropertySeeds.many)
    func pairsOfEarlierRulesAreLeftOut(seed: UInt64) throws {
        let population = try SyntheticPopulation(persons: 400, seed: seed).population()
        let members = DistinctRecords(population).members
        let index = BlockIndex(population, members: members, threads: 1)
        for stretch in index.stretches() {
            var expected: Set<Place> = []
            index.forEachPair(stretch) { expected.insert(Place(($0, $1))) }
            let blocks = BlocksBySize(index, stretch)
            let mask = BlockIndex.mask(before: stretch.rule)
            var found: Set<Place> = []
            var start = 0
            for size in blocks.sizes {
                let block = blocks.slots[start..<start + size]
                for (offset, left) in block.enumerated() {
                    for right in block.dropFirst(offset + 1)
                    where !BlockIndex.isHeldEarlier(
                        index.keys[Int(left)], index.keys[Int(right)], before: mask)
                    {
                        found.insert(Place((left, right)))
                    }
                }
                start += size
            }
            #expect(found == expected)
        }
    }

    @Test func endsOfCloseValuesAgree() {
        var state: UInt64 = 11
        func next(_ bound: Int) -> Int {
            state = TextHash.mix(state &+ 0x9E37_79B9)
            return Int(state % UInt64(bound))
        }
        var close = 0
        for _ in 0..<20_000 {
            let alphabet = Array((next(2) == 0 ? "0123456789" : "0123456789ABCXYZ").utf8)
            var symbols = (0..<6 + next(5)).map { _ in alphabet[next(alphabet.count)] }
            let value = IdentifierValue.of(symbols.span)
            let place = next(symbols.count - 1)
            switch next(4) {
            case 0: symbols[place] = alphabet[next(alphabet.count)]
            case 1: symbols.remove(at: place)
            case 2: symbols.insert(alphabet[next(alphabet.count)], at: place)
            default: symbols.swapAt(place, place + 1)
            }
            let other = IdentifierValue.of(symbols.span)
            guard IdentifierValue.isClose(value, other) else { continue }
            close += 1
            guard let ends = IdentifierValue.ends(value), let others = IdentifierValue.ends(other)
            else { continue }
            #expect(ends.first == others.first || ends.last == others.last)
        }
        #expect(close > 10_000)
    }
}
