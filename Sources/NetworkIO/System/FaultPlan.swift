#if DEBUG
    import Synchronization

    /// A seam for tests: makes the next calls on one descriptor fail as the kernel would.
    package enum FaultPlan {
        private struct Fault {
            var operation: String
            var descriptor: Int32
            /// Calls that still succeed before it.
            var remaining: Int
            var number: Int32
        }

        private static let faults = Mutex<[Fault]>([])
        private static let isArmed = Atomic<Bool>(false)

        /// Makes the call number `index` (from 0) of `operation` on a descriptor fail once.
        package static func fail(
            _ operation: String, on descriptor: Int32, at index: Int, with number: Int32
        ) {
            faults.withLock {
                $0.append(
                    Fault(
                        operation: operation, descriptor: descriptor, remaining: index,
                        number: number))
            }
            isArmed.store(true, ordering: .releasing)
        }

        /// The error with which a call must fail now.
        static func next(_ operation: StaticString, _ descriptor: Int32) -> Int32? {
            guard isArmed.load(ordering: .acquiring) else { return nil }
            let name = operation.description
            return faults.withLock { faults in
                for index in faults.indices
                where faults[index].descriptor == descriptor && faults[index].operation == name {
                    if faults[index].remaining == 0 { return faults.remove(at: index).number }
                    faults[index].remaining -= 1
                }
                return nil
            }
        }
    }
#endif
