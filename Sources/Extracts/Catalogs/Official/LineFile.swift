/// A text file line by line, in UTF-8 or Windows-1252.
struct LineFile {
    let path: String

    /// Calls `body` with each line's number, from 1, and its text.
    ///
    /// A line longer than `ExtractLimits.rowBytesMax` is told cut to that length.
    func forEach(_ body: (Int, String) throws -> Void) throws {
        try forEachBytes(bytesMax: ExtractLimits.rowBytesMax) { line, bytes, encoding in
            if encoding.isUTF8(bytes.span) {
                return try body(line, String(decoding: bytes, as: UTF8.self))
            }
            var text: [UInt8] = []
            encoding.transcode(bytes.span, into: &text)
            try body(line, String(decoding: text, as: UTF8.self))
        }
    }

    /// Calls `body` with each line's number and its bytes, without the line's end.
    func forEachBytes(
        bytesMax: Int, _ body: (Int, [UInt8], inout TextEncoding) throws -> Void
    ) throws {
        var file = try FileBytes.opened(path: path)
        var encoding = TextEncoding()
        var buffer: [UInt8] = []
        var line = 0
        var rest: [UInt8] = []
        func take(_ bytes: inout [UInt8]) throws {
            line += 1
            if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            if bytes.last == 0x0D { bytes.removeLast() }
            if bytes.count > bytesMax { bytes.removeLast(bytes.count - bytesMax) }
            try body(line, bytes, &encoding)
            bytes.removeAll(keepingCapacity: true)
        }
        while true {
            buffer.removeAll(keepingCapacity: true)
            if try file.read(into: &buffer) == 0 { break }
            var start = 0
            while let end = buffer[start...].firstIndex(of: 0x0A) {
                if rest.count <= bytesMax { rest += buffer[start..<end] }
                try take(&rest)
                start = end + 1
            }
            if rest.count <= bytesMax { rest += buffer[start...] }
        }
        if !rest.isEmpty { try take(&rest) }
    }
}
