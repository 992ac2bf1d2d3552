/// Writes rows as CSV (RFC 4180): commas, LF, quotes only where a value needs them.
package struct DelimitedWriter: ~Copyable {
    private var file: OutputFile
    private var buffer: [UInt8] = []
    private var isAtRowStart = true

    /// Opens the output and begins with the header.
    package init(path: String, header: [String]) throws(ExtractError) {
        file = try OutputFile(path: path)
        for name in header { append(name) }
        buffer.append(UInt8(ascii: "\n"))
        isAtRowStart = true
    }

    /// Appends a value to the row.
    package mutating func append(_ value: String) {
        let text = value.utf8
        append(text.span)
    }

    /// Appends a value given as UTF-8 to the row.
    package mutating func append(_ value: Span<UInt8>) {
        separate()
        guard DelimitedWriter.needsQuotes(value) else {
            value.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
            return
        }
        buffer.append(UInt8(ascii: "\""))
        for index in value.indices {
            if value[index] == UInt8(ascii: "\"") { buffer.append(value[index]) }
            buffer.append(value[index])
        }
        buffer.append(UInt8(ascii: "\""))
    }

    /// Appends a record id to the row.
    package mutating func append(_ number: UInt32, of ids: RecordIDs) {
        ids.withBytes(of: number) { append($0) }
    }

    /// Appends a number to the row.
    package mutating func append(_ value: Int) {
        separate()
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        appendDigits(value.magnitude, countMin: 1)
    }

    /// Appends a number with a fixed count of decimals, rounded half away from zero.
    package mutating func append(_ value: Double, places: Int) {
        separate()
        var scale: UInt = 1
        for _ in 0..<places { scale *= 10 }
        let units = UInt(value.magnitude * Double(scale) + 0.5)
        if value < 0, units > 0 { buffer.append(UInt8(ascii: "-")) }
        appendDigits(units / scale, countMin: 1)
        guard places > 0 else { return }
        buffer.append(UInt8(ascii: "."))
        appendDigits(units % scale, countMin: places)
    }

    private mutating func appendDigits(_ value: UInt, countMin: Int) {
        let start = buffer.count
        var rest = value
        while rest > 0 || buffer.count - start < countMin {
            buffer.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        var (low, high) = (start, buffer.count - 1)
        while low < high {
            buffer.swapAt(low, high)
            (low, high) = (low + 1, high - 1)
        }
    }

    private mutating func separate() {
        if !isAtRowStart { buffer.append(UInt8(ascii: ",")) }
        isAtRowStart = false
    }

    /// Ends the row.
    package mutating func endRow() throws(ExtractError) {
        buffer.append(UInt8(ascii: "\n"))
        isAtRowStart = true
        if buffer.count > ExtractLimits.writeBytesMax { try flush() }
    }

    /// Makes the file appear.
    package mutating func finish() throws(ExtractError) {
        try flush()
        try file.finish()
    }

    private mutating func flush() throws(ExtractError) {
        try file.write(buffer.span)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Whether a reader would take the bare value for something else.
    private static func needsQuotes(_ value: Span<UInt8>) -> Bool {
        guard value.count > 0 else { return false }
        if value[0] <= 0x20 || value[value.count - 1] <= 0x20 { return true }
        // All are looked at without a branch, for few values need quotes.
        var isSpecial = false
        for index in value.indices {
            let byte = value[index]
            let isSeparator =
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
            let isControl =
                byte == UInt8(ascii: "\"") || byte == 0x09 || byte == 0x0A || byte == 0x0D
            isSpecial = isSpecial || isSeparator || isControl
        }
        return isSpecial
    }
}
