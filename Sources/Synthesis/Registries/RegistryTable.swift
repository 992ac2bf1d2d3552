internal import Extracts

/// Writes the rows of a generated registry, bytes at a time.
struct RegistryTable: ~Copyable {
    private var file: OutputFile
    private var buffer: [UInt8] = []
    private var isAtRowStart = true
    private(set) var rows = 0

    init(path: String, header: String) throws(ExtractError) {
        file = try OutputFile(path: path)
        buffer.append(contentsOf: header.utf8)
        buffer.append(0x0A)
    }

    /// Begins the next value.
    private mutating func separate() {
        if !isAtRowStart { buffer.append(UInt8(ascii: ",")) }
        isAtRowStart = false
    }

    /// A value without commas, quotes and line ends.
    mutating func append(_ text: String) {
        separate()
        buffer.append(contentsOf: text.utf8)
    }

    /// A value of parts without commas, quotes and line ends.
    mutating func append(_ parts: String...) {
        separate()
        for part in parts { buffer.append(contentsOf: part.utf8) }
    }

    /// A whole number.
    mutating func append(_ number: Int, width: Int = 1) {
        separate()
        RecordComposer.append(number, width: width, to: &buffer)
    }

    /// A blank value for each column that is left out.
    mutating func skip(_ count: Int = 1) { for _ in 0..<count { separate() } }

    /// Degrees from millionths of one.
    mutating func append(microdegrees value: Int) {
        separate()
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        RecordComposer.append(abs(value) / 1_000_000, to: &buffer)
        buffer.append(UInt8(ascii: "."))
        RecordComposer.append(abs(value) % 1_000_000, width: 6, to: &buffer)
    }

    /// A day as `YYYY-MM-DD`.
    mutating func append(day: Int) {
        separate()
        buffer.append(contentsOf: RegistryTable.text(day: day).utf8)
    }

    /// JSON, in quotes that are doubled within.
    mutating func append(json: [UInt8]) {
        separate()
        if json.isEmpty { return }
        buffer.append(0x22)
        for byte in json {
            if byte == 0x22 { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(0x22)
    }

    /// Ends the row.
    mutating func endRow() throws(ExtractError) {
        buffer.append(0x0A)
        isAtRowStart = true
        rows += 1
        if buffer.count > 1 << 16 { try flush() }
    }

    /// Appends values with a comma before each and the row's end, as a composer writes them.
    mutating func endRow(appending body: (inout [UInt8]) -> Void) throws(ExtractError) {
        body(&buffer)
        isAtRowStart = true
        rows += 1
        if buffer.count > 1 << 16 { try flush() }
    }

    mutating func finish() throws(ExtractError) {
        try flush()
        try file.finish()
    }

    private mutating func flush() throws(ExtractError) {
        try file.write(buffer.span)
        buffer.removeAll(keepingCapacity: true)
    }

    /// A day as `YYYY-MM-DD`.
    static func text(day: Int) -> String {
        let date = CivilDate.components(of: day)
        var bytes: [UInt8] = []
        RecordComposer.append(date.year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        RecordComposer.append(date.month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        RecordComposer.append(date.day, width: 2, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Builds an array of flat JSON objects, bytes at a time.
struct GroupList {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Begins the next object.
    mutating func begin() {
        bytes.append(contentsOf: (bytes.isEmpty ? "[{" : ",{").utf8)
        needsComma = false
    }

    /// Adds a member whose value needs no escapes.
    mutating func add(_ key: String, _ value: String) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: "\"\(key)\":\"\(value)\"".utf8)
        needsComma = true
    }

    mutating func end() { bytes.append(UInt8(ascii: "}")) }

    /// The whole array; empty where there is no object.
    mutating func take() -> [UInt8] {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: "]")) }
        defer { bytes = [] }
        return bytes
    }
}
