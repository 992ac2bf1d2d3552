internal import Foundation
internal import RegistryModel

/// Reads France's public base of medicines: a folder of its tables, or one of them.
///
/// Medicines are numbered by CIS and packs by CIP13, which are two catalogs: the folder is read for the
/// packs where the catalog's authority is `fr-cip13`, for the medicines with any other. A pack has its
/// medicine as parent and says of it what the other tables say, joined by the CIS. A table that is
/// missing leaves out what it would say.
struct BDPMReader {
    private let path: String
    private let catalog: CatalogKey
    private var ingredients: [String: [JSONValue]] = [:]
    private var substances: [String: [JSONValue]] = [:]
    private var groups: [String: (group: String, label: String, role: String)] = [:]
    /// What is said of the medicines of packs.
    private var medicines: [String: StatedEntry] = [:]

    init(path: String, catalog: CatalogKey) {
        self.path = path
        self.catalog = catalog
    }

    /// Whose catalog the packs are.
    private static let packs = "fr-cip13"
    private static let medicineAuthority = "fr-cis"

    /// Tells medicines or packs in the order of their table.
    mutating func read(_ body: (Result<StatedEntry, RefusedRow>) throws -> Void) throws {
        let files = try tables()
        let isOfPacks = catalog.authority == Self.packs
        let wanted: BDPMTable = isOfPacks ? .presentations : .specialties
        guard files[wanted] != nil else {
            throw ExtractError.cannotOpen(
                path: path, reason: "it holds no table \(wanted.rawValue)")
        }
        for table in [BDPMTable.compositions, .generics, .specialties, .presentations] {
            guard let file = files[table] else { continue }
            // A row that is too short is told once, with the catalog that it belongs to.
            let isTold = table == wanted || !isOfPacks
            guard isOfPacks || table != .presentations else { continue }
            try Self.rows(of: table, at: file, refused: { if isTold { try body(.failure($0)) } }) {
                row in
                switch table {
                case .compositions: addIngredient(row)
                case .generics: addGroup(row)
                case .specialties:
                    let medicine = specialty(row)
                    if !isOfPacks { return try body(medicine) }
                    if case .success(let entry) = medicine { medicines[entry.code] = entry }
                case .presentations: if isOfPacks { try body(presentation(row)) }
                }
            }
        }
    }

    /// The files of the tables that there are.
    private func tables() throws(ExtractError) -> [BDPMTable: String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .cannotOpen(path: path, reason: "no such file or folder")
        }
        let folder =
            isFolder.boolValue ? path : (path as NSString).deletingLastPathComponent
        let names =
            isFolder.boolValue
            ? (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            : [(path as NSString).lastPathComponent]
        var files: [BDPMTable: String] = [:]
        for name in names.sorted() {
            guard let table = BDPMTable(fileName: name) else { continue }
            files[table] = folder.isEmpty ? name : folder + "/" + name
        }
        guard !files.isEmpty else {
            throw .cannotOpen(
                path: path, reason: "no table of the BDPM (CIS_bdpm.txt and so on)")
        }
        return files
    }

    /// Calls `body` with each row of a table that is long enough.
    private static func rows(
        of table: BDPMTable, at path: String, refused: (RefusedRow) throws -> Void,
        _ body: (BDPMRow) throws -> Void
    ) throws {
        try LineFile(path: path).forEach { line, text in
            let columns = text.split(separator: "\t", omittingEmptySubsequences: false).map {
                EntryText.trimmed(String($0))
            }
            if columns.count == 1, columns[0].isEmpty { return }
            guard columns.count >= table.columnsMin else {
                return try refused(
                    RefusedRow(
                        line: line, code: columns[0],
                        problem: .wrongWidth(expected: table.columnsMin, found: columns.count)))
            }
            try body(BDPMRow(line: line, columns: columns))
        }
    }

    private mutating func addIngredient(_ row: BDPMRow) {
        // `FT` is the fraction that acts, stated beside the substance (`SA`) it comes from.
        guard !row[3].isEmpty else { return }
        var members = [JSONMember("substance", .string(row[3]))]
        members += BDPMReader.strength(dose: row[4], per: row[5])
        ingredients[row[0], default: []].append(.object(members))
        substances[row[0], default: []].append(.string(row[3]))
    }

    private mutating func addGroup(_ row: BDPMRow) {
        let role =
            switch row[3] {
            case "0": "reference"
            case "1", "4": "generic"
            default: "complementary"
            }
        groups[row[2]] = (row[0], row[1], role)
    }

    private func specialty(_ row: BDPMRow) -> Result<StatedEntry, RefusedRow> {
        let code = row[0]
        do throws(EntryProblem) {
            guard BDPMReader.isCode(code, digits: 8) else { throw EntryProblem.badCode }
            var entry = StatedEntry(
                line: row.line, code: code,
                period: try BDPMReader.period(from: row[7]), members: [])
            entry["name"] = .object([JSONMember("fr", .string(row[1]))])
            entry[text: "product"] = "drug"
            entry[text: "level"] = "product"
            entry[text: "status"] = ChoiceWords.word(
                row[4], among: ["active", "suspended", "retired"])
            if let known = substances[code] { entry["inn"] = .array(known) }
            if let known = ingredients[code] { entry["ingredient"] = .array(known) }
            entry[text: "form"] = row[2].isEmpty ? nil : row[2]
            entry["route"] = BDPMReader.list(row[3])
            if let group = groups[code] {
                entry[text: "generic_group"] = group.group
                entry[text: "generic_role"] = group.role
            }
            entry[text: "holder"] = row[10].isEmpty ? nil : row[10]
            return .success(entry)
        } catch {
            return .failure(RefusedRow(line: row.line, code: code, problem: error))
        }
    }

    private func presentation(_ row: BDPMRow) -> Result<StatedEntry, RefusedRow> {
        let code = row[6]
        do throws(EntryProblem) {
            guard BDPMReader.isCode(code, digits: 13) else { throw EntryProblem.badCode }
            let medicine = medicines[row[0]]
            var entry = StatedEntry(
                line: row.line, code: code,
                period: try BDPMReader.period(from: row[5]), members: medicine?.members ?? [])
            let name = medicine?["name"]?["fr"]?.string
            let label = [name, row[2]].compactMap { $0 }.joined(separator: ", ")
            entry["name"] = .object([JSONMember("fr", .string(label))])
            var identifiers = [JSONMember("gs1-gtin", .array([.string(code)]))]
            if !row[1].isEmpty {
                identifiers.append(JSONMember("fr-cip7", .array([.string(row[1])])))
            }
            entry["id"] = .object(identifiers)
            entry[text: "product"] = "drug"
            entry[text: "level"] = "pack"
            entry[text: "status"] = row[3].lowercased().contains("abrog") ? "retired" : "active"
            entry[text: "parent"] = "\(Self.medicineAuthority):\(row[0])"
            if !row[8].isEmpty {
                entry[text: "reimbursement"] = try BDPMReader.number(
                    row[8].replacing("%", with: ""), "reimbursement")
            }
            let price = row[10].isEmpty ? row[9] : row[10]
            if !price.isEmpty {
                entry[text: "price"] = try BDPMReader.number(price, "price")
                entry[text: "currency"] = "EUR"
            }
            return .success(entry)
        } catch {
            return .failure(RefusedRow(line: row.line, code: code, problem: error))
        }
    }
}

extension BDPMReader {
    private static func isCode(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy { $0 &- 0x30 <= 9 }
    }

    /// From a day to no known end.
    private static func period(from text: String) throws(EntryProblem) -> EntryPeriod {
        guard !text.isEmpty else { return .always }
        guard let day = EntryText.dayNumber(text), let period = EntryPeriod(from: day, through: nil)
        else { throw .badValue(field: "valid_from", expected: EntryContent.expectation(.day)) }
        return period
    }

    /// Words with semicolons between them.
    private static func list(_ text: String) -> JSONValue? {
        let words = text.split(separator: ";").map { EntryText.trimmed(String($0)) }
            .filter { !$0.isEmpty }
        return words.isEmpty ? nil : .array(words.map { .string($0) })
    }

    /// A number of French writing, whose last comma stands before the decimals: `1,104,38`.
    static func number(_ text: String, _ field: String) throws(EntryProblem) -> String {
        var digits = text.filter { !$0.isWhitespace }
        if let last = digits.lastIndex(of: ",") {
            let decimals = digits[digits.index(after: last)...]
            digits = digits[..<last].filter { $0 != "," && $0 != "." } + "." + decimals
        }
        guard !digits.isEmpty,
            digits.utf8.allSatisfy({ $0 &- 0x30 <= 9 || $0 == 0x2E || $0 == 0x2D })
        else { throw .badValue(field: field, expected: EntryContent.expectation(.decimal)) }
        return digits
    }

    /// Amount and unit of a dose like `1000 mg` per `un comprimé` or `100 ml`; nothing of other texts.
    private static func strength(dose: String, per: String) -> [JSONMember] {
        guard let (amount, unit) = quantity(dose) else { return [] }
        var members = [JSONMember("amount", .string(amount)), JSONMember("unit", .string(unit))]
        if let (perAmount, perUnit) = quantity(per) {
            members.append(JSONMember("per_amount", .string(perAmount)))
            members.append(JSONMember("per_unit", .string(perUnit)))
        } else if !per.isEmpty {
            members.append(JSONMember("per_unit", .string(per)))
        }
        return members
    }

    /// A number and what stands behind it; an article counts as one.
    private static func quantity(_ text: String) -> (amount: String, unit: String)? {
        for article in ["un ", "une "] where text.hasPrefix(article) {
            return ("1", String(text.dropFirst(article.count)))
        }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || " ,.".contains($0)) }
        let unit = text[digits.endIndex...]
        guard let amount = try? number(String(digits), ""), !unit.isEmpty else { return nil }
        return (amount, EntryText.trimmed(String(unit)))
    }
}
