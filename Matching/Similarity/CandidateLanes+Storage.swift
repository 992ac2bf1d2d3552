extension CandidateLanes {
    /// Packed candidates, lent to a kernel for the length of a call.
    struct Storage {
        let groups: UnsafePointer<Group>
        let groupRanges: InlineArray<4, Range<Int>>
        let registers: UnsafePointer<Register>
        let outputs: UnsafePointer<UInt32>
        let symbols: UnsafePointer<UInt8>
        let emptyCount: Int
    }

    /// Lends the storage; where nothing lies in lanes, the body is not run.
    @inline(__always)
    func withStorage(_ body: (Storage) -> Void) {
        groups.withUnsafeBufferPointer { groups in
            registers.withUnsafeBufferPointer { registers in
                outputs.withUnsafeBufferPointer { outputs in
                    symbols.withUnsafeBufferPointer { symbols in
                        guard let groups = groups.baseAddress,
                            let registers = registers.baseAddress,
                            let outputs = outputs.baseAddress,
                            let symbols = symbols.baseAddress
                        else { return }
                        body(
                            Storage(
                                groups: groups, groupRanges: groupRanges, registers: registers,
                                outputs: outputs, symbols: symbols,
                                emptyCount: emptyCount))
                    }
                }
            }
        }
    }
}
