import Glibc
import TransportSecurity

/// What a whole journal holds.
package struct AuditSummary: Hashable, Sendable {
    package var filesCount: Int
    package var head: AuditHead
    /// Bytes of a batch that was being written when the node was killed; it never left as a reply.
    package var tornBytesCount: Int
}

extension AuditJournal {
    /// Checks that no entry is missing, altered or moved.
    ///
    /// A tail that was cut off at the end of a batch shows only against a head that was published
    /// before: without the later entries the chain is whole.
    ///
    /// - Parameters:
    ///   - directory: The journal's directory.
    ///   - keyFile: The file of its key.
    ///   - publishedHead: A head that the chain must pass through.
    /// - Returns: What the journal holds.
    /// - Throws: The first fault that is found.
    package static func verify(
        directory: String, keyFile: String, publishedHead: AuditHead? = nil
    ) throws(AuditJournalError) -> AuditSummary {
        guard let key = try JournalKey.read(keyFile) else { throw .keyMissing(path: keyFile) }
        var reader = try JournalReader.open(directory: directory, key: key)
        var isReached = publishedHead == nil || publishedHead == reader.head
        while try reader.readFile({ head in
            if head == publishedHead { isReached = true }
        }) {}
        guard isReached else { throw .headNotReached }
        return AuditSummary(
            filesCount: reader.filesCount, head: reader.head,
            tornBytesCount: reader.tornBytesCount)
    }
}

/// Reads a journal's files in order and checks its chain.
struct JournalReader: ~Copyable {
    private let directory: String
    private let numbers: [Int]
    private var chain: AuditChain
    private var index = 0
    /// Where the last whole batch of the last file ends.
    private(set) var endOffset = 0
    private(set) var tornBytesCount = 0

    var head: AuditHead { chain.head }
    var filesCount: Int { numbers.count }
    var lastNumber: Int? { numbers.last }

    private init(directory: String, numbers: [Int], chain: consuming AuditChain) {
        self.directory = directory
        self.numbers = numbers
        self.chain = chain
    }

    /// A reader at the beginning of a journal.
    static func open(
        directory: String, key: [UInt8]
    ) throws(AuditJournalError) -> JournalReader {
        let numbers = try numbers(in: directory)
        return JournalReader(
            directory: directory, numbers: numbers, chain: try AuditChain.start(key: key))
    }

    /// The numbers of the files, which must be all from 1 on.
    private static func numbers(in directory: String) throws(AuditJournalError) -> [Int] {
        let numbers = try JournalName.numbers(in: directory)
        for (index, number) in numbers.enumerated() where number != index + 1 {
            throw .fileMissing(name: JournalName.of(index + 1))
        }
        return numbers
    }

    /// Reads the next file, calling `passed` with the head after each batch; false at the end.
    mutating func readFile(
        _ passed: (AuditHead) -> Void
    ) throws(AuditJournalError) -> Bool {
        guard index < numbers.count else { return false }
        let name = JournalName.of(numbers[index])
        let file = try JournalFile(path: "\(directory)/\(name)", flags: O_RDONLY)
        let bytes = try file.contents()
        index += 1
        var line = 0
        var entries = 0
        var batchStart = 0
        var offset = 0
        while let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) {
            line += 1
            if bytes[offset] == UInt8(ascii: "#") {
                let batch = bytes.span.extracting(batchStart..<offset)
                let expected: [UInt8]
                do throws(CryptographyError) {
                    expected = try chain.seal(batch, entriesCount: entries)
                } catch {
                    throw .cryptography(error.description)
                }
                guard expected[...] == bytes[offset...end] else {
                    throw .altered(name: name, line: line)
                }
                passed(chain.head)
                entries = 0
                batchStart = end + 1
            } else {
                entries += 1
            }
            offset = end + 1
        }
        endOffset = batchStart
        // Zeros at the end are space that was reserved and not used.
        tornBytesCount =
            (bytes[batchStart...].lastIndex { $0 != 0 } ?? batchStart - 1) + 1 - batchStart
        guard tornBytesCount == 0 || index == numbers.count else { throw .torn(name: name) }
        return true
    }
}

extension AuditChain {
    /// A chain without entries.
    static func start(key: [UInt8]) throws(AuditJournalError) -> AuditChain {
        guard let head = AuditHead.start else { throw .cryptography("no digest of 32 bytes") }
        do throws(CryptographyError) {
            return try AuditChain(key: key, head: head)
        } catch {
            throw .cryptography(error.description)
        }
    }
}
