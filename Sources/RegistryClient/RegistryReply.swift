package import RegistryModel

/// A success that a node has answered.
package struct RegistryReply: Hashable, Sendable {
    /// Keys and values of the first line, in their order.
    package var fields: [String: String]
    /// The objects' text, one JSON object each.
    package var lines: [[UInt8]]

    /// The number of objects.
    package var count: Int { lines.count }

    /// The objects, parsed.
    package func objects() throws(RegistryError) -> [JSONValue] {
        var objects: [JSONValue] = []
        for line in lines {
            do {
                objects.append(try JSONParser.parse(line))
            } catch {
                throw RegistryError(.internal, "the node's reply is not JSON: \(error)")
            }
        }
        return objects
    }
}

/// Why a request to a node has no reply.
package enum RegistryConnectionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The node answered with a failure; the connection remains usable.
    case refused(RegistryError)
    /// The connection failed, and is of no further use.
    case network(String)
    /// What came is not the line protocol.
    case malformedReply
    /// More requests without a reply than a node takes.
    case tooManyRequests

    package var description: String {
        switch self {
        case .refused(let error): "\(error.code.rawValue): \(error.message)"
        case .network(let text): text
        case .malformedReply: "the other side does not speak the line protocol"
        case .tooManyRequests: "too many requests without a reply; receive some first"
        }
    }
}
