/// Joins records to persons, pair by pair from the heaviest on.
///
/// Two clusters are joined by a pair only where no two of their records contradict each other and
/// where all pairs between them say together that they are of one person, see ``ClusterEvidence``:
/// what was never compared because no rule brought it together is compared now. So no chain of
/// half-alike records joins strangers, and one odd record keeps nobody apart.
struct Clustering {
    /// Records of a cluster that are compared with those of another; of larger clusters the first count.
    static let comparedMembersMax = 12
    /// Members of one cluster that are walked at all, so that a huge cluster costs no more than a
    /// large one.
    static let walkedMembersMax = 1_024
    /// By how much, in bits, two clusters of several records must exceed the threshold of a pair.
    ///
    /// Where each side has several records that agree with each other, as those of twins do, the pair
    /// that asks is the best of many.
    static let bridgeMargin: Float = 3
    /// By how much a record and a cluster must exceed the threshold if the pair that asks does not
    /// reach it.
    static let lightPairMargin: Float = 2
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
    private var evidence: ClusterEvidence
    /// Pairs of clusters as they were when all their pairs together did not join them.
    private var refused: Set<UInt64> = []

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
        evidence = ClusterEvidence(weights)
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

    /// Joins by pairs, of which the heaviest comes first, and returns a decision on each; what did not
    /// join is for review.
    ///
    /// A pair below the threshold may still join a cluster that knows more than one of its records does.
    mutating func join(_ pairs: [ScoredPair], threshold: Float) -> [LinkageDecision] {
        var decisions: [LinkageDecision] = []
        decisions.reserveCapacity(pairs.count)
        for (index, pair) in pairs.enumerated() {
            if index + Self.lookAhead < pairs.count {
                sets.prefetch(pairs[index + Self.lookAhead].left)
                sets.prefetch(pairs[index + Self.lookAhead].right)
            }
            decisions.append(decide(pair, threshold))
        }
        return decisions
    }

    private mutating func decide(_ pair: ScoredPair, _ threshold: Float) -> LinkageDecision {
        let isLight = pair.weight < threshold
        let (left, right) = (sets.find(pair.left), sets.find(pair.right))
        if left == right { return isLight ? .review : .link }
        if constraints.isForbidden(left, right) { return .separate }
        guard isSupported(left, right, pair, threshold) else { return .review }
        join(left, right)
        return .link
    }

    private mutating func isSupported(
        _ left: UInt32, _ right: UInt32, _ pair: ScoredPair, _ threshold: Float
    ) -> Bool {
        let isLight = pair.weight < threshold
        if onePerSource, sharesSource(left, right) { return false }
        if areKeptApart(left, right) { return false }
        if checksVetoes, pair.isVetoed { return false }
        // Two records have but the pair itself.
        if sets.size(left) == 1, sets.size(right) == 1 { return !isLight }
        if !needsSupport, isLight { return false }
        let asked = Self.key(left, sets.size(left), right, sets.size(right))
        // Nothing new is known of clusters that did not grow, and lighter pairs have to meet more.
        if refused.contains(asked) { return false }
        Self.list(sets, left, population, into: &leftMembers)
        Self.list(sets, right, population, into: &rightMembers)
        let isBridge = leftMembers.count > 1 && rightMembers.count > 1
        let margin = isBridge ? Self.bridgeMargin : isLight ? Self.lightPairMargin : 0
        if let weight = weightOfMembers(), !needsSupport || weight >= threshold + margin {
            return true
        }
        refused.insert(asked)
        return false
    }

    /// What tells two clusters of these sizes from all others, by their representatives.
    private static func key(
        _ left: UInt32, _ leftSize: Int, _ right: UInt32, _ rightSize: Int
    ) -> UInt64 {
        let (one, other) = left < right ? (left, right) : (right, left)
        let (size, otherSize) = left < right ? (leftSize, rightSize) : (rightSize, leftSize)
        return TextHash.combine(
            UInt64(one) &<< 32 | UInt64(other), UInt64(size) &<< 32 | UInt64(otherSize))
    }

    /// What all pairs between the listed members say, nil where some contradict each other.
    private mutating func weightOfMembers() -> Float? {
        evidence.removeAll()
        return population.persons.withUnsafeBufferPointer { persons in
            guard let base = persons.baseAddress else { return nil }
            for one in leftMembers.lazy.map(\.slot) {
                for other in rightMembers.lazy.map(\.slot) {
                    let (first, second) = (base + Int(one), base + Int(other))
                    let vector = scorer.comparator.compare(first, second)
                    if checksVetoes, MergeVeto.holds(vector, first, second) { return nil }
                    evidence.add(vector, first, second)
                }
            }
            return evidence.weight(
                leftCount: leftMembers.count, rightCount: rightMembers.count)
        }
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
        if members.count > comparedMembersMax {
            members.removeLast(members.count - comparedMembersMax)
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
