internal import RegistryModel

/// Where the rows of a catalog are: points of the unit sphere, from the South to the North.
///
/// Eight points lie side by side and are measured at once. A search goes out from the latitude of its
/// point to both sides, and ends where latitude alone is farther than what is wanted; so ten
/// neighbours among a country's facilities cost a look at some thousand points, without a tree.
struct PositionIndex: Sendable {
    /// Eight points, their heights above the equator's plane ascending.
    ///
    /// The last block of an index is filled up with points of its last height that are nowhere.
    private struct Block: Sendable {
        var x: SIMD8<Double>
        var y: SIMD8<Double>
        var z: SIMD8<Double>
    }

    private var blocks: [Block] = []
    /// The row of each point.
    private var rows: [UInt32] = []

    /// An index without points.
    init() {}

    /// An index of rows and their points.
    init(_ points: [(row: UInt32, point: SpherePoint)]) {
        // Equal heights in the order of rows, so that equal catalogs have equal indexes.
        let points = points.sorted { ($0.point.z, $0.row) < ($1.point.z, $1.row) }
        guard let last = points.last?.point else { return }
        rows = points.map(\.row)
        let nowhere = SpherePoint(x: .nan, y: .nan, z: last.z)
        for start in stride(from: 0, to: points.count, by: 8) {
            var block = Block(x: .zero, y: .zero, z: .zero)
            for lane in 0..<8 {
                let point = start + lane < points.count ? points[start + lane].point : nowhere
                (block.x[lane], block.y[lane], block.z[lane]) = (point.x, point.y, point.z)
            }
            blocks.append(block)
        }
    }

    /// The bytes held.
    var byteCount: Int {
        blocks.count * MemoryLayout<Block>.stride + rows.count * MemoryLayout<UInt32>.stride
    }

    /// Calls a closure with each row whose squared straight line to a point lies in a range, in no order.
    ///
    /// The closure takes a row and its square, and answers what is the most from then on.
    func visit(
        around point: SpherePoint, within range: ClosedRange<Double>,
        _ body: (_ row: Int, _ squared: Double) -> Double
    ) {
        let least = range.lowerBound
        var most = range.upperBound
        var above = firstBlock(reaching: point.z)
        var below = above - 1
        while true {
            // What lies on a side is at least as far as the height of the next points there.
            let up = above < blocks.count ? max(0, blocks[above].z[0] - point.z) : .infinity
            let down = below >= 0 ? max(0, point.z - blocks[below].z[7]) : .infinity
            let nearer = min(up, down)
            guard nearer * nearer <= most else { return }
            let place = up <= down ? above : below
            if up <= down { above += 1 } else { below -= 1 }
            let squares = Self.squares(blocks[place], point)
            let isNear = squares .<= most .& squares .>= least
            guard any(isNear) else { continue }
            for lane in 0..<8 where isNear[lane] && squares[lane] <= most {
                most = body(Int(rows[place * 8 + lane]), squares[lane])
            }
        }
    }

    /// The squares of straight lines, summed up as the database's `cube_distance` does.
    @inline(__always)
    private static func squares(_ block: Block, _ point: SpherePoint) -> SIMD8<Double> {
        let (x, y, z) = (block.x - point.x, block.y - point.y, block.z - point.z)
        return x * x + y * y + z * z
    }

    /// The first block with a point that is not below a height.
    private func firstBlock(reaching height: Double) -> Int {
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].z[7] < height { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
