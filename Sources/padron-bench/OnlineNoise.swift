import Identity
import Synthesis

/// Slips that make a record's second version: letters mistyped, fields left out.
enum RecordNoise {
    private static let typed: [DemographicField] = [.given, .family, .mothersFamily, .address]
    private static let dropped: [DemographicField] = [
        .mothersFamily, .phone, .email, .address, .municipality, .birthDate,
    ]

    /// A version of a record with one or two slips of the finger and often a field or number missing.
    static func slip(_ record: PersonRecord, _ generator: inout RandomStream) -> PersonRecord {
        var record = record
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            guard let field = typed.randomElement(using: &generator) else { break }
            record[field] = mistype(record[field], &generator)
        }
        for field in dropped where Int.random(in: 0..<4, using: &generator) == 0 {
            record[field] = ""
        }
        if Int.random(in: 0..<2, using: &generator) == 0 { record.identifiers = [] }
        return record
    }

    private static func mistype(_ text: String, _ generator: inout RandomStream) -> String {
        var letters = Array(text)
        guard letters.count >= 3 else { return text }
        let place = Int.random(in: 1..<letters.count - 1, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        case 2: letters.insert(letters[place], at: place)
        default: letters[place] = "aeiounrslt".randomElement(using: &generator) ?? "a"
        }
        return String(letters)
    }
}
