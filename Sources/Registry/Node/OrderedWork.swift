internal import Foundation

/// Work in numbered parts, done by many threads and taken in order.
///
/// Each thread does one part after the other; no thread runs further ahead of what was taken than
/// `aheadMax` parts, so that memory is bounded.
///
/// It is `@unchecked Sendable` because what changes is reached under the condition's lock alone.
final class OrderedWork<Output: Sendable>: @unchecked Sendable {
    private let count: Int
    private let condition = NSCondition()
    private var nextPart = 0
    private var taken = 0
    private var done: [Int: Output] = [:]
    private var failure: (any Error)?

    private static var aheadMax: Int { 16 }

    private init(count: Int) { self.count = count }

    /// Does all parts.
    ///
    /// `worker` is called once on each of `threads` threads: it asks for parts until there is none left, and
    /// offers what becomes of each. `take` is called on the caller's thread with each output, in order. All
    /// threads have ended when it returns or throws.
    static func run(
        parts count: Int, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        worker: @escaping @Sendable (OrderedWork<Output>) throws -> Void,
        take: (Output) throws -> Void
    ) throws {
        guard count > 0 else { return }
        let work = OrderedWork(count: count)
        let running = DispatchGroup()
        for _ in 0..<min(threads, count) {
            running.enter()
            let thread = Thread {
                do { try worker(work) } catch { work.end(with: error) }
                running.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        defer { running.wait() }
        do {
            while let output = try work.nextOutput() { try take(output) }
        } catch {
            work.end(with: error)
            throw error
        }
    }

    /// The part that a thread does next, as soon as it is near enough; nil where there is none.
    func next() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        guard failure == nil, nextPart < count else { return nil }
        let part = nextPart
        nextPart += 1
        while failure == nil, part >= taken + Self.aheadMax { condition.wait() }
        return failure == nil ? part : nil
    }

    /// Offers what became of a part.
    func offer(_ output: Output, of part: Int) {
        condition.lock()
        done[part] = output
        condition.broadcast()
        condition.unlock()
    }

    private func nextOutput() throws -> Output? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let failure { throw failure }
            if taken == count { return nil }
            if let output = done.removeValue(forKey: taken) {
                taken += 1
                condition.broadcast()
                return output
            }
            condition.wait()
        }
    }

    private func end(with error: any Error) {
        condition.lock()
        failure = failure ?? error
        condition.broadcast()
        condition.unlock()
    }
}
