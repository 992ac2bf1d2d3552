import Dispatch
import Synchronization

/// Hands out the numbers of tasks, each once, to whichever thread asks.
final class TaskQueue: Sendable {
    private let counter = Atomic<Int>(0)
    private let tasks: Int

    init(_ tasks: Int) { self.tasks = tasks }

    /// The next task, nil when all are taken.
    func take() -> Int? {
        let task = counter.add(1, ordering: .relaxed).oldValue
        return task < tasks ? task : nil
    }
}

/// Work on several threads whose results do not depend on how many there are.
enum Parallel {
    /// The most threads a call uses.
    static let threadsMax = 256

    /// The results of `body` for 0 ..< count, in order; tasks are taken one by one by free threads.
    static func map<Result: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
        work(count, threads: threads) { _, next in
            while let task = next.take() {
                let result = body(task)
                results.withLock { $0[task] = result }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    /// Runs `body` once on each thread with its number and the queue that hands out tasks.
    static func work(
        _ tasks: Int, threads: Int,
        _ body: @Sendable (_ thread: Int, _ next: TaskQueue) -> Void
    ) {
        let threads = max(1, min(threads, tasks, threadsMax))
        let queue = TaskQueue(tasks)
        if threads == 1 {
            body(0, queue)
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { body($0, queue) }
        }
    }
}

extension Parallel {
    /// The results of `body`, which runs once on each thread; their order means nothing.
    static func perThread<Result: Sendable>(
        _ tasks: Int, threads: Int, _ body: @Sendable (_ next: TaskQueue) -> Result
    ) -> [Result] {
        guard tasks > 0 else { return [] }
        let results = Mutex<[Result]>([])
        work(tasks, threads: threads) { _, next in
            let result = body(next)
            results.withLock { $0.append(result) }
        }
        return results.withLock { $0 }
    }
}
