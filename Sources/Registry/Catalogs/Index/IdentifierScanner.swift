internal import RegistryModel

/// Goes through the identifiers of an entry's content without making values of what else it has.
struct IdentifierScanner {
    private var scanner: EntryScanner
    private let field: Int

    /// A scanner for contents of a schema.
    init(_ schema: EntrySchema) {
        scanner = EntryScanner(schema)
        field = schema.fields.firstIndex { $0.name == "id" } ?? -1
    }

    /// Calls a closure with each identifier: its authority, and its value.
    mutating func scan(
        _ json: Span<UInt8>, _ body: (_ authority: String, _ value: String) -> Void
    ) {
        let field = field
        guard field >= 0 else { return }
        scanner.scan(json) { place, authority, value in
            guard place.field == field else { return }
            body(Self.text(authority), Self.text(value))
        }
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
