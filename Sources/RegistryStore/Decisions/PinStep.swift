package import Identity
package import RegistryModel

/// What a decision does to pinned values.
package struct PinStep: Hashable, Sendable {
    /// A value that stands no longer.
    package struct Ended: Hashable, Sendable {
        package var record: Int64
        package var field: DemographicField

        /// Names a value.
        package init(record: Int64, field: DemographicField) {
            self.record = record
            self.field = field
        }
    }

    /// Values that stand from now on, former ones with the decision that first pinned them.
    package var begun: [PinnedValue] = []
    package var ended: [Ended] = []

    /// A step that does nothing.
    package init() {}

    /// Whether it does nothing.
    package var isEmpty: Bool { begun.isEmpty && ended.isEmpty }
}

/// A value that an operation pinned or ended, and what has become of it.
package struct OperationPin: Hashable, Sendable {
    package var pin: PinnedValue
    /// Whether the decision that pinned it was taken back.
    package var isTakenBack: Bool
    /// The operation that ended it; nil while it stands.
    package var endedBy: Int64?
}
