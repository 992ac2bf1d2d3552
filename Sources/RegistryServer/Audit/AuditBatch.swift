internal import Identity
package import LineProtocol
package import RegistryModel

/// Entries that are written to the journal together, as lines of JSON.
///
/// An entry tells who did what to whom, when, why, and how it ended; never what was asked or
/// answered, so that the journal needs no protection beyond that of access data.
package struct AuditBatch: Sendable {
    /// The lines.
    package private(set) var bytes: [UInt8] = []
    package private(set) var count = 0
    private var time: [UInt8] = []

    /// Creates a batch without entries.
    package init() {}

    /// Sets the time of the entries that follow, in microseconds since 1970.
    package mutating func setTime(_ microseconds: Int64) {
        time = Array(Timestamp.text(of: microseconds).utf8)
    }

    /// Adds an entry.
    ///
    /// - Parameters:
    ///   - client: The client's name, empty where nobody has shown a token.
    ///   - verb: What was asked.
    ///   - purpose: Why, as the client said.
    ///   - persons: Whose data was answered or written.
    ///   - outcome: `ok`, a submission's outcome, or an error's code.
    package mutating func append(
        client: String, verb: Verb, purpose: String, persons: [EnterpriseIdentifier],
        outcome: String
    ) {
        append(
            client: client, action: verb.rawValue, purpose: purpose, persons: persons,
            outcome: outcome)
    }

    /// Adds an entry of something that is no request: a command on the database itself.
    ///
    /// - Parameters:
    ///   - client: Who runs the command.
    ///   - action: Its words, without operands.
    ///   - purpose: Why, as who runs it said.
    ///   - persons: Whose data it names.
    ///   - outcome: `begun`, `ok` or `failed`.
    package mutating func append(
        client: String, action: String, purpose: String, persons: [EnterpriseIdentifier],
        outcome: String
    ) {
        add("{\"time\":\"")
        bytes += time
        add("\",\"client\":")
        addString(client)
        add(",\"verb\":\"")
        bytes += action.utf8
        add("\",\"purpose\":\"")
        bytes += purpose.utf8
        add("\",\"euids\":[")
        for (index, person) in persons.enumerated() {
            add(index == 0 ? "\"" : ",\"")
            bytes += person.description.utf8
            add("\"")
        }
        add("],\"outcome\":\"")
        bytes += outcome.utf8
        add("\"}\n")
        count += 1
    }

    /// Forgets the entries and keeps the memory.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    private mutating func add(_ text: StaticString) {
        text.withUTF8Buffer { bytes += $0 }
    }

    private mutating func addString(_ text: String) {
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain {
            add("\"")
            bytes += text.utf8
            return add("\"")
        }
        var writer = JSONWriter()
        writer.string(text)
        bytes += writer.bytes
    }
}
