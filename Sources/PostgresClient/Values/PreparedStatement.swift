internal import Synchronization

/// A statement that each connection parses once, at its first use.
///
///     static let findPatient = PreparedStatement("SELECT … WHERE value = $1")
///     let result = try connection.query(Self.findPatient, [value])
///
/// Make them constants of the program: a connection keeps every one it has met, up to a bound.
package struct PreparedStatement: Sendable {
    private static let next = Atomic<Int>(1)

    /// Tells statements apart within the process.
    let number: Int
    /// The statement, with parameters as `$1`, `$2`, ….
    package let text: String

    /// The name that the server knows it by.
    var name: String { "padron_\(number)" }

    /// Creates a statement from text in the source.
    package init(_ text: StaticString) { self.init(unsafeSQL: text.description) }

    /// Creates a statement from text put together by the program; no part of it may come from outside.
    package init(unsafeSQL text: String) {
        self.text = text
        number = Self.next.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}
