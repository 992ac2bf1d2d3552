import RegistryModel
import SeededTesting

/// Random entries of a kind: every form, with what files have trouble with.
struct RandomEntries {
    var generator: SeededGenerator
    let kind: CatalogKind

    private static let texts = [
        "Hospital Base", "a,b", "dice \"sí\"", "line\nbreak", "a | b", "[1]", "{\"a\":1}",
        "بیمارستان امام",
        "Œuvre; d'art", "x", "0012", "true", "null", "ñandú\tü", "\\", "'", "1e5", "-", "|",
        "CÓDIGO",
        "emoji 🏥", "semi;colon", "\u{200C}نیم‌فاصله", "trailing.", "=1+1",
    ]
    private static let keys = [
        "es", "fr", "fa", "en", "und", "intensive", "a.b", "Ñ", "with blank", "X",
    ]

    init(seed: UInt64, kind: CatalogKind) {
        generator = SeededGenerator(seed: seed)
        self.kind = kind
    }

    mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

    mutating func entry(_ number: Int) throws -> CatalogEntry {
        var members: [JSONMember] = []
        for field in kind.schema.fields where field.isRequired || below(3) > 0 {
            members.append(JSONMember(field.name, value(field.form)))
        }
        let from: Int32? = below(3) == 0 ? nil : Int32(below(20_000))
        let through: Int32? = below(2) == 0 ? nil : (from ?? 0) + Int32(below(5_000))
        return CatalogEntry(
            code: "\(number)" + (below(4) == 0 ? text() : ""),
            period: EntryPeriod(from: from, through: through) ?? .always,
            content: try EntryContent(members, schema: kind.schema))
    }

    private mutating func text() -> String { Self.texts[below(Self.texts.count)] }

    private mutating func value(_ form: EntryField.Form) -> JSONValue {
        switch form {
        case .text: return .string(text())
        case .choice(let words): return .string(words[below(words.count)])
        case .integer: return .integer(Int64(below(2_000)) - 1_000)
        case .decimal:
            return .string(["12.50", "-33.4569", "0", "0.001", "1000000", "7.0"][below(6)])
        case .day: return .string(EntryPeriod.text(Int32(below(30_000))))
        case .flag: return .boolean(below(2) == 0)
        case .reference: return .string(["cl-deis:101100", "a:b:c", "x-1:ی|ک"][below(3)])
        case .localized: return keyed(.text)
        case .keyed(let element): return keyed(element)
        case .identifiers: return keyed(.list(.text))
        case .list(let element):
            return .array((0..<below(4)).map { _ in value(element) })
        case .group(let fields):
            return .object(
                fields.filter { $0.isRequired || below(2) == 0 }
                    .map { JSONMember($0.name, value($0.form)) })
        }
    }

    private mutating func keyed(_ element: EntryField.Form) -> JSONValue {
        var members: [JSONMember] = []
        for key in Self.keys.shuffled(using: &generator).prefix(1 + below(3)) {
            members.append(JSONMember(key, value(element)))
        }
        return .object(members)
    }
}
