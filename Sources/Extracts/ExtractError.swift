/// Why a file could not be read or written as a whole.
package enum ExtractError: Error, Hashable, Sendable {
    case cannotOpen(path: String, reason: String)
    case readFailed(path: String, reason: String)
    case empty(path: String)
    case binary(path: String)
    /// UTF-16 or UTF-32.
    case wideCharacters(path: String)
    /// Lines end with CR and no LF, as on early Macintoshes.
    case carriageReturns(path: String)
    case tooManyColumns(path: String)
    case unreadableHeader(path: String, reason: String)
    case noUsableColumn(path: String, columns: [String])
    /// Two columns with one name, or two that both say a thing said only once.
    case duplicateColumn(path: String, meaning: String, columns: [String])
    case missingColumn(path: String, column: String)
    case badOverride(text: String)
    case unknownField(name: String)
    case writeFailed(path: String, reason: String)
    case diskFull(path: String)
    /// A format that holds entries of other kinds.
    case wrongKind(path: String, format: String, kind: String)
    /// Columns were named for a format that has fixed ones.
    case columnsOfFixedFormat(path: String, format: String)
    /// A format that is only read.
    case notWritten(format: String)
    /// Standard input where a file must be read twice.
    case needsFile(format: String)
}

extension ExtractError: CustomStringConvertible {
    /// One line: what is wrong and what to do.
    package var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "\(path): cannot open: \(reason)"
        case .readFailed(let path, let reason): "\(path): could not read: \(reason)"
        case .empty(let path): "\(path): the file is empty; a header and rows are expected"
        case .binary(let path): "\(path): not a text file; export it as CSV"
        case .wideCharacters(let path):
            "\(path): text in UTF-16 or UTF-32; save it as CSV in UTF-8"
        case .carriageReturns(let path):
            "\(path): lines end with CR alone; save it with LF or CR LF line ends"
        case .tooManyColumns(let path):
            "\(path): more than \(ExtractLimits.columnsMax) columns; is it a CSV file?"
        case .unreadableHeader(let path, let reason): "\(path): cannot read the header: \(reason)"
        case .noUsableColumn(let path, let columns):
            "\(path): no usable column in the header (\(ExtractError.list(columns)));"
                + " name them with --columns field=column,..."
        case .duplicateColumn(let path, let meaning, let columns):
            "\(path): several columns for \(meaning) (\(ExtractError.list(columns)));"
                + " choose one with --columns \(meaning)=column"
        case .missingColumn(let path, let column): "\(path): there is no column \(column)"
        case .badOverride(let text): "--columns: '\(text)' is not field=column"
        case .unknownField(let name): "--columns: there is no field '\(name)'"
        case .writeFailed(let path, let reason): "\(path): could not write: \(reason)"
        case .diskFull(let path): "\(path): could not write: the disk is full; nothing was kept"
        case .wrongKind(let path, let format, let kind):
            "\(path): a file of format \(format) holds no \(kind)"
        case .columnsOfFixedFormat(let path, let format):
            "\(path): --columns is for tables with a header, not for format \(format)"
        case .notWritten(let format): "format \(format) is only read; choose csv or fhir"
        case .needsFile(let format):
            "a file of format \(format) is read twice; give its path in place of '-'"
        }
    }

    /// The first few names, shortened where a file that is no extract has long ones.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).map { $0.count > 40 ? $0.prefix(39) + "…" : $0[...] }
        return shown.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }
}
