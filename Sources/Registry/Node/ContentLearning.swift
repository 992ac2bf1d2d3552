internal import RegistryModel
internal import RegistryStore
internal import Synchronization

/// When a node learns how its records are written in few bytes: once there are enough of them, and again
/// when they have become many times as many, or the last ones are unlike those that it learned from.
final class ContentLearning: Sendable {
    private let isLearning = Atomic(false)

    /// Records whose bytes are copied in one turn under the index's lock.
    private static let turnRecords = 128
    /// Ranges of records that are read from a database to learn from.
    private static let ranges = 64
    /// The last records, by which it is seen whether the book still fits.
    private static let lastRecords: UInt32 = 64

    /// Whether a book is to be learned now, on a thread that calls `learn` then; asked once a second.
    func begin(_ state: NodeState) -> Bool {
        let isDue = state.index.read { index in
            let (records, lesson) = (index.records.count, index.lesson)
            guard records >= lesson.records + RegistryLimits.codebookRecordsMin else {
                return false
            }
            if records >= lesson.records * RegistryLimits.codebookGrowth { return true }
            guard records >= lesson.records * RegistryLimits.codebookMisfitGrowth else {
                return false
            }
            let last = UInt32(records) - Self.lastRecords..<UInt32(records)
            return Double(index.writtenPerMille(of: last))
                > Double(lesson.writtenPerMille) * RegistryLimits.codebookMisfit
        }
        return isDue && !isLearning.exchange(true, ordering: .acquiring)
    }

    /// Learns from some of the records that the index holds, and writes by what it learned from then on.
    func learn(_ state: NodeState) {
        defer { isLearning.store(false, ordering: .releasing) }
        let records = state.index.read { $0.records.count }
        // The first book is soon followed by another, and learned while records are loaded.
        let step = max(4, records / RegistryLimits.codebookSample)
        var sample = ContentSample<UInt32>()
        for first in stride(from: 0, to: records, by: step * Self.turnRecords) {
            state.index.read { index in
                for slot in stride(
                    from: first, to: min(records, first + step * Self.turnRecords), by: step)
                where !index.records[slot].isWithdrawn {
                    sample.take(of: index.records[slot].person) { index.text(of: UInt32(slot)) }
                }
            }
        }
        guard let (book, lesson) = Self.book(of: sample.texts, records: records) else { return }
        state.index.write { $0.write(by: book, lesson) }
    }

    /// A book of records from all over a database; nil where there are few.
    static func book(
        _ session: inout RegistrySession, records: Int
    ) throws -> (Codebook, ContentLesson)? {
        guard records >= RegistryLimits.codebookRecordsMin else { return nil }
        var sample = ContentSample<EnterpriseIdentifier>()
        let length = RegistryLimits.codebookSample / ranges
        for range in 0..<ranges {
            let first = Int64(records / ranges * range + 1)
            try session.readRecords(in: first..<first + Int64(length)) { record in
                guard record.state == .active else { return }
                sample.take(of: record.person) { PatientIndex.text(of: record) }
            }
        }
        return book(of: sample.texts, records: records)
    }

    private static func book(
        of texts: [[UInt8]], records: Int
    ) -> (Codebook, ContentLesson)? {
        guard let book = Codebook.learned(from: texts) else { return nil }
        let packing = ContentPacking(number: 1, book: book)
        var written: [UInt8] = []
        for text in texts { packing.append(text.span, to: &written) }
        let said = texts.reduce(1) { $0 + $1.count }
        return (
            book,
            ContentLesson(records: records, writtenPerMille: written.count * 1_000 / said)
        )
    }
}

/// What a book is learned from: what records say, one of each person at most.
///
/// A piece that many of the texts have is then said of many persons, and stays when one of them is
/// erased.
package struct ContentSample<Person: Hashable> {
    /// What the records say.
    package private(set) var texts: [[UInt8]] = []
    private var persons: Set<Person> = []

    /// Creates a sample without records.
    package init() {}

    /// Takes what a record says, unless another one of its person was taken.
    package mutating func take(of person: Person, _ text: () -> [UInt8]) {
        if persons.insert(person).inserted { texts.append(text()) }
    }
}
