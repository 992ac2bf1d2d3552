import Dispatch
import Synchronization

/// Hands out the numbers of tasks, each once, to whichever thread asks.
final class TaskQueue: Sendable {
    private let counter = Atomic<Int>(0)
    private let tasks: Int
    private let progress: Parallel.Progress?

    init(_ tasks: Int, progress: Parallel.Progress? = nil) {
        self.tasks = tasks
        self.progress = progress
    }

    /// The next task, nil when all are taken.
    func take() -> Int? {
        let task = counter.add(1, ordering: .relaxed).oldValue
        guard task < tasks else { return nil }
        // Once for each hundredth of the tasks.
        if let progress, task * 100 / tasks != (task - 1) * 100 / tasks {
            progress(Double(task) / Double(tasks))
        }
        return task
    }
}

/// Work on several threads whose results do not depend on how many there are.
enum Parallel {
    /// Told the share of tasks that were taken, from 0 to 1, by whichever thread takes one.
    typealias Progress = @Sendable (Double) -> Void

    /// The most threads a call uses.
    static let threadsMax = 256

    /// The results of `body` for 0 ..< count, in order; tasks are taken one by one by free threads.
    static func map<Result: Sendable>(
        _ count: Int, threads: Int, progress: Progress? = nil, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
        work(count, threads: threads, progress: progress) { _, next in
            while let task = next.take() {
                let result = body(task)
                results.withLock { $0[task] = result }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    /// Runs `body` once on each thread with its number and the queue that hands out tasks.
    static func work(
        _ tasks: Int, threads: Int, progress: Progress? = nil,
        _ body: @Sendable (_ thread: Int, _ next: TaskQueue) -> Void
    ) {
        let threads = max(1, min(threads, tasks, threadsMax))
        let queue = TaskQueue(tasks, progress: progress)
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
        _ tasks: Int, threads: Int, progress: Progress? = nil,
        _ body: @Sendable (_ next: TaskQueue) -> Result
    ) -> [Result] {
        guard tasks > 0 else { return [] }
        let results = Mutex<[Result]>([])
        work(tasks, threads: threads, progress: progress) { _, next in
            let result = body(next)
            results.withLock { $0.append(result) }
        }
        return results.withLock { $0 }
    }
}

extension Parallel {
    /// The results of two pieces of work that are done at once where there is more than one thread.
    static func both<First: Sendable, Second: Sendable>(
        threads: Int, _ first: @Sendable () -> First, _ second: @Sendable () -> Second
    ) -> (First, Second) {
        let results = Mutex<(First?, Second?)>((nil, nil))
        work(2, threads: threads) { _, next in
            while let task = next.take() {
                if task == 0 {
                    let result = first()
                    results.withLock { $0.0 = result }
                } else {
                    let result = second()
                    results.withLock { $0.1 = result }
                }
            }
        }
        guard case (let first?, let second?) = results.withLock({ $0 }) else {
            preconditionFailure("both pieces of work were done")
        }
        return (first, second)
    }
}
