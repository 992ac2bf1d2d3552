package import Identity

extension Realm {
    /// The first number of a source of providers.
    ///
    /// Sources of patients are numbered from 1; the table of sources has a constraint that says both. So
    /// whoever holds a record knows its realm.
    package static let firstProviderSource: Int32 = 1 << 25

    /// The realm of the records of a source, by its number.
    @inline(__always)
    package init(ofSource number: Int32) {
        self = number >= Realm.firstProviderSource ? .provider : .patient
    }
}
