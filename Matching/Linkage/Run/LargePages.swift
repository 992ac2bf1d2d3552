import CMemory

/// Large pages of memory for what is met in no order.
enum LargePages {
    /// Below this many bytes small pages do.
    private static let bytesMin = 4 << 20

    /// Asks for large pages in memory that need not hold anything yet.
    static func prefer<Element>(for memory: UnsafeMutableBufferPointer<Element>) {
        let bytes = memory.count * MemoryLayout<Element>.stride
        guard bytes >= bytesMin, let base = memory.baseAddress else { return }
        padron_prefer_large_pages(base, bytes)
    }
}

extension Array {
    /// Makes room for elements in large pages.
    mutating func reserveLargePages(_ minimumCapacity: Int) {
        reserveCapacity(minimumCapacity)
        let capacity = capacity
        withUnsafeMutableBufferPointer { buffer in
            LargePages.prefer(
                for: UnsafeMutableBufferPointer(start: buffer.baseAddress, count: capacity))
        }
    }
}

/// Memory that was freed.
package enum FreedMemory {
    /// Keeps it for what is needed next; for a program that links a file and ends.
    package static func keep() { padron_keep_freed_memory() }
}
