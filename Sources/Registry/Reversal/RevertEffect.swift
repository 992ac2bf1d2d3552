internal import RegistryModel
internal import RegistryStore

/// What taking a load back makes of one record that it touched.
///
/// A pure function of what the database knows: so that it comes out the same however often and in
/// whatever order the record's events are looked at, and a preview tells what will be done.
enum RevertEffect: Hashable {
    /// Nothing of the load is to be seen in the record.
    case untouched
    /// A later decision or update holds the record as it is.
    case stays(operation: Int64)
    /// Without the load there is no such record: it no longer counts.
    case withdrawn
    /// The record has the version that it had, and is withdrawn again where it was.
    case restored(RevertRow.Version, isWithdrawn: Bool)

    /// What becomes of a record; constraints of operations behind the load's hold it.
    init(of row: RevertRow, loadOperation: Int64, _ constraints: ConstraintTable) {
        let decision = constraints.holds(of: row.record).values.map(\.operation)
            .filter { $0 > loadOperation }.min()
        let isOfLoad = row.currentOperation == loadOperation
        if isOfLoad, row.remaining == nil, row.isWithdrawn {
            self = .untouched
        } else if let holder = row.laterMove ?? decision, isOfLoad || row.laterMove != nil {
            self = .stays(operation: holder)
        } else if !isOfLoad {
            self =
                row.currentSequence > row.firstSequence
                ? .stays(operation: row.currentOperation) : .untouched
        } else if let version = row.remaining {
            self = .restored(version, isWithdrawn: row.isWithdrawn || row.wasWithdrawn)
        } else {
            self = .withdrawn
        }
    }
}
