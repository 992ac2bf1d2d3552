internal import Foundation
internal import Linkage
internal import RegistryModel
internal import RegistryStore

/// New records of a batch as the matcher has them before they are committed.
///
/// They lie above every committed slot, so that nobody but the batch sees them: look-ups stop at the
/// committed records, and a row looks only at slots below its own.
struct EnteredRecords: Sendable {
    /// The slot of the first; the others lie behind it.
    let firstSlot: Int
    /// The rows that the records come from, in the order of their slots.
    let rows: [Int]
    /// The first version of each as it is stored, where that was made beforehand; else empty.
    let versions: [VersionContent]
    /// For each the older records that it may be of one person with, once they are found.
    var candidates: [[MatcherCandidate]] = []
    /// The same, by row, of rows that bring a known record's next version, where it was looked for beforehand.
    var candidatesOfKnown: [Int: [MatcherCandidate]] = [:]

    /// Asked once: the answer is read from files of the kernel.
    private static let threads = ProcessInfo.processInfo.activeProcessorCount

    /// Encodes rows on all cores and has the matcher take them in short turns.
    init(
        _ wanted: [Int], of rows: [SubmittedRow], from slot: Int, in index: Guarded<PatientIndex>,
        writesVersions: Bool = false
    ) {
        let slices = concurrentSlices(
            count: wanted.count, sliceMin: RegistryLimits.encodeRowsMax
        ) { range in
            EncodedRecords(rows: range.lazy.map { rows[wanted[$0]] })
        }
        let versions = writesVersions ? wanted.map { VersionContent(of: rows[$0].person) } : []
        self.init(wanted, slices, versions, from: slot, in: index)
    }

    /// Has the matcher take rows that are encoded already, some of them to a slice.
    init(
        _ rows: [Int], _ slices: consuming [EncodedRecords], _ versions: [VersionContent],
        from firstSlot: Int, in index: Guarded<PatientIndex>
    ) {
        self.versions = versions
        self.firstSlot = firstSlot
        self.rows = rows
        let threads = Self.threads
        var slot = UInt32(firstSlot)
        for place in slices.indices {
            var next = 0
            while next < slices[place].count {
                let range = next..<min(next + RegistryLimits.enterRowsMax, slices[place].count)
                index.write {
                    $0.matcher.insert(&slices[place], range, slot: slot, threads: threads)
                }
                slot += UInt32(range.count)
                next = range.upperBound
            }
        }
    }

    /// Has the matcher take rows late whose candidates were found otherwise.
    init(
        _ rows: [Int], _ slices: consuming [EncodedRecords], _ versions: [VersionContent],
        candidates: [[MatcherCandidate]], from firstSlot: Int, in index: Guarded<PatientIndex>
    ) {
        precondition(candidates.count == rows.count, "each record has been looked at")
        self.init(firstSlot: firstSlot, rows: rows, versions: versions, candidates: candidates)
        let slices = consume slices
        // Those of the steps ahead, as one of those who ask: look-ups of persons go on.
        index.read { $0.matcher.enterManyLate() }
        index.write { index in
            var slot = UInt32(firstSlot)
            for slice in slices {
                index.matcher.insertLate(slice, slot: slot)
                slot += UInt32(slice.count)
            }
        }
    }

    /// Finds the candidates of each record, on all cores.
    mutating func match(in index: Guarded<PatientIndex>, weightMin: Double) {
        let firstSlot = firstSlot
        // What is found of words serves a slice: so there are few of them, and enough for all cores.
        let slice = max(RegistryLimits.matchRowsMin, rows.count / RegistryLimits.matchSlices)
        candidates = concurrentMap(count: rows.count, sliceMin: slice) { range in
            let slots =
                UInt32(firstSlot + range.lowerBound)..<UInt32(firstSlot + range.upperBound)
            return index.read { index in
                index.matcher.candidates(
                    forSlots: slots, weightMin: weightMin,
                    limit: RegistryLimits.matchCandidatesMax)
            }
        }
    }

    /// The same with further rows of the batch, entered and matched behind them.
    func extended(
        by wanted: [Int], of all: [SubmittedRow], in index: Guarded<PatientIndex>, weightMin: Double
    ) -> EnteredRecords {
        guard !wanted.isEmpty else { return self }
        var more = EnteredRecords(wanted, of: all, from: firstSlot + rows.count, in: index)
        more.match(in: index, weightMin: weightMin)
        let contents = versions.isEmpty ? [] : wanted.map { VersionContent(of: all[$0].person) }
        var whole = EnteredRecords(
            firstSlot: firstSlot, rows: rows + wanted, versions: versions + contents,
            candidates: candidates + more.candidates)
        whole.candidatesOfKnown = candidatesOfKnown
        return whole
    }

    private init(
        firstSlot: Int, rows: [Int], versions: [VersionContent], candidates: [[MatcherCandidate]]
    ) {
        self.firstSlot = firstSlot
        self.rows = rows
        self.versions = versions
        self.candidates = candidates
    }

    /// Takes the records out of the matcher again.
    func withdraw(from index: Guarded<PatientIndex>) {
        index.write { index in
            for slot in (firstSlot..<firstSlot + rows.count).reversed() {
                index.matcher.withdraw(UInt32(slot))
            }
        }
    }
}
