internal import RegistryModel
internal import RegistryStore

/// The questions that a batch opens and those it settles, as far as its rows have been decided.
///
/// A doubt that was opened or settled is found by itself and by its records, since an extract that gives the
/// numbers of another one to other people opens one with every row.
struct BatchDoubts: Sendable {
    /// The questions opened, in the order of the rows; a row behind may have settled one of them again.
    private(set) var tasks: [ReviewTask] = []
    private var opened = OpenTasks()
    private var settlements: [SettledDoubt?] = []
    private var placeOfSettlement: [OpenTasks.Doubt: Int] = [:]

    /// The doubts settled, in the order of the rows.
    var settled: [SettledDoubt] { settlements.compactMap { $0 } }

    /// Why the batch opened a doubt; nil where it did not.
    func reason(of doubt: OpenTasks.Doubt) -> ReviewReason? { opened.reason(of: doubt) }

    /// Whether the batch has opened a doubt, settled since or not.
    func hasOpened(_ doubt: OpenTasks.Doubt) -> Bool { opened.contains(doubt) }

    /// Whether the batch has settled a doubt, and not asked again since.
    func hasSettled(_ doubt: OpenTasks.Doubt) -> Bool { placeOfSettlement[doubt] != nil }

    /// The doubts about a record that the batch has opened, settled since or not.
    func doubts(about record: Int64) -> [OpenTasks.Doubt] { opened.doubts(about: record) }

    /// Takes a question that the batch has not opened yet.
    mutating func open(_ task: ReviewTask) {
        tasks.append(task)
        opened.insert(task)
    }

    /// Takes that a doubt is settled.
    mutating func settle(_ doubt: SettledDoubt) {
        placeOfSettlement[OpenTasks.Doubt(doubt)] = settlements.count
        settlements.append(doubt)
    }

    /// Takes back that a doubt is settled: a row behind asks again.
    mutating func reopen(_ doubt: OpenTasks.Doubt) {
        guard let place = placeOfSettlement.removeValue(forKey: doubt) else { return }
        settlements[place] = nil
    }
}
