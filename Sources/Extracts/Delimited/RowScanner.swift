/// Finds where the fields of one row lie in a buffer.
struct RowScanner {
    /// A field's bytes without its quotes and the blanks around it.
    struct Field {
        var start: Int
        var end: Int
        var hasDoubledQuotes: Bool
    }

    /// What looking for a row's end found.
    enum Scan {
        /// A row that ends before `next`; `malformed` tells why its fields cannot be told.
        case row(next: Int, malformed: String?)
        /// The row's end is not in the buffer yet.
        case incomplete
    }

    private static let tooLong = "longer than the limit of a row"

    var separator: UInt8 = 0x2C
    private(set) var fields: [Field] = []
    /// The bits set in any byte of the row: below 128 where all is ASCII.
    private(set) var bits: UInt8 = 0
    /// The line ends in the row.
    private(set) var lines = 0

    /// Whether the row is an empty line.
    var isBlank: Bool { fields.count == 1 && fields[0].start == fields[0].end }

    /// Finds the fields of the row that begins at `start`.
    mutating func scan(_ bytes: Span<UInt8>, from start: Int, isAtEnd: Bool) -> Scan {
        fields.removeAll(keepingCapacity: true)
        bits = 0
        lines = 1
        let end = bytes.count
        let separator = separator
        guard start < end else { return .incomplete }
        var rowBits: UInt8 = 0
        var index = start
        while true {
            while index < end, bytes[index] == 0x20 { index += 1 }
            if index < end, bytes[index] == 0x22 {
                index += 1
                guard quoted(bytes, &index, &rowBits) else {
                    return giveUp(
                        bytes, start, from: start, isAtEnd,
                        reason: "a quotation mark that is never closed")
                }
                while index < end, bytes[index] != separator, RowScanner.isBlank(bytes[index]),
                    bytes[index] != 0x0A
                {
                    index += 1
                }
                guard index == end || bytes[index] == separator || bytes[index] == 0x0A else {
                    return giveUp(
                        bytes, start, from: index, isAtEnd,
                        reason: "text behind a closing quotation mark")
                }
            } else {
                let first = index
                index = ByteSearch.first(separator, or: 0x0A, in: bytes, from: first, &rowBits)
                fields.append(RowScanner.trimmed(first, index, in: bytes))
            }
            if index == end {
                guard isAtEnd else {
                    // A line without an end is given up at the limit, quoted or not.
                    guard end - start > ExtractLimits.rowBytesMax else { return .incomplete }
                    return .row(next: end, malformed: RowScanner.tooLong)
                }
                break
            }
            index += 1
            if bytes[index - 1] == 0x0A { break }
        }
        bits = rowBits
        return .row(
            next: index,
            malformed: index - start > ExtractLimits.rowBytesMax ? RowScanner.tooLong : nil)
    }

    /// Takes a quoted field from behind its first quote to behind its last; false without one.
    private mutating func quoted(
        _ bytes: Span<UInt8>, _ index: inout Int, _ rowBits: inout UInt8
    ) -> Bool {
        let first = index
        var hasDoubledQuotes = false
        while index < bytes.count {
            let byte = bytes[index]
            rowBits |= byte
            index += 1
            if byte == 0x0A { lines += 1 }
            guard byte == 0x22 else { continue }
            guard index < bytes.count, bytes[index] == 0x22 else {
                var field = RowScanner.trimmed(first, index - 1, in: bytes)
                field.hasDoubledQuotes = hasDoubledQuotes
                fields.append(field)
                return true
            }
            hasDoubledQuotes = true
            index += 1
        }
        return false
    }

    /// Ends a row that cannot be read behind the line that `index` is in.
    ///
    /// A quote that is never closed costs its own line alone: the next line begins a new row.
    private mutating func giveUp(
        _ bytes: Span<UInt8>, _ start: Int, from index: Int, _ isAtEnd: Bool, reason: String
    ) -> Scan {
        guard isAtEnd || index > start || bytes.count - start > ExtractLimits.rowBytesMax else {
            return .incomplete
        }
        if index == start { lines = 1 }
        var next = index
        while next < bytes.count {
            next += 1
            if bytes[next - 1] == 0x0A { return .row(next: next, malformed: reason) }
        }
        guard isAtEnd || bytes.count - start > ExtractLimits.rowBytesMax else {
            return .incomplete
        }
        return .row(next: next, malformed: reason)
    }

    /// A field without the blanks at both ends.
    @inline(__always)
    private static func trimmed(_ start: Int, _ end: Int, in bytes: Span<UInt8>) -> Field {
        var (start, end) = (start, end)
        if start < end, bytes[end - 1] <= 0x20 || bytes[start] <= 0x20 {
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            while start < end, isBlank(bytes[start]) { start += 1 }
        }
        return Field(start: start, end: end, hasDoubledQuotes: false)
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0D || byte == 0x09 || byte == 0x0A
    }

    /// The most frequent separator outside quotes in the line at `start`; a comma if there is none.
    static func separator(of bytes: Span<UInt8>, from start: Int) -> UInt8 {
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        for index in start..<bytes.count {
            let byte = bytes[index]
            if byte == 0x22 { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A, counts != [0, 0, 0, 0] { break }
            if let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
        }
        // Of equals the first candidate wins.
        var best = 0
        for index in counts.indices where counts[index] > counts[best] { best = index }
        return candidates[best]
    }
}
