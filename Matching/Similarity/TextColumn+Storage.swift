extension TextColumn {
    /// A column's storage, lent to a kernel for the length of a call.
    ///
    /// The rows are checked against ``count`` when a pair is read; a header names only chunks of its own
    /// column, so text needs no further check.
    struct Storage {
        let headers: UnsafePointer<Header>
        let text: UnsafePointer<SIMD8<UInt16>>
        let count: Int

        /// The header of a row.
        @inline(__always)
        subscript(row: UInt32) -> Header {
            precondition(Int(row) < count, "the row is in its column")
            return headers[Int(row)]
        }

        /// The units of a row, and the zeros that pad its last chunk.
        @inline(__always)
        func units(of header: Header) -> UnsafePointer<UInt16> {
            UnsafeRawPointer(text + Int(header.firstChunk)).assumingMemoryBound(to: UInt16.self)
        }
    }

    /// Lends the storage; a column without rows has none, and its body is not run.
    func withStorage(_ body: (Storage) -> Void) {
        headers.withUnsafeBufferPointer { headers in
            chunks.withUnsafeBufferPointer { text in
                guard let rows = headers.baseAddress, let chunks = text.baseAddress else { return }
                body(Storage(headers: rows, text: chunks, count: headers.count))
            }
        }
    }

    /// Appends a copy of another column's row.
    mutating func append(row header: Header, of storage: Storage) {
        var copy = header
        copy.firstChunk = header.length == 0 ? 0 : UInt32(chunks.count)
        for chunk in 0..<Int(header.length &+ 7) / 8 {
            chunks.append(storage.text[Int(header.firstChunk) + chunk])
        }
        headers.append(copy)
    }
}
