package import RegistryModel

/// Reads replies from a buffer of bytes that grows at its end.
package struct ReplyReader {
    /// Bytes that were received and not yet read.
    package var bytes: [UInt8] = []
    private var start = 0
    /// Where the search for the next line feed goes on.
    private var searched = 0

    /// Creates a reader that has received nothing.
    package init() {}

    /// The number of bytes that wait.
    package var waitingCount: Int { bytes.count - start }

    /// The next whole reply; nil while it has not arrived.
    ///
    /// - Throws: `malformedReply`.
    package mutating func next() throws(RegistryConnectionError)
        -> Result<RegistryReply, RegistryError>?
    {
        var end = start
        guard let header = line(from: &end) else { return nil }
        var words = try Words(header)
        var kind = words.next()
        if kind.hasPrefix("@") { kind = words.next() }
        if kind == "ERR" {
            guard let code = RegistryErrorCode(rawValue: String(words.next())) else {
                throw .malformedReply
            }
            consume(to: end)
            return .failure(RegistryError(code, String(words.rest)))
        }
        guard kind == "OK", let count = Int(words.next()), count >= 0 else {
            throw .malformedReply
        }
        var reply = RegistryReply(fields: try words.fields(), lines: [])
        for _ in 0..<count {
            guard let line = line(from: &end) else { return nil }
            reply.lines.append(line)
        }
        consume(to: end)
        return .success(reply)
    }

    /// The line at `place`, which moves behind it; nil while its end has not arrived.
    private mutating func line(from place: inout Int) -> [UInt8]? {
        let begin = place
        // Lines of a reply that has arrived in part are searched again; only its last one is not.
        var index = place == start ? max(place, searched) : place
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        guard index < bytes.count else {
            if begin == start { searched = index }
            return nil
        }
        place = index + 1
        return Array(bytes[begin..<index])
    }

    private mutating func consume(to end: Int) {
        start = end
        searched = end
        guard start > 1 << 16 || start == bytes.count else { return }
        bytes.removeFirst(start)
        searched -= start
        start = 0
    }
}

/// The words of a reply's first line, values as bare text or JSON strings.
private struct Words {
    /// What has not been taken yet.
    private(set) var rest: Substring

    init(_ line: [UInt8]) throws(RegistryConnectionError) {
        guard let text = String(validating: line, as: UTF8.self) else { throw .malformedReply }
        rest = text[...]
    }

    /// Takes the text up to the next space.
    mutating func next() -> Substring {
        let word = rest.prefix { $0 != " " }
        rest = rest.dropFirst(word.count + 1)
        return word
    }

    /// Takes all keys with their values.
    mutating func fields() throws(RegistryConnectionError) -> [String: String] {
        var fields: [String: String] = [:]
        while !rest.isEmpty {
            let key = rest.prefix { $0 != "=" }
            rest = rest.dropFirst(key.count + 1)
            fields[String(key)] = rest.first == "\"" ? try quoted() : String(next())
        }
        return fields
    }

    private mutating func quoted() throws(RegistryConnectionError) -> String {
        var isEscaped = false
        var end = rest.index(after: rest.startIndex)
        while end < rest.endIndex, isEscaped || rest[end] != "\"" {
            isEscaped = !isEscaped && rest[end] == "\\"
            end = rest.index(after: end)
        }
        guard end < rest.endIndex else { throw .malformedReply }
        let text = String(rest[...end])
        rest = rest[rest.index(after: end)...].dropFirst()
        do {
            guard let value = try JSONParser.parse(text).string else { throw JSONError.tooDeep }
            return value
        } catch {
            throw .malformedReply
        }
    }
}
