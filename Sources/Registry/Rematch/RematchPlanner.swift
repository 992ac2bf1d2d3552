internal import Identity
internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// Links a snapshot of the registry anew, and tells what would have to change.
///
/// A run of the engine over all records that count, as `padron link` makes it, decides who is one person: with
/// the automatic threshold in the place of the link threshold, and with what keeps records apart or together
/// in the registry. So the outcome is that of a fresh load at best, whatever the order of arrival was.
///
/// Persons whose records come to lie in the same clusters form one change. Within a change each cluster has
/// the person most of whose records it has; of equal ones the one with the oldest record. A cluster
/// left over gets a new identifier. Records that do not count follow their person.
struct RematchPlanner {
    let snapshot: RematchSnapshot
    let outcome: LinkageOutcome
    let model: LinkageModel
    let holds: ConstraintTable
    var plan: RematchPlan
    /// The persons of the snapshot, new ones behind them.
    var persons: [EnterpriseIdentifier]
    /// The person of each record as planned, by the place in `persons`.
    var final: [UInt32]
    /// The change of each record that is part of one, from 1; 0 for the others.
    var changeOfRecord: [UInt32]

    /// Links the snapshot's records by a model.
    init(
        _ snapshot: RematchSnapshot, model: LinkageModel, modelInForce: LinkageModel?,
        threads: Int, progress: @Sendable (LinkageProgress) -> Void
    ) {
        self.snapshot = snapshot
        self.model = model
        holds = ConstraintTable(snapshot.constraints)
        var options = LinkageOptions()
        options.threads = threads
        options.model = model
        options.model?.linkThreshold = model.automaticThreshold
        options.labels = Self.labels(snapshot)
        let rules = snapshot.rules
        options.keepsApart = { rules.keepApart($0, $1) }
        outcome = LinkageRun.run(snapshot.population, options: options, progress: progress)
        plan = RematchPlan(model: model, modelInForce: modelInForce)
        persons = snapshot.persons
        final = snapshot.rows.map(\.person)
        changeOfRecord = Array(repeating: 0, count: snapshot.rows.count)
    }

    /// The decisions between records that count, as the engine obeys them.
    ///
    /// What holds two records together by way of one that does not count, holds them together.
    private static func labels(_ snapshot: RematchSnapshot) -> [PairLabel] {
        var labels: [PairLabel] = []
        var groups = RecordGroups()
        for standing in snapshot.constraints {
            let (left, right) = (standing.constraint.left, standing.constraint.right)
            if standing.constraint.isMustLink {
                groups.join(left, right)
            } else if snapshot.takesPart(left), snapshot.takesPart(right) {
                labels.append(
                    PairLabel(
                        left: snapshot[left].slot, right: snapshot[right].slot,
                        isSamePerson: false))
            }
        }
        for group in groups.all {
            let slots = group.filter { snapshot.takesPart($0) }.map { snapshot[$0].slot }
            for slot in slots.dropFirst() {
                labels.append(PairLabel(left: slots[0], right: slot, isSamePerson: true))
            }
        }
        return labels
    }

    /// Plans all of it; `weigh` gives the weights of pairs of records under the model, nil where they
    /// contradict each other.
    mutating func makePlan(
        weigh: ([(left: Int64, right: Int64)]) throws -> [Double?]
    ) rethrows -> RematchPlan {
        makeChanges()
        gatherEvidence()
        try makeTasks(weigh)
        countHeldTogether(try heldPairsNotSeen(weigh))
        plan.forecast.waiting = snapshot.waitingPersons.count
        return plan
    }
}

// MARK: - Changes

extension RematchPlanner {
    /// The cluster of a record that takes part.
    private func cluster(of record: Int64) -> UInt32? {
        snapshot.takesPart(record) ? outcome.clusters[Int(snapshot[record].slot)] : nil
    }

    private mutating func makeChanges() {
        let groups = recordsOfChanges()
        var change: UInt32 = 0
        for records in groups {
            guard let placed = place(records) else {
                plan.forecast.leftOut += 1
                continue
            }
            change += 1
            for (record, person) in zip(records, placed) {
                final[Int(record) - 1] = person
                changeOfRecord[Int(record) - 1] = change
            }
            plan.changes.append(
                RematchChange(
                    members: zip(records, placed).map { record, person in
                        RematchMember(
                            record: record, sequence: snapshot[record].sequence,
                            from: persons[Int(snapshot[record].person)],
                            to: persons[Int(person)])
                    }))
        }
        countPersons()
    }

    /// The records of the persons that cannot stay as they are, each set with all records of all its
    /// persons, in the order of their first records.
    private func recordsOfChanges() -> [[Int64]] {
        let count = snapshot.persons.count
        var sizes = [UInt32](repeating: 0, count: snapshot.population.count)
        var firstCluster = [UInt32](repeating: RematchSnapshot.noSlot, count: count)
        var taking = [UInt32](repeating: 0, count: count)
        var isChanged = [Bool](repeating: false, count: count)
        for record in snapshot.records {
            guard let cluster = cluster(of: record) else { continue }
            let person = Int(snapshot[record].person)
            sizes[Int(cluster)] += 1
            taking[person] += 1
            if firstCluster[person] == RematchSnapshot.noSlot { firstCluster[person] = cluster }
            if firstCluster[person] != cluster { isChanged[person] = true }
        }
        for person in 0..<count where taking[person] > 0 {
            if sizes[Int(firstCluster[person])] != taking[person] { isChanged[person] = true }
        }
        var groups = RecordGroups()
        var personOfCluster: [UInt32: Int64] = [:]
        for record in snapshot.records {
            let person = snapshot[record].person
            guard isChanged[Int(person)], let cluster = cluster(of: record) else { continue }
            groups.join(personOfCluster[cluster] ?? Int64(person), Int64(person))
            personOfCluster[cluster] = Int64(person)
        }
        var placeOfRoot: [Int64: Int] = [:]
        var found: [[Int64]] = []
        for record in stride(from: 1, through: Int64(snapshot.rows.count), by: 1) {
            let person = snapshot[record].person
            guard isChanged[Int(person)] else { continue }
            let root = groups.find(Int64(person))
            let place = placeOfRoot[root] ?? found.count
            if place == found.count {
                placeOfRoot[root] = place
                found.append([])
            }
            found[place].append(record)
        }
        return found
    }

    /// The person of each record of a change; nil where it cannot be, by a decision or by its size.
    private mutating func place(_ records: [Int64]) -> [UInt32]? {
        guard records.count <= RegistryLimits.rematchChangeMax else { return nil }
        let personOfCluster = choosePersons(records)
        var placed: [Int64: UInt32] = [:]
        for record in records {
            if let cluster = cluster(of: record) { placed[record] = personOfCluster[cluster] }
        }
        placeFollowers(records, &placed)
        let isBroken = records.contains { record in
            holds.holds(of: record).contains { other, hold in
                let person = placed[other] ?? snapshot[other].person
                return (placed[record] == person) != hold.isMustLink
            }
        }
        return isBroken ? nil : records.compactMap { placed[$0] }
    }

    /// Who each cluster is: the person whom it shares most records with, each person once.
    private mutating func choosePersons(_ records: [Int64]) -> [UInt32: UInt32] {
        struct Share: Hashable {
            var cluster: UInt32
            var person: UInt32
        }
        var counts: [Share: Int] = [:]
        var order: [Share] = []
        var oldest: [UInt32: Int64] = [:]
        for record in records {
            let person = snapshot[record].person
            oldest[person] = min(oldest[person] ?? record, record)
            guard let cluster = cluster(of: record) else { continue }
            let share = Share(cluster: cluster, person: person)
            if counts.updateValue((counts[share] ?? 0) + 1, forKey: share) == nil {
                order.append(share)
            }
        }
        let ranked = order.enumerated().sorted { left, right in
            let (mine, its) = (counts[left.element] ?? 0, counts[right.element] ?? 0)
            if mine != its { return mine > its }
            let (one, other) = (oldest[left.element.person], oldest[right.element.person])
            return (one ?? 0, left.offset) < (other ?? 0, right.offset)
        }.map(\.element)
        var personOfCluster: [UInt32: UInt32] = [:]
        var taken: Set<UInt32> = []
        for share in ranked where personOfCluster[share.cluster] == nil {
            if taken.insert(share.person).inserted {
                personOfCluster[share.cluster] = share.person
            }
        }
        for share in order where personOfCluster[share.cluster] == nil {
            personOfCluster[share.cluster] = newPerson()
        }
        return personOfCluster
    }

    /// Places records that do not count: beside one that a decision holds them to, else with their
    /// person, else where most of its records are.
    private func placeFollowers(_ records: [Int64], _ placed: inout [Int64: UInt32]) {
        let followers = records.filter { placed[$0] == nil }
        guard !followers.isEmpty else { return }
        let used = Set(placed.values)
        var destinations: [UInt32: [UInt32: Int]] = [:]
        for record in records {
            guard let person = placed[record] else { continue }
            destinations[snapshot[record].person, default: [:]][person, default: 0] += 1
        }
        for record in followers {
            let companions = holds.holds(of: record).filter(\.value.isMustLink).keys.sorted()
            let companion = companions.first { placed[$0] != nil }.flatMap { placed[$0] }
            let person = snapshot[record].person
            let majority = destinations[person]?.max { left, right in
                (left.value, right.key) < (right.value, left.key)
            }?.key
            placed[record] = companion ?? (used.contains(person) ? person : majority ?? person)
        }
    }

    private mutating func newPerson() -> UInt32 {
        var person = EnterpriseIdentifier.random()
        while snapshot.retired.contains(person) { person = .random() }
        persons.append(person)
        return UInt32(persons.count - 1)
    }

    private mutating func countPersons() {
        var forecast = plan.forecast
        let before = Set(snapshot.records.map { snapshot[$0].person })
        let after = Set(snapshot.records.map { final[Int($0) - 1] })
        forecast.records = snapshot.records.count
        let waiting = snapshot.waitingPersons.count
        forecast.personsBefore = before.count + waiting
        forecast.personsAfter = after.count + waiting
        for change in plan.changes {
            var sources: [EnterpriseIdentifier: Set<EnterpriseIdentifier>] = [:]
            var targets: [EnterpriseIdentifier: Set<EnterpriseIdentifier>] = [:]
            for member in change.members {
                sources[member.to, default: []].insert(member.from)
                targets[member.from, default: []].insert(member.to)
                if member.isMoving { forecast.moved += 1 }
            }
            let joined = sources.values.filter { $0.count > 1 }
            forecast.joined += joined.count
            forecast.joining += joined.reduce(Set()) { $0.union($1) }.count
            let parting = targets.values.filter { $0.count > 1 }
            forecast.parting += parting.count
            forecast.parts += parting.reduce(Set()) { $0.union($1) }.count
            forecast.retired += targets.keys.count { sources[$0] == nil }
            forecast.created += sources.keys.count { targets[$0] == nil }
        }
        plan.forecast = forecast
    }
}

/// Numbers joined into groups, for those that are in any.
struct RecordGroups {
    private var parents: [Int64: Int64] = [:]

    /// The number that stands for a number's group.
    func find(_ number: Int64) -> Int64 {
        var number = number
        while let parent = parents[number], parent != number { number = parent }
        return number
    }

    /// Makes one group of two.
    mutating func join(_ left: Int64, _ right: Int64) {
        let (one, other) = (find(left), find(right))
        parents[max(one, other)] = min(one, other)
        // The way up stays short for both.
        for number in [left, right] { parents[number] = min(one, other) }
    }

    /// The groups in the order of their first numbers.
    var all: [[Int64]] {
        Dictionary(grouping: parents.keys, by: find).values.map { $0.sorted() }
            .sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    }
}
