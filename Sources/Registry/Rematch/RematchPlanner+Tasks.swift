internal import Linkage
internal import RegistryModel
internal import RegistryStore

// What stewards are asked after a rematch, and why each change is made.
extension RematchPlanner {
    /// Two persons as planned, in either order.
    private struct PersonPair: Hashable {
        var one: UInt32
        var other: UInt32

        init(_ one: UInt32, _ other: UInt32) {
            self.one = min(one, other)
            self.other = max(one, other)
        }
    }

    private func record(_ slot: UInt32) -> Int64 { snapshot.records[Int(slot)] }

    private func person(_ record: Int64) -> UInt32 { final[Int(record) - 1] }

    private func pair(_ record: Int64, _ other: Int64) -> PersonPair {
        PersonPair(person(record), person(other))
    }

    /// Finds the heaviest pair that speaks for each change, and the weight of each record's new link.
    mutating func gatherEvidence() {
        plan.evidence = Array(repeating: nil, count: plan.changes.count)
        guard !plan.changes.isEmpty else { return }
        var weights: [Int64: Double] = [:]
        for found in outcome.pairs {
            let (left, right) = (record(found.left), record(found.right))
            let change = Int(changeOfRecord[Int(left) - 1])
            guard change > 0, changeOfRecord[Int(right) - 1] == change else { continue }
            let areOne = person(left) == person(right)
            let wereOne = snapshot[left].person == snapshot[right].person
            if areOne {
                for number in [left, right] where weights[number] == nil {
                    weights[number] = Double(found.weight)
                }
            }
            guard areOne != wereOne, plan.evidence[change - 1]?.isJoining != true else { continue }
            if areOne || plan.evidence[change - 1] == nil {
                plan.evidence[change - 1] = RematchEvidence(
                    left: left, right: right, isJoining: areOne)
            }
        }
        for change in plan.changes.indices {
            if plan.evidence[change] == nil {
                plan.evidence[change] = partingPair(plan.changes[change])
            }
            for member in plan.changes[change].members.indices {
                let number = plan.changes[change].members[member].record
                plan.changes[change].members[member].weight = weights[number]
            }
        }
    }

    /// Two records of one person who part and were found too unlike to be compared.
    private func partingPair(_ change: RematchChange) -> RematchEvidence? {
        for member in change.members where snapshot[member.record].slot != RematchSnapshot.noSlot {
            let other = change.members.first { other in
                other.record > member.record && other.from == member.from && other.to != member.to
                    && snapshot[other.record].slot != RematchSnapshot.noSlot
            }
            if let other {
                return RematchEvidence(
                    left: member.record, right: other.record, isJoining: false)
            }
        }
        return nil
    }

    /// Asks once about each pair of persons that may be one, and closes what is no doubt any more.
    mutating func makeTasks(
        _ weigh: ([(left: Int64, right: Int64)]) throws -> [Double?]
    ) rethrows {
        var apart: Set<PersonPair> = []
        for standing in snapshot.constraints where !standing.constraint.isMustLink {
            apart.insert(pair(standing.constraint.left, standing.constraint.right))
        }
        let open = snapshot.openTasks.filter { $0.kind == .duplicate }
        plan.forecast.tasksOpen = snapshot.openTasks.count
        var asked = Set(open.map { pair($0.record, $0.otherRecord) })
        var doubts: Set<PersonPair> = []
        var held: Set<PersonPair> = []
        for found in outcome.pairs where Double(found.weight) >= model.reviewThreshold {
            let (left, right) = (record(found.left), record(found.right))
            let persons = pair(left, right)
            guard persons.one != persons.other, snapshot.takesPart(left),
                snapshot.takesPart(right)
            else { continue }
            if apart.contains(persons) {
                if Double(found.weight) >= model.automaticThreshold { held.insert(persons) }
                continue
            }
            doubts.insert(persons)
            guard asked.insert(persons).inserted, areAskable(found.left, found.right) else {
                continue
            }
            plan.tasks.append(
                RematchTask(
                    record: max(left, right), otherRecord: min(left, right),
                    weight: Double(found.weight)))
        }
        plan.forecast.heldApart = held.count
        plan.forecast.tasksOpened = plan.tasks.count
        try closeTasks(open, doubts, apart, weigh)
    }

    /// Whether a steward is worth asking of two records: not of an invented patient beside a person.
    private func areAskable(_ left: UInt32, _ right: UInt32) -> Bool {
        !snapshot.rules.areStrangers(left, right)
    }

    private mutating func closeTasks(
        _ open: [ReviewTask], _ doubts: Set<PersonPair>, _ apart: Set<PersonPair>,
        _ weigh: ([(left: Int64, right: Int64)]) throws -> [Double?]
    ) rethrows {
        for task in snapshot.openTasks
        where task.kind == .identifierConflict && person(task.record) == person(task.otherRecord)
            && snapshot[task.record].person != snapshot[task.otherRecord].person
        {
            close(task)
        }
        var unseen: [ReviewTask] = []
        for task in open
        where snapshot.takesPart(task.record) && snapshot.takesPart(task.otherRecord) {
            let persons = pair(task.record, task.otherRecord)
            // What was settled before is not the rematch's to close.
            let (one, other) = (snapshot[task.record].person, snapshot[task.otherRecord].person)
            guard one != other else { continue }
            if persons.one == persons.other || apart.contains(persons) {
                close(task)
            } else if !doubts.contains(persons) {
                unseen.append(task)
            }
        }
        // No rule may have brought them together; the weight tells whether they are still a doubt.
        let weights = try weigh(unseen.map { ($0.record, $0.otherRecord) })
        for (task, weight) in zip(unseen, weights) {
            if let weight, weight < model.reviewThreshold { close(task) }
        }
    }

    private mutating func close(_ task: ReviewTask) {
        plan.tasks.append(
            RematchTask(
                task: task.task, record: task.record, otherRecord: task.otherRecord,
                weight: task.weight))
        plan.forecast.tasksClosed += 1
    }

    /// How many of the pairs that decisions hold together would not be linked by their weight.
    func heldPairsNotSeen(
        _ weigh: ([(left: Int64, right: Int64)]) throws -> [Double?]
    ) rethrows -> Int {
        var held: Set<RecordConstraint> = []
        for standing in snapshot.constraints where standing.constraint.isMustLink {
            let constraint = standing.constraint
            if snapshot.takesPart(constraint.left), snapshot.takesPart(constraint.right) {
                held.insert(constraint)
            }
        }
        guard !held.isEmpty else { return 0 }
        for found in outcome.pairs where Double(found.weight) >= model.automaticThreshold {
            guard !found.isVetoed else { continue }
            held.remove(
                RecordConstraint(record(found.left), record(found.right), isMustLink: true))
        }
        let weights = try weigh(
            held.map { (left: $0.left, right: $0.right) }.sorted { $0 < $1 })
        return weights.count { weight in (weight ?? -.infinity) < model.automaticThreshold }
    }

    mutating func countHeldTogether(_ count: Int) { plan.forecast.heldTogether = count }
}
