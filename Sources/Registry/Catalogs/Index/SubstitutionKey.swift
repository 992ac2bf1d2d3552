internal import Identity
internal import RegistryModel

/// What two drugs have in common that may stand in for one another without a generic group: the set of
/// their substances, strength, form and route.
struct SubstitutionKey {
    /// The term field of keys.
    static let field = "~substitution"

    private enum Part: UInt8, CaseIterable {
        case inn, ingredient, form, route
    }

    private let parts: [Part?]
    private var values: [(part: Part, text: [UInt8])] = []
    /// The substance and the amounts of the ingredient at hand.
    private var ingredient: (element: Int, text: [UInt8]) = (-1, [])

    /// Prepares for contents of a schema.
    init(_ schema: EntrySchema) {
        parts = schema.fields.map { field in
            switch field.name {
            case "inn": .inn
            case "ingredient": .ingredient
            case "form": .form
            case "route": .route
            default: nil
            }
        }
    }

    /// Forgets the entry before.
    mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        ingredient = (-1, [])
    }

    /// Takes a string of the entry.
    mutating func take(_ place: EntryScanner.Place, _ key: Span<UInt8>, _ value: Span<UInt8>) {
        guard let part = parts[place.field] else { return }
        var text: [UInt8] = []
        NameFolding.fold(value, into: &text)
        guard part == .ingredient else { return values.append((part, text)) }
        if place.element != ingredient.element {
            close()
            ingredient = (place.element, [])
        }
        // Folding makes a blank of a decimal point: numbers keep theirs, without idle zeros.
        if key.isEqual(to: Self.amount.span) || key.isEqual(to: Self.perAmount.span) {
            text = value.withUnsafeBufferPointer(Array.init)
            if text.contains(UInt8(ascii: ".")) {
                while text.last == UInt8(ascii: "0") { text.removeLast() }
                if text.last == UInt8(ascii: ".") { text.removeLast() }
            }
        }
        ingredient.text.append(0x1F)
        key.withUnsafeBufferPointer { ingredient.text.append(contentsOf: $0) }
        ingredient.text.append(UInt8(ascii: "="))
        ingredient.text += text
    }

    /// The key; nil for what has no substance.
    var key: [UInt8]? {
        mutating get {
            close()
            guard values.contains(where: { $0.part == .inn }) else { return nil }
            values.sort { left, right in
                left.part != right.part
                    ? left.part.rawValue < right.part.rawValue
                    : left.text.lexicographicallyPrecedes(right.text)
            }
            var key: [UInt8] = []
            for value in values {
                key.append(0x1E)
                key.append(value.part.rawValue + 0x30)
                key += value.text
            }
            return key
        }
    }

    private mutating func close() {
        if !ingredient.text.isEmpty { values.append((.ingredient, ingredient.text)) }
        ingredient = (-1, [])
    }

    private static let amount = Array("amount".utf8)
    private static let perAmount = Array("per_amount".utf8)
}
