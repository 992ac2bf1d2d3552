import Extracts
import Foundation
import Identity
import Testing

/// Rows of an extract become records, whatever the file's separators, encoding and column names.
///
/// Method: small files with literal expectations; every error that a file as a whole can give.
@Suite struct ExtractReaderTests {
    /// Reads a file made of some bytes.
    private func read(
        _ bytes: [UInt8], columns: ColumnOverrides = [], rowsMax: Int = 2
    ) throws -> (rows: [ExtractRow], rejected: [RejectedRow], unrecognised: [String]) {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var reader = try ExtractReader(path: path, columns: columns, defaultSource: "south")
        var rows: [ExtractRow] = []
        var rejected: [RejectedRow] = []
        while let batch = try reader.nextBatch(rowsMax: rowsMax) {
            rows += batch.rows
            rejected += batch.rejected
        }
        #expect(reader.bytesRead == bytes.count)
        return (rows, rejected, reader.mapping.unrecognised)
    }

    @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n"])
    func separatorsAndLineEnds(separator: String, lineEnd: String) throws {
        let text =
            [
                "\u{FEFF}record_id,given name,Apellido Paterno,x",
                "1, \"A \"\"B\"\"\n, C\" , Díaz,", "2,,,z",
            ]
            .joined(separator: lineEnd)
            .replacingOccurrences(of: ",", with: separator)
        let result = try read(Array(text.utf8))
        #expect(result.rows.count == 2 && result.rejected.isEmpty)
        #expect(result.rows[0].person[.given] == "A \"B\"\n\(separator) C")
        #expect(result.rows[0].person[.family] == "Díaz")
        #expect(result.rows[0].localID == "1" && result.rows[0].source == "south")
        #expect(result.rows.map(\.lineNumber) == [2, 4])
        #expect(result.unrecognised == ["x"])
    }

    @Test func windows1252IsTranscoded() throws {
        let bytes = Array("id,nombre\n1,Mu".utf8) + [0xF1] + Array("oz\n2,Ana\n".utf8)
        #expect(try read(bytes).rows[0].person[.given] == "Muñoz")
    }

    @Test func identifiersKeepTheirAuthorities() throws {
        let text = "rec_id,rut,id.passport-per,کد پستی,نام_خانوادگی\n7,1-9,X1,123,نوری\n"
        let row = try #require(try read(Array(text.utf8)).rows.first)
        #expect(
            row.person.identifiers == [
                LocalIdentifier(authority: "cl-run", value: "1-9"),
                LocalIdentifier(authority: "passport-per", value: "X1"),
            ])
        #expect(row.person[.postalCode] == "123" && row.person[.family] == "نوری")
    }

    @Test func severalColumnsOfOneFieldAreJoined() throws {
        let text = "street_number,address_1,phone,mobile\n7,Main St,1,2\n,Low Rd,,3\n"
        let rows = try read(Array(text.utf8)).rows
        #expect(rows.map { $0.person[.address] } == ["7 Main St", "Low Rd"])
        #expect(rows.map { $0.person.values(of: .phone) } == [["1", "2"], ["3"]])
        #expect(rows.map(\.recordID) == ["1", "2"])
    }

    @Test func unreadableRowsAreRejectedWithTheirLine() throws {
        let text = "id,given\n1,a\n2\n\"3\" x,b\n4,c,d\n,d\n\n5,e\n6,\"open\n7,f\n"
        let result = try read(Array(text.utf8))
        #expect(result.rows.map(\.recordID) == ["1", "5", "7"])
        #expect(result.rejected.map(\.lineNumber) == [3, 4, 5, 6, 9])
    }

    @Test func aRowBeyondTheLimitIsRejectedAlone() throws {
        let long = String(repeating: "x", count: ExtractLimits.rowBytesMax + 1)
        for (row, reason) in [
            ("2,\(long)", "longer than the limit of a row"),
            ("2,\(long)\(long),x,\(long)", "longer than the limit of a row"),
            ("2,\"\(long)", "a quotation mark that is never closed"),
            ("2,\"\(long)\"", "longer than the limit of a row"),
        ] {
            let result = try read(Array("id,given\n1,a\n\(row)\n3,c\n".utf8))
            #expect(result.rows.map(\.recordID) == ["1", "3"])
            #expect(result.rows.map(\.lineNumber) == [2, 4])
            #expect(result.rejected.map(\.reason) == [reason])
            #expect(result.rejected.map(\.lineNumber) == [3])
            #expect(result.rejected.allSatisfy { $0.bytes.count <= ExtractLimits.rejectedBytesMax })
        }
    }

    @Test(arguments: ["id,given\r1,a\r2,b\r", "\"id\",given\r\"1\",a"])
    func carriageReturnsAloneAreNamed(text: String) {
        #expect {
            try read(Array(text.utf8))
        } throws: { error in
            guard case .carriageReturns = error as? ExtractError else { return false }
            return "\(error)".contains("line ends")
        }
    }

    @Test func valuesOfARowInTwoEncodingsAreReadEach() throws {
        let bytes =
            Array("id,given,family\n1,Ñ".utf8) + Array(",Mu".utf8) + [0xF1] + Array("oz\n".utf8)
        let row = try #require(try read(bytes).rows.first)
        #expect(row.person[.given] == "Ñ" && row.person[.family] == "Mu\u{FFFD}oz")
    }

    @Test func longRowsFillABatchSooner() throws {
        let long = String(repeating: "x", count: ExtractLimits.rowBytesMax - 16)
        var text = "id,given\n"
        for row in 0..<20 { text += "\(row),\(long)\n" }
        for row in 20..<40 { text += "\(row),short\n" }
        let path = NSTemporaryDirectory() + UUID().uuidString + ".csv"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var batches: [[String]] = []
        var reader = try ExtractReader(path: path)
        while let batch = try reader.nextBatch(rowsMax: 100) {
            batches.append(batch.rows.map(\.recordID))
            for row in batch.rows {
                let isLong = (Int(row.recordID) ?? 0) < 20
                #expect(
                    row.person[.given].utf8.count == (isLong ? PersonRecord.valueBytesMax : 5))
            }
        }
        #expect(batches.count == 2 && batches.joined().count == 40)
    }

    @Test func recordIDsStandOnce() {
        var known = RecordIDs()
        let ids = (0..<20_000).map { "region-norte-\($0)" } + ["", "\u{E9}", "e\u{301}"]
        for (number, id) in ids.enumerated() {
            #expect(known.insert(id) == nil)
            #expect(known.insert(ids[number / 2]) == UInt32(number / 2))
        }
        #expect(
            known.count == ids.count
                && known.strings.map { Array($0.utf8) } == ids.map { Array($0.utf8) })
    }

    @Test func overridesSettleColumns() throws {
        let text = Array("key,who,surname,family\n9,Ana,Soto,Rojas\n".utf8)
        #expect(throws: ExtractError.self) { try read(text) }
        let columns = try ColumnOverrides(parsing: "record_id=KEY,given=who,family=surname")
        let result = try read(text, columns: columns)
        #expect(result.rows[0].recordID == "9" && result.rows[0].person[.given] == "Ana")
        #expect(result.rows[0].person[.family] == "Soto")
        #expect(result.unrecognised == ["family"])
        #expect(throws: ExtractError.unknownField(name: "nose")) {
            try ColumnOverrides(parsing: "nose=x")
        }
        #expect(throws: ExtractError.badOverride(text: "given")) {
            try ColumnOverrides(parsing: "given")
        }
    }

    @Test(arguments: [
        [], Array("\0\u{1}ELF".utf8), [0xFF, 0xFE, 0x41, 0], Array("colour,shape\n1,2\n".utf8),
        Array("given,given\na,b\n".utf8), Array("\"given\n".utf8),
    ])
    func filesThatAreNoExtract(bytes: [UInt8]) throws {
        let error = #expect(throws: ExtractError.self) { try read(bytes) }
        #expect(error?.description.contains("\n") == false)
    }

    @Test func rowsAcrossReadsStayWhole() throws {
        for padding in [0, 1, 2, 3] {
            var text = "id,given\n" + String(repeating: " ", count: padding)
            for row in 0..<60_000 { text += "\(row),\"a\"\"ñ\n\(row)\"\r\n" }
            let result = try read(Array(text.utf8), rowsMax: 10_000)
            #expect(result.rows.count == 60_000 && result.rejected.isEmpty)
            #expect(result.rows.last?.person[.given] == "a\"ñ\n59999")
            #expect(result.rows.last?.lineNumber == 2 + 2 * 59_999)
        }
    }

    /// Several lists of names mean a national identifier, and none may hide the canonical name.
    @Test func everyCanonicalNameIsRecognised() throws {
        let names =
            DemographicField.allCases.map { $0.name.description } + [
                "record_id", "source", "local_id", "national_id", "national_id_authority",
                "recorded_at", "id.passport-ven",
            ]
        let mapping = try ColumnMapping(header: names, overrides: [], path: "x")
        #expect(mapping.unrecognised.isEmpty)
        #expect(mapping.meanings.compactMap { $0?.name } == names)
    }
}
