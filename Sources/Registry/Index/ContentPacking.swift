internal import RegistryModel

/// How records' bytes are written in the arena: by a book, or as they are.
///
/// A string so written begins with the number of its book, 0 for none; one in codes has the length of
/// what it says behind that. Strings of several books lie beside each other, so that a new book,
/// which knows more of what the registry has become, touches nothing that was written before.
struct ContentPacking: Sendable {
    /// As they are.
    static let none = ContentPacking(number: 0, book: nil)

    /// The place of the book in the arena.
    let number: UInt8
    let book: Codebook?

    /// Appends a string as it is written.
    func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(number)
        guard let book else {
            text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
            return
        }
        PackedPerson.append(length: text.count, to: &bytes)
        book.pack(text, to: &bytes)
    }
}

/// When it was learned how records are written in few bytes.
struct ContentLesson {
    /// The records that there were.
    var records = 0
    /// Of a thousand bytes, as many as those took that it was learned from.
    var writtenPerMille = 1_000
}

/// The books by which an arena's strings are read, numbered from 1.
struct ContentBooks: Sendable {
    /// Books at most, with that of no book: their numbers are bytes.
    private static let booksMax = 256

    private var books: [Codebook] = []
    /// How those books' codes are read; apart, since reading a book itself counts its holders, who are
    /// on all processors.
    private var readers: [CodebookReader] = []
    /// How records are written from now on.
    private(set) var packing = ContentPacking.none

    /// Whether there is a number for one more book.
    var hasRoom: Bool { books.count < ContentBooks.booksMax - 1 }

    /// The bytes held.
    var byteCount: Int { books.reduce(0) { $0 + $1.byteCount } }

    /// The books in the order of their numbers.
    var all: [Codebook] { books }

    /// Writes by a book from now on.
    mutating func add(_ book: Codebook) {
        precondition(hasRoom, "an arena has numbers for its books")
        books.append(book)
        readers.append(book.reader)
        packing = ContentPacking(number: UInt8(books.count), book: book)
    }

    /// Whether a string is written in so many bytes that the present book is worth trying on it.
    func isLong(_ written: Span<UInt8>) -> Bool {
        guard packing.book != nil, written[0] != packing.number else { return false }
        var start = 1
        guard written[0] != 0, let count = PackedPerson.length(written, &start) else { return true }
        return written.count * 5 > count * 2
    }

    /// Calls a closure with what a written string says; nil where no book wrote it.
    ///
    /// Of a string in codes no more is read than some bytes at least, where so few are wanted.
    @inline(__always)
    func withText<Result>(
        of written: UnsafeBufferPointer<UInt8>, atLeast wanted: Int = .max,
        _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        guard let number = written.first, Int(number) <= readers.count else { return nil }
        guard number > 0 else { return body(UnsafeBufferPointer(rebasing: written[1...]).span) }
        let reader = readers[Int(number) - 1]
        var start = 1
        guard let count = PackedPerson.length(written.span, &start), count <= textBytesMax else {
            return nil
        }
        return withUnsafeTemporaryAllocation(
            byteCount: min(count, wanted) + Codebook.pieceMax, alignment: 16
        ) { text in
            guard let base = text.baseAddress,
                let end = reader.unpack(
                    UnsafeBufferPointer(rebasing: written[start...]),
                    atLeast: min(count, wanted), to: base), end.done <= count
            else { return nil }
            let bytes = base.assumingMemoryBound(to: UInt8.self)
            return body(UnsafeBufferPointer(start: bytes, count: end.done).span)
        }
    }

    /// The longest string that is written in codes.
    private var textBytesMax: Int { 1 << 24 }
}
