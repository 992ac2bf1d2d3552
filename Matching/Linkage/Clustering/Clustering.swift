/// Joins records to persons, pair by pair from the heaviest on.
///
/// Two clusters are joined by a pair only where no two of their records contradict each other and
/// where the pairs between them support it on average: what was never compared because no rule
/// brought it together is compared now. So no chain of half-alike records joins strangers.
struct Clustering {
    /// Pairs between two clusters that are looked at; of larger clusters the first members count.
    static let supportMembersMax = 12
    /// Members of one cluster that are walked at all, so that a huge cluster costs no more than a
    /// large one.
    static let walkedMembersMax = 1_024
    /// No single pair counts for or against by more than this, in bits.
    static let supportWeightMax: Float = 12
    /// The mean support, in bits, that joins a record to a cluster of few, to one of many, and two
    /// clusters of several records.
    ///
    /// A single record that fits one of a cluster well is likelier badly compared with the others
    /// than a stranger, the more others there are. Where each side has several records that agree
    /// with each other, as those of twins do, a bridge between them has to be better than that.
    static let recordSupportMin: Float = -1
    static let manyRecordsSupportMin: Float = -2
    static let clusterSupportMin: Float = 1
    /// Records from which a cluster is one of many.
    static let manyRecords = 4
    /// How many pairs ahead the sets of their records are fetched from memory.
    private static let lookAhead = 32

    private let population: Population
    private let onePerSource: Bool
    private let keepsApart: (@Sendable (UInt32, UInt32) -> Bool)?
    private let checksVetoes: Bool
    private let needsSupport: Bool
    private var scorer: PairScorer
    private var sets: UnionFind
    private var constraints = LinkConstraints()
    /// Members of two clusters that a pair may join, kept for their memory.
    private var leftMembers: [Member] = []
    private var rightMembers: [Member] = []

    /// Prepares to cluster a population.
    init(
        _ population: Population, weights: PairWeights, onePerSource: Bool,
        keepsApart: (@Sendable (UInt32, UInt32) -> Bool)? = nil, without ideas: Set<EngineIdea> = []
    ) {
        self.population = population
        self.onePerSource = onePerSource
        self.keepsApart = keepsApart
        checksVetoes = !ideas.contains(.vetoes)
        needsSupport = !ideas.contains(.clusterSupport)
        scorer = PairScorer(tokens: population.tokens, weights: weights)
        sets = UnionFind(count: population.count)
    }

    /// Obeys decisions: what must stay apart first, then what must be together.
    ///
    /// Decisions that contradict each other are taken in the order of content, and those that keep
    /// apart prevail.
    mutating func apply(_ labels: [PairLabel]) {
        let persons = population.persons
        let ordered = labels.map { label in
            let hashes = [label.left, label.right].map { persons[Int($0)].contentHash }
            return (key: (hashes.min() ?? 0, hashes.max() ?? 0), label: label)
        }.sorted {
            ($0.key.0, $0.key.1, $0.label.left, $0.label.right)
                < ($1.key.0, $1.key.1, $1.label.left, $1.label.right)
        }.map(\.label)
        for label in ordered where !label.isSamePerson {
            constraints.forbid(sets.find(label.left), sets.find(label.right))
        }
        for label in ordered where label.isSamePerson {
            let (left, right) = (sets.find(label.left), sets.find(label.right))
            if !constraints.isForbidden(left, right) { join(left, right) }
        }
    }

    /// Joins two sets by their representatives.
    private mutating func join(_ left: UInt32, _ right: UInt32) {
        sets.join(left, right)
        let root = sets.find(left)
        constraints.merge(left, into: root)
        constraints.merge(right, into: root)
    }

    /// Joins the copies of records to the first of them, where their own agreement suffices.
    mutating func joinCopies(_ copies: [(first: UInt32, copies: [UInt32])], threshold: Float) {
        population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return }
            for group in copies {
                let person = base + Int(group.first)
                let (vector, weight) = scorer.score(person, person)
                let isVetoed = checksVetoes && MergeVeto.holds(vector, person, person)
                guard weight >= threshold, !isVetoed else { continue }
                for copy in group.copies {
                    let (root, other) = (sets.find(group.first), sets.find(copy))
                    if onePerSource, sharesSource(root, other) { continue }
                    if areKeptApart(root, other) { continue }
                    if constraints.isForbidden(root, other) { continue }
                    join(root, other)
                }
            }
        }
    }

    /// Joins by pairs, of which the heaviest comes first, and returns the decisions on those that reach
    /// the threshold; what did not join is for review.
    mutating func join(_ pairs: [ScoredPair], threshold: Float) -> [LinkageDecision] {
        var decisions: [LinkageDecision] = []
        for (index, pair) in pairs.enumerated() {
            if pair.weight < threshold { break }
            if index + Self.lookAhead < pairs.count {
                sets.prefetch(pairs[index + Self.lookAhead].left)
                sets.prefetch(pairs[index + Self.lookAhead].right)
            }
            decisions.append(decide(pair))
        }
        return decisions
    }

    private mutating func decide(_ pair: ScoredPair) -> LinkageDecision {
        let (left, right) = (sets.find(pair.left), sets.find(pair.right))
        if left == right { return .link }
        if constraints.isForbidden(left, right) { return .separate }
        guard isSupported(left, right, pair) else { return .review }
        join(left, right)
        return .link
    }

    private mutating func isSupported(
        _ left: UInt32, _ right: UInt32, _ pair: ScoredPair
    ) -> Bool {
        if onePerSource, sharesSource(left, right) { return false }
        if areKeptApart(left, right) { return false }
        if checksVetoes, pair.isVetoed { return false }
        // Two records have but the pair itself.
        if sets.size(left) == 1, sets.size(right) == 1 { return true }
        Self.list(sets, left, population, into: &leftMembers)
        Self.list(sets, right, population, into: &rightMembers)
        var sum: Float = 0
        var count: Float = 0
        return population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return false }
            for one in leftMembers.lazy.map(\.slot) {
                for other in rightMembers.lazy.map(\.slot) {
                    count += 1
                    if min(one, other) == pair.left, max(one, other) == pair.right {
                        sum += min(pair.weight, Self.supportWeightMax)
                        continue
                    }
                    let (first, second) = (base + Int(one), base + Int(other))
                    let (vector, weight) = scorer.score(first, second)
                    if checksVetoes, MergeVeto.holds(vector, first, second) { return false }
                    sum += min(max(weight, -Self.supportWeightMax), Self.supportWeightMax)
                }
            }
            let supportMin = Self.supportMin(leftMembers.count, rightMembers.count)
            return !needsSupport || sum >= supportMin * count
        }
    }

    /// The mean support needed between two clusters of these sizes.
    private static func supportMin(_ left: Int, _ right: Int) -> Float {
        let (small, large) = (min(left, right), max(left, right))
        guard small == 1 else { return clusterSupportMin }
        return large < manyRecords ? recordSupportMin : manyRecordsSupportMin
    }

    /// A member of a cluster beside the hash of its content.
    private struct Member {
        var content: UInt64
        var slot: UInt32
    }

    /// Lists the members of a cluster that are looked at, in the order of content.
    private static func list(
        _ sets: UnionFind, _ root: UInt32, _ population: Population, into members: inout [Member]
    ) {
        members.removeAll(keepingCapacity: true)
        sets.forEachMember(root, atMost: walkedMembersMax) { slot in
            population.prefetch(slot)
            members.append(Member(content: 0, slot: slot))
        }
        for index in members.indices {
            members[index].content = population.persons[Int(members[index].slot)].contentHash
        }
        members.sort { ($0.content, $0.slot) < ($1.content, $1.slot) }
        if members.count > supportMembersMax {
            members.removeLast(members.count - supportMembersMax)
        }
    }

    /// Whether the caller keeps a record of one set apart from one of the other.
    private func areKeptApart(_ left: UInt32, _ right: UInt32) -> Bool {
        guard let keepsApart else { return false }
        var found = false
        sets.forEachMember(left, atMost: Self.walkedMembersMax) { one in
            guard !found else { return }
            sets.forEachMember(right, atMost: Self.walkedMembersMax) { other in
                found = found || keepsApart(one, other)
            }
        }
        return found
    }

    private mutating func sharesSource(_ left: UInt32, _ right: UInt32) -> Bool {
        let sources = Set(sets.members(left).map { population.sources[Int($0)] })
        return sets.members(right).contains { sources.contains(population.sources[Int($0)]) }
    }

    /// The smallest slot of each record's cluster.
    mutating func clusters() -> [UInt32] {
        var smallest = [UInt32](repeating: .max, count: population.count)
        var clusters = [UInt32](repeating: 0, count: population.count)
        for slot in 0..<UInt32(population.count) {
            let root = Int(sets.find(slot))
            smallest[root] = min(smallest[root], slot)
            clusters[Int(slot)] = smallest[root]
        }
        return clusters
    }
}
