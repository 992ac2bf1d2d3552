import Glibc
package import NetworkIO
import Synchronization
import TransportSecurity

/// The node's record of who looked at whom, written before the reply leaves.
///
/// Batches of entries are appended with one write each, sealed into a chain of codes under a key
/// that lies outside the database. A batch that a kill or a power cut has torn is cut off when the
/// journal is opened again: its replies never left. Disk space is reserved ahead, so that a full
/// disk shows as `isAvailable` being false before a request is performed.
package final class AuditJournal: Sendable {
    private struct State: ~Copyable {
        var chain: AuditChain
        var file: JournalFile
        var number: Int
        /// Where the next batch goes.
        var offset: Int
        /// The end of the space that is reserved.
        var reservedEnd: Int
        /// The size of the files before this one.
        var earlierBytesCount: Int
        var needsSync = false
    }

    private let options: AuditJournalOptions
    private let state: Mutex<State>
    private let availability = Atomic<Bool>(true)
    /// Set when data may be lost on the disk; nothing but a restart mends that.
    private let hasFailed = Atomic<Bool>(false)
    private let isClosing = Atomic<Bool>(false)
    /// Locked while the journal is open, so that no two nodes write to it.
    private let lock: Mutex<JournalFile?>
    private let syncThread = Mutex<LoopThread?>(nil)

    /// Opens a journal, or begins one, and continues its chain.
    package init(_ options: AuditJournalOptions) throws(AuditJournalError) {
        self.options = options
        try JournalFile.makeDirectory(options.directory)
        let lock = try JournalFile(
            path: options.directory + "/lock", flags: O_RDWR | O_CREAT)
        guard lock.lock() else { throw .inUse(directory: options.directory) }
        self.lock = Mutex(lock)
        let isNew = try JournalName.numbers(in: options.directory).isEmpty
        var key = try JournalKey.read(options.keyFile)
        if key == nil, isNew { key = try JournalKey.make(options.keyFile) }
        guard let key else { throw .keyMissing(path: options.keyFile) }
        state = Mutex(try AuditJournal.open(options, key: key))
    }

    private static func open(
        _ options: AuditJournalOptions, key: [UInt8]
    ) throws(AuditJournalError) -> State {
        var reader = try JournalReader.open(directory: options.directory, key: key)
        var earlier = 0
        var last = 0
        while try reader.readFile({ _ in }) {
            earlier += last
            last = reader.endOffset
        }
        let number = reader.lastNumber ?? 1
        let path = "\(options.directory)/\(JournalName.of(number))"
        let file = try JournalFile(path: path, flags: O_RDWR | O_CREAT)
        try file.truncate(to: last)
        try JournalFile.syncDirectory(options.directory)
        let chain: AuditChain
        do throws(CryptographyError) {
            chain = try AuditChain(key: key, head: reader.head)
        } catch {
            throw .cryptography(error.description)
        }
        var state = State(
            chain: chain, file: file, number: number, offset: last, reservedEnd: last,
            earlierBytesCount: earlier)
        try reserve(&state, for: 0)
        return state
    }

    /// The chain's end, to be published where nobody can change it.
    package var head: AuditHead { state.withLock { $0.chain.head } }

    /// Whether a request may be performed, since its entry can be written.
    package var isAvailable: Bool { availability.load(ordering: .acquiring) }

    /// Appends a batch; when this returns, a killed process loses none of it.
    package func append(_ batch: borrowing AuditBatch) throws(AuditJournalError) {
        guard batch.count > 0 else { return }
        let bytes = batch.bytes
        let count = batch.count
        let result = state.withLock { state -> Result<Void, AuditJournalError> in
            Result { () throws(AuditJournalError) in
                try write(bytes, entriesCount: count, to: &state)
            }
        }
        do {
            try result.get()
        } catch {
            availability.store(false, ordering: .releasing)
            throw error
        }
    }

    private func write(
        _ batch: [UInt8], entriesCount: Int, to state: inout State
    ) throws(AuditJournalError) {
        guard !hasFailed.load(ordering: .acquiring) else {
            throw .file(path: state.file.path, reason: "it could not be written before")
        }
        if state.offset >= options.fileBytesMax { try rotate(&state) }
        // The room for the seal: a number of at most 20 digits and a code of 64.
        let count = batch.count + 100
        do throws(AuditJournalError) {
            try AuditJournal.reserve(&state, for: count)
            try checkLimit(state)
        } catch {
            // What is reserved may still hold this batch, whose requests are performed already.
            availability.store(false, ordering: .releasing)
            guard state.offset + count <= state.reservedEnd else { throw error }
        }
        let sealed: [UInt8]
        do throws(CryptographyError) {
            sealed = batch + (try state.chain.seal(batch.span, entriesCount: entriesCount))
        } catch {
            throw .cryptography(error.description)
        }
        do throws(AuditJournalError) {
            try state.file.write(sealed, at: state.offset)
            state.offset += sealed.count
            state.needsSync = true
            if options.isStrict { try sync(&state) }
        } catch {
            // The chain has gone on without the bytes: only opening it again can continue it.
            hasFailed.store(true, ordering: .releasing)
            throw error
        }
    }

    /// Sees to it that `count` bytes can be written, and to a margin for the next ones.
    private static func reserve(
        _ state: inout State, for count: Int
    ) throws(AuditJournalError) {
        let margin = AuditJournalOptions.reservedBytes / 4
        guard state.offset + count + margin > state.reservedEnd else { return }
        let length = count + AuditJournalOptions.reservedBytes
        try state.file.reserve(from: state.offset, count: length)
        state.reservedEnd = state.offset + length
    }

    /// Refuses further requests above the limit of all files; those performed are still written.
    private func checkLimit(_ state: borrowing State) throws(AuditJournalError) {
        guard state.earlierBytesCount + state.offset < options.bytesMax else {
            throw .full(bytesMax: options.bytesMax)
        }
    }

    private func rotate(_ state: inout State) throws(AuditJournalError) {
        try state.file.truncate(to: state.offset)
        try sync(&state)
        let path = "\(options.directory)/\(JournalName.of(state.number + 1))"
        let file = try JournalFile(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
        try JournalFile.syncDirectory(options.directory)
        state.file = file
        state.number += 1
        state.earlierBytesCount += state.offset
        state.offset = 0
        state.reservedEnd = 0
    }

    private func sync(_ state: inout State) throws(AuditJournalError) {
        guard state.needsSync else { return }
        try state.file.sync()
        state.needsSync = false
    }

    /// Begins to flush what was written to the disk every 100 ms.
    package func startSyncing() throws(NetworkError) {
        let thread = try LoopThread { [self] in
            while !isClosing.load(ordering: .acquiring) {
                usleep(UInt32(AuditJournalOptions.syncMilliseconds * 1000))
                maintain()
            }
        }
        syncThread.withLock { $0 = thread }
    }

    /// Flushes what was written, and looks whether there is room again where there was none.
    private func maintain() {
        flush()
        guard !hasFailed.load(ordering: .acquiring) else {
            return availability.store(false, ordering: .releasing)
        }
        guard !isAvailable else { return }
        let hasRoom = state.withLock { state in
            do throws(AuditJournalError) {
                try AuditJournal.reserve(&state, for: 0)
                try checkLimit(state)
                return true
            } catch {
                return false
            }
        }
        if hasRoom { availability.store(true, ordering: .releasing) }
    }

    /// Flushes without holding up those who append: on a second descriptor of the same file.
    private func flush() {
        let path = state.withLock { state -> String? in
            defer { state.needsSync = false }
            return state.needsSync ? state.file.path : nil
        }
        guard let path else { return }
        do throws(AuditJournalError) {
            let file = try JournalFile(path: path, flags: O_WRONLY)
            try file.sync()
        } catch {
            hasFailed.store(true, ordering: .releasing)
        }
    }

    /// Flushes, and gives back the space that was reserved.
    package func close() {
        isClosing.store(true, ordering: .releasing)
        syncThread.withLock { thread in
            defer { thread = nil }
            return thread
        }?.join()
        flush()
        state.withLock { state in
            // A journal that keeps its reserved zeros is whole all the same.
            try? state.file.truncate(to: state.offset)
            state.reservedEnd = state.offset
        }
        lock.withLock { $0 = nil }
    }
}
