internal import PostgresClient
package import RegistryModel

/// Entries on their way into a release, in the form in which they are copied.
package struct EntryRows: Sendable {
    fileprivate var encoder = CopyRowEncoder(format: .binary)

    fileprivate let release: Int64

    /// Creates no rows yet of a release.
    package init(release: Int64) { self.release = release }

    /// Forgets the rows and keeps the memory.
    package mutating func removeAll() { encoder.removeAll() }

    /// How many there are.
    package var count: Int { encoder.rowCount }

    /// Appends an entry of a code, of which the release has `entries`; without a period the code is no
    /// more, and with a latitude and a longitude it has a place.
    package mutating func append(
        code: String, period: EntryPeriod?, entries: Int32,
        position: (latitude: Double, longitude: Double)?, content: Span<UInt8>
    ) {
        encoder.beginRow(columnCount: 6)
        encoder.append(release)
        encoder.append(code)
        encoder.append(bytea: Self.range(period))
        encoder.append(entries)
        encoder.append(utf8: content)
        if let position {
            encoder.append(
                bytea: Self.cube(
                    SpherePoint(latitude: position.latitude, longitude: position.longitude)))
        } else {
            encoder.appendNull()
        }
        encoder.endRow()
    }

    /// The binary form of a `daterange` (PostgreSQL's `range_recv`): flags, then the bounds that there
    /// are, each a length and the days since 2000-01-01.
    private static func range(_ period: EntryPeriod?) -> [UInt8] {
        guard let period else { return [0x01] }
        var bytes: [UInt8] = [
            (period.from == nil ? 0x08 : 0x02) | (period.through == nil ? 0x10 : 0)
        ]
        for bound in [period.from, period.through.map { $0 + 1 }] {
            guard let bound else { continue }
            append(UInt64(4), byteCount: 4, to: &bytes)
            let day = UInt32(bitPattern: bound - 10_957)
            append(UInt64(day), byteCount: 4, to: &bytes)
        }
        return bytes
    }

    /// The binary form of a point (`cube_recv`): its dimensions with the mark of a point, then numbers.
    private static func cube(_ point: SpherePoint) -> [UInt8] {
        var bytes: [UInt8] = [0x80, 0, 0, 3]
        for coordinate in [point.x, point.y, point.z] {
            append(coordinate.bitPattern, byteCount: 8, to: &bytes)
        }
        return bytes
    }

    private static func append(_ value: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
        for place in (0..<byteCount).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place)))
        }
    }
}

extension RegistrySession {
    /// Copies entries into their release, which is being staged, in one transaction.
    ///
    /// - Throws: `notFound` where the release is not being staged any more; `conflict` where the
    ///   database itself finds two entries of one code on one day.
    package mutating func stage(_ rows: EntryRows) throws {
        do {
            try connection.transaction { connection in
                try Self.holdStaging(rows.release, &connection)
                try connection.copyIn(
                    into: "padron.catalog_entry",
                    columns: ["release", "code", "validity", "entries", "content", "position"],
                    format: .binary
                ) { copy in try copy.write(rows.encoder) }
            }
        } catch let error as PostgresError where error.isExclusionViolation {
            throw RegistryError(
                .conflict,
                "the database found two entries of one code that are valid on one day; nothing"
                    + " of the release becomes live")
        }
    }
}
